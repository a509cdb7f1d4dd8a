import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { AgentClient, type AgentOptions, type AgentStatus } from '../../src/agent-client/client.ts'
import type { Publication as WirePublication } from '../../src/agent-client/wire.ts'
import type { AgentConfig } from '../../src/connectors/agent/config.ts'
import { agent } from '../../src/connectors/agent/definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, UNKNOWN } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { recordingContext } from '../contract/context.ts'
import { openDoor } from './agent-door.ts'

const token = 'a-token-of-the-site-agent'
const deskToken = 'a-token-of-the-desk-agent'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const agents: AgentConfig['agents'] = [
  { id: 'site', token, addresses: ['1*'] },
  { id: 'desk', token: deskToken, addresses: ['1001'], write: false },
]

/** A running instance behind the door of a hub. Time stands still unless `running`. */
async function connect(change: Partial<AgentConfig> = {}, clock = new LabClock()) {
  const door = await openDoor()
  closers.push(() => door.close())
  const recording = recordingContext({ clock, callbackUrl: door.url })
  const config: AgentConfig = { agents, ...change }
  const instance = door.put(agent.create(config, recording.context))
  closers.push(() => instance.stop())
  const starting = instance.start(['1001', '1002'])
  const until = async (condition: () => unknown, what: string) => {
    const deadline = performance.now() + 15_000
    while (!condition()) {
      if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}\n${recording.said()}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }
  const join = (options: Partial<AgentOptions>) => {
    const statuses: AgentStatus[] = []
    const refused: string[] = []
    const client = new AgentClient({
      ...{ url: door.url, agent: 'site', token, source: { snapshot: () => [] } },
      ...{ status: (status: AgentStatus) => statuses.push(status), retryMs: { first: 20, longest: 100 } },
      refused: ({ code, message }) => refused.push(`${code}: ${message}`),
      ...options,
    })
    client.start()
    closers.push(() => client.stop())
    return { client, statuses, refused }
  }
  return { door, recording, instance, starting, until, join, clock, config, feeds: recording.feeds }
}

type Frame = Record<string, unknown>

