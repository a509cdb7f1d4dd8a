import Type, { type Static, type TProperties } from 'typebox'

const frame = <Properties extends TProperties>(type: string, description: string, properties: Properties) =>
  Type.Object(properties, { title: type, description })

const addresses = Type.Array(Type.String())

const welcome = frame('welcome', 'The agent is signed in.', {
  type: Type.Literal('welcome'),
  protocol: Type.Integer(),
  session: Type.String(),
  heartbeatSeconds: Type.Number({ description: 'Say something at least this often.' }),
  leaseSeconds: Type.Number({ description: 'Silent for so long, the agent is lost.' }),
  slots: Type.Array(
    Type.Object({ slot: Type.String(), states: Type.Array(Type.String()), neutral: Type.String() }),
    { description: 'What may be handed to it to set.' },
  ),
})

const ack = frame('ack', 'A frame was taken.', {
  type: Type.Literal('ack'),
  seq: Type.Integer(),
  duplicate: Type.Optional(
    Type.Boolean({ description: 'It had been taken before; it was not taken again.' }),
  ),
})

const alive = frame('alive', 'Answers a heartbeat.', { type: Type.Literal('alive') })

const follow = frame('follow', 'Whom the hub listens to at this agent: the whole set.', {
  type: Type.Literal('follow'),
  addresses,
})

const read = frame('read', 'Send a snapshot of these addresses now.', {
  type: Type.Literal('read'),
  addresses,
})

const list = frame('list', 'Send the directory.', { type: Type.Literal('list'), id: Type.String() })

const publish = frame('publish', 'Set this; answer with its outcome.', {
  type: Type.Literal('publish'),
  publication: Type.Object({
    id: Type.String({ description: 'The same publication said twice has the effect of one.' }),
    address: Type.String(),
    slot: Type.Union([Type.Literal('dnd'), Type.Literal('presence')]),
    act: Type.Union([Type.Literal('assert'), Type.Literal('withdraw')], {
      description:
        '`assert`: set the state. `withdraw`: what was set is over; set the state that comes back.',
    }),
    state: Type.String({
      description: '`availability/activity`; for `dnd`, doNotDisturb/doNotDisturb is on.',
    }),
    refresh: Type.Boolean({ description: 'It is set already and is wanted on.' }),
  }),
})

const notice = frame('notice', 'Tell the person at this address, at once or not at all.', {
  type: Type.Literal('notice'),
  address: Type.String(),
  kind: Type.Literal('signedOut', { description: 'The person has just signed out of the system.' }),
  text: Type.String({ description: 'For the person: whole sentences.' }),
})

const error = frame('error', 'Something was not taken. A connection that must end is closed after it.', {
  type: Type.Literal('error'),
  code: Type.Union(
    [
      Type.Literal('invalid'),
      Type.Literal('unauthorized'),
      Type.Literal('scope'),
      Type.Literal('gap'),
      Type.Literal('order'),
      Type.Literal('protocol'),
      Type.Literal('replaced'),
      Type.Literal('silent'),
      Type.Literal('session'),
    ],
    {
      description:
        '`invalid`: the frame is not as in this schema. `unauthorized`: name or token are wrong. `scope`: an address it may not speak for. `gap`: frames are missing, snapshots are asked for. `order`: the first frame must be hello, and only the first. `protocol`: another version. `replaced`: a newer connection of the same agent. `silent`: nothing was heard for too long. `session`: over HTTP, begin with hello again.',
    },
  ),
  message: Type.String(),
  fix: Type.Optional(Type.String()),
  seq: Type.Optional(Type.Integer({ description: 'Of the frame, where it had one.' })),
})

/** What the hub sends. An agent ignores frames and fields that it does not know. */
export const hubFrameSchema = Type.Union([welcome, ack, alive, follow, read, list, publish, notice, error], {
  description: 'What the hub sends. An agent ignores frames and fields that it does not know.',
})

export type HubFrame = Static<typeof hubFrameSchema>
export type ErrorCode = Extract<HubFrame, { type: 'error' }>['code']