/** A program that speaks the protocol by itself, frame by frame. */
async function speak(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1`, { headers })
  const frames: Frame[] = []
  let closed: number | undefined
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame))
  socket.on('close', (code) => {
    closed = code
  })
  await once(socket, 'open')
  closers.push(() => socket.terminate())
  return {
    socket,
    frames,
    say: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    of: (type: string) => frames.filter((frame) => frame.type === type),
    closed: () => closed,
  }
}

const hello = { type: 'hello', protocol: 1, agent: 'site', session: 'session-1', token }
const leg = {
  kind: 'dialog',
  leg: 'l1',
  state: 'confirmed',
  direction: 'inbound',
  party: 'external',
} as const
const publication = (about: Partial<Publication> = {}): Publication => ({
  ...{ id: 'p-1', address: '1001', slot: 'dnd', act: 'assert', state: DO_NOT_DISTURB, refresh: false },
  ...about,
})

test('a frame said twice is taken once; a missing one makes the hub ask for everything', async () => {
  const { door, until, feeds } = await connect()
  const program = await speak(door.url)
  program.say(hello)
  await until(() => program.of('read').length === 1, 'to be asked')
  expect(program.of('follow').at(-1)!.addresses).toEqual(['1001', '1002'])
  const snapshot = { type: 'snapshot', addresses: ['1001', '1002'], observations: [] }
  program.say({ ...snapshot, seq: 1 })
  const ring = { type: 'observed', seq: 2, observation: { address: '1001', facet: leg } }
  program.say(ring)
  await until(() => feeds.dialogs('1001').length === 1, 'the call')
  program.say({ ...ring, observation: { address: '1001', facet: { ...leg, state: 'terminated' } } })
  await until(() => program.of('ack').length === 3, 'three answers')
  expect(program.of('ack')[2]).toEqual({ type: 'ack', seq: 2, duplicate: true })
  expect(feeds.dialogs('1001').length).toBe(1)

  program.say({ ...ring, seq: 9, observation: { address: '1002', facet: leg } })
  await until(() => program.of('error').length === 1, 'the gap to be told')
  expect(program.of('error')[0]).toMatchObject({ code: 'gap', seq: 9 })
  await until(() => program.of('read').length === 2, 'to be asked again')
  program.say({ ...snapshot, seq: 10 })
  await until(() => feeds.dialogs('1001').length === 0, 'the snapshot to count')
  expect(feeds.violations).toEqual([])
})

test('bad frames are answered with what is wrong and counted, and the next good one works', async () => {
  const { door, until, recording, feeds } = await connect()
  const program = await speak(door.url)
  program.say({ type: 'heartbeat' })
  await until(() => program.of('error').length === 1, 'to be told to say hello')
  program.say(hello)
  await until(() => program.of('welcome').length === 1, 'the welcome')
  const bad = [
    'no json',
    '[]',
    '{"type":"dance"}',
    { type: 'observed', seq: 1, observation: { address: '1001', facet: { kind: 'dnd' } } },
    { type: 'snapshot', seq: 2, addresses: ['1001'], observations: [], more: 1 },
  ]
  for (const each of bad) program.say(each)
  await until(() => program.of('error').length === 6, 'five faults')
  expect(program.of('error').map(({ message }) => message)).toEqual([
    'the first frame must be hello',
    'it is not JSON',
    'a frame is a JSON object',
    'type must be one of hello, snapshot, observed, heartbeat, outcome, directory, bye',
    "observed: /observation/facet must have required property 'on'",
    'snapshot: the frame must NOT have additional properties: more',
  ])
  expect(recording.counted('agent_malformed_total')).toBe(5)
  program.say({
    ...{ type: 'snapshot', seq: 3, addresses: ['1001'] },
    observations: [{ address: '1001', facet: { kind: 'dnd', on: true } }],
  })
  await until(() => feeds.dnd('1001') === true, 'the good one')
})

test('an agent speaks only for those it may: neither in hello nor later for others', async () => {
  const { door, until, join, recording, feeds } = await connect()
  const greedy = join({ agent: 'desk', token: deskToken, addresses: ['1001', '1002'] })
  await until(() => greedy.statuses.length === 1, 'to be refused')
  expect(greedy.statuses).toEqual([
    { state: 'refused', code: 'scope', reason: 'agent desk may not speak for 1002' },
  ])
  const program = await speak(door.url, { authorization: `Bearer ${deskToken}` })
  program.say({ type: 'hello', protocol: 1, agent: 'desk', session: 'session-2' })
  const observations = [{ address: '1002', facet: leg }]
  program.say({ type: 'snapshot', seq: 1, addresses: ['1001', '1002'], observations })
  await until(() => program.of('error').length === 1, 'the foreign address to be refused')
  expect(program.of('error')[0]).toMatchObject({ code: 'scope', seq: 1 })
  expect(feeds.observations('1002')).toEqual([])
  expect(recording.counted('agent_refused_total')).toBe(2)
})

test('a wrong token, a wrong name and another version are refused for good, and no secret is said', async () => {
  const { join, until, recording, door } = await connect()
  const wrong = 'not-the-token-of-anybody'
  const cases = [join({ token: wrong }), join({ agent: 'nobody' }), join({ agent: 'desk', token })]
  for (const { statuses } of cases) {
    await until(() => statuses.length > 0, 'to be refused')
    expect(statuses.map((each) => each.state === 'refused' && each.code)).toEqual(['unauthorized'])
  }
  const knocks = door.knocks()
  const program = await speak(door.url)
  program.say({ ...hello, protocol: 2 })
  await until(() => program.closed() !== undefined, 'to be closed')
  expect(program.of('error')[0]).toMatchObject({
    code: 'protocol',
    message: 'the hub speaks version 1, not 2',
  })
  expect([program.closed(), door.knocks() - knocks]).toEqual([4426, 1])
  for (const secret of [token, wrong, deskToken]) expect(recording.said()).not.toContain(secret)
})

test('silent for three heartbeats an agent is lost, what it said is not ended, and it may come back', async () => {
  const clock = new LabClock({ running: false })
  const { door, until, recording, feeds, starting } = await connect({ heartbeatSeconds: 10 }, clock)
  const program = await speak(door.url)
  program.say(hello)
  program.say({
    ...{ type: 'snapshot', seq: 1, addresses: ['1001', '1002'] },
    observations: [{ address: '1001', facet: leg }],
  })
  await until(() => feeds.dialogs('1001').length === 1, 'the call')
  await starting
  clock.advance(29_000)
  program.say({ type: 'heartbeat' })
  await until(() => program.of('alive').length === 1, 'the answer')
  clock.advance(29_000)
  expect(recording.health()?.state).toBe('up')
  clock.advance(2_000)
  await until(() => program.closed() !== undefined, 'the silent connection to be closed')
  expect(program.closed()).toBe(4408)
  expect([...feeds.feeds.values()].map(({ lost }) => lost)).toEqual([true])
  expect([feeds.dialogs('1001').length, recording.health()?.state]).toEqual([1, 'degraded'])
})

test('a newer connection of the same agent takes over, and the older one does not fight back', async () => {
  const { join, until, feeds, starting } = await connect()
  const busy = { snapshot: () => [{ address: '1001', facet: leg }] }
  const older = join({ source: busy })
  await until(() => feeds.dialogs('1001').length === 1, 'the call of the older')
  await starting
  const newer = join({})
  await until(() => feeds.dialogs('1001').length === 0, 'the newer, which knows of no call')
  await until(() => older.statuses.length === 2, 'the older to be told')
  expect(older.statuses[1]).toMatchObject({ state: 'refused', code: 'replaced' })
  expect(newer.client.connected).toBe(true)
  expect(feeds.violations).toEqual([])
})

test('goodbye ends what was said, and nobody is missed', async () => {
  const { join, until, feeds, recording, starting } = await connect()
  const desk = join({
    ...{ agent: 'desk', token: deskToken },
    source: { snapshot: () => [{ address: '1001', facet: leg }] },
  })
  const site = join({})
  await until(() => feeds.dialogs('1001').length === 1 && site.client.connected, 'both')
  await starting
  desk.client.stop()
  await until(() => feeds.dialogs('1001').length === 0, 'the call to end')
  await until(() => recording.health()?.detail?.includes('told by site'), 'the site alone')
  expect(recording.health()?.state).toBe('up')
})

test('writes: listened to only, unknown to all agents, nobody there, no answer, a fault in the agent', async () => {
  const clock = new LabClock({ running: false })
  const { instance, join, until } = await connect({ answerSeconds: 5 }, clock)
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'deferred', retryAfterMs: 10_000 })
  expect(await instance.publish!(publication({ address: '2001' }))).toMatchObject({
    kind: 'rejected',
    reason: 'No agent may speak for 2001.',
  })
  expect(await instance.publish!(publication({ state: AWAY }))).toMatchObject({ kind: 'rejected' })
  const asked: WirePublication[] = []
  const answers: ((outcome: { kind: 'applied' }) => void)[] = []
  const site = join({
    source: {
      snapshot: () => [],
      publish: (one) => {
        asked.push(one)
        if (one.id === 'p-broken') throw new Error('the phone program is not there')
        return new Promise((resolve) => answers.push(resolve))
      },
    },
  })
  await until(() => site.client.connected, 'the site')
  expect(await instance.publish!(publication({ id: 'p-broken' }))).toEqual({
    kind: 'failed',
    reason: 'the phone program is not there',
  })
  const first = instance.publish!(publication())
  const again = instance.publish!(publication())
  await until(() => asked.length === 2, 'to be asked once more')
  answers[0]!({ kind: 'applied' })
  expect([(await first).kind, (await again).kind, asked.length]).toEqual(['applied', 'applied', 2])
  // Said again later, as after a restart of the hub: the agent remembers that it was done.
  expect(await instance.publish!(publication())).toMatchObject({ kind: 'applied' })
  expect(asked.length).toBe(2)

  const late = instance.publish!(publication({ id: 'p-2' }))
  await until(() => asked.length === 3, 'the next')
  clock.advance(5_001)
  expect(await late).toEqual({ kind: 'failed', reason: 'the agent did not answer within 5 s' })
  const cut = instance.publish!(publication({ id: 'p-3', address: '1002' }))
  await until(() => asked.length === 4, 'the one after')
  site.client.stop({ bye: false })
  expect(await cut).toMatchObject({ kind: 'failed' })

  const desk = join({ agent: 'desk', token: deskToken })
  await until(() => desk.client.connected, 'the desk')
  expect(await instance.publish!(publication())).toMatchObject({
    kind: 'rejected',
    reason: 'The agent desk is only listened to.',
  })
})

test('a program with states: presence is read and written, a word that nobody knows is unknown and shown', async () => {
  const { instance, join, until, feeds } = await connect({ writes: 'presence' })
  let state = 'away/away'
  const swyx = join({
    source: {
      snapshot: (addresses) =>
        addresses.map((address) => ({ address, facet: { kind: 'presence', state, chosen: 'yes' } })),
      publish: (one) => {
        state = one.state
        return { kind: 'applied' }
      },
    },
  })
  await until(() => feeds.presence('1001') === AWAY, 'away')
  const sent = publication({ slot: 'presence' })
  expect(await instance.publish!(sent)).toMatchObject({ kind: 'applied' })
  await until(() => feeds.presence('1001') === DO_NOT_DISTURB, 'what was set to be read back')
  expect(await instance.publish!({ ...sent, id: 'p-2', act: 'withdraw', state: AVAILABLE })).toMatchObject({
    kind: 'applied',
  })
  state = 'busy/onThePhone'
  await swyx.client.refresh(['1001'])
  await until(() => feeds.presence('1001') === UNKNOWN, 'the unknown word')
  expect(instance.unknownValues!()).toMatchObject([
    { field: 'presence.state', value: 'busy/onThePhone', takenAs: 'unknown/unknown', count: 1 },
  ])
})

test('MM-24: a notice for a person goes to the agent that speaks for them, and to no other', async () => {
  const { instance, door, join, until, feeds } = await connect()
  const told: string[] = []
  const snapshot = (addresses: readonly string[]) =>
    addresses.map((address) => ({ address, facet: { kind: 'dnd' as const, on: false } }))
  join({
    source: { snapshot, notice: ({ address, kind, text }) => told.push(`${address} ${kind}: ${text}`) },
  })
  const desk = await speak(door.url)
  desk.say({ ...hello, agent: 'desk', session: 'session-2', token: deskToken })
  await until(() => desk.of('follow').length > 0 && feeds.observations('1002').length > 0, 'both agents')
  const notice = { kind: 'signedOut', text: 'You have signed out here.' } as const
  for (const address of ['1001', '1002', '3001']) instance.notify!({ address, ...notice })
  await until(() => told.length > 0 && desk.of('notice').length > 0, 'the notices')
  expect(told).toEqual(['1002 signedOut: You have signed out here.'])
  expect(desk.of('notice')).toEqual([{ type: 'notice', address: '1001', ...notice }])
})

test('the directory is that of all agents, each for whom it may speak, in as many frames as it takes', async () => {
  const { instance, join, until } = await connect()
  await expect(instance.directory!()).rejects.toThrow('No agent has told whom it knows.')
  const many = Array.from({ length: 900 }, (_, index) => ({
    ...{ address: String(1000 + index), displayName: `Phone ${index}` },
    mails: [`p${index}@contoso.example`],
  }))
  const site = join({
    source: { snapshot: () => [], directory: () => [...many, { address: '9', mails: [] }] },
  })
  const desk = join({ agent: 'desk', token: deskToken })
  await until(() => site.client.connected && desk.client.connected, 'both')
  const found = await instance.directory!()
  expect(found).toHaveLength(900)
  expect(found[7]).toEqual({ ...many[7], aliases: [] })
})

test('HTTP: frames are posted, answers carry what the hub says until it was read, a lost answer costs nothing', async () => {
  const { door, instance, until, feeds } = await connect()
  const post = async (body: unknown, bearer = token, path = 'v1/exchange') => {
    const answer = await fetch(`${door.url}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const { frames = [], last = 0 } = (await answer.json()) as { frames?: Frame[]; last?: number }
    return { status: answer.status, frames, last, types: frames.map(({ type }) => type) }
  }
  const about = { agent: 'site', session: 'session-9' }
  expect((await post({ ...about, frames: [] })).status).toBe(409)
  expect((await post({ ...about, frames: [] }, 'another')).status).toBe(401)
  expect((await post('{')).status).toBe(400)
  expect((await post({ ...about, frames: [] }, token, 'v2/exchange')).status).toBe(404)

  const { token: _, ...first } = { ...hello, session: 'session-9' }
  const begun = await post({ ...about, frames: [first] })
  expect(begun.types).toEqual(['welcome', 'follow', 'read'])
  const repeated = await post({ ...about, frames: [first] })
  expect([repeated.types, repeated.last]).toEqual([begun.types, 3])
  const snapshot = { type: 'snapshot', seq: 1, addresses: ['1001', '1002'] }
  const told = { ...snapshot, observations: [{ address: '1001', facet: leg }] }
  expect((await post({ ...about, after: 3, frames: [told] })).types).toEqual(['ack'])
  expect((await post({ ...about, after: 3, frames: [told] })).frames).toEqual([
    { type: 'ack', seq: 1 },
    { type: 'ack', seq: 1, duplicate: true },
  ])
  expect(feeds.dialogs('1001').length).toBe(1)

  const outcome = instance.publish!(publication())
  const asked = await post({ ...about, after: 5, frames: [{ type: 'heartbeat' }] })
  expect(asked.types).toEqual(['publish', 'alive'])
  await post({
    ...about,
    after: 7,
    frames: [{ type: 'outcome', seq: 2, publication: 'p-1', kind: 'applied' }],
  })
  expect(await outcome).toMatchObject({ kind: 'applied' })

  const newer = await speak(door.url)
  newer.say(hello)
  await until(() => newer.of('welcome').length === 1, 'the newer connection')
  const over = await post({ ...about, frames: [{ type: 'heartbeat' }] })
  expect([over.status, over.frames[0]]).toMatchObject([409, { code: 'replaced' }])
})

test('settings that make no sense together are told by check and at the start; check tells who is there', async () => {
  const { recording, config, join, until } = await connect()
  const twice: AgentConfig = { agents: [agents[0]!, { ...agents[0]!, token: deskToken }] }
  expect(await agent.check(twice, recording.context)).toMatchObject([{ level: 'error' }])
  await expect(agent.create(twice, recording.context).start([])).rejects.toMatchObject({
    kind: 'misconfigured',
  })
  const same: AgentConfig = { agents: [agents[0]!, { ...agents[0]!, id: 'other' }] }
  expect(await agent.check(same, recording.context)).toMatchObject([
    { text: 'Two agents have the same token.' },
  ])
  const strange: AgentConfig = { ...config, presenceStates: ['busy/inAMeeting'] }
  expect(await agent.check(strange, recording.context)).toMatchObject([{ level: 'error' }])
  const levels = async () => (await agent.check(config, recording.context)).map(({ level }) => level)
  expect(await levels()).toEqual(['ok', 'info', 'warning'])
  const site = join({})
  await until(() => site.client.connected, 'the site')
  expect(await levels()).toEqual(['ok', 'info', 'ok'])
  const unknown = { ...recording.context, callbackUrl: () => undefined }
  expect((await agent.check(config, unknown)).map(({ level }) => level)).toEqual(['ok', 'info'])
  const plain = { ...recording.context, callbackUrl: () => 'http://hub.example/hooks/contoso/desks' }
  expect((await agent.check(config, plain))[1]).toMatchObject({ level: 'warning' })
})
