import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PersonView, StateView, TargetView } from '../../src/core/view.ts'
import { available, inACall, phone, state, teams } from './board-people.ts'

type Body = Readonly<Record<string, unknown>>

/** One person's phone and Teams as `GET /lab/people/{upn}` tells of them. */
interface Desk {
  readonly calls: readonly { state: string; direction: string; number: string; since: number }[]
  dnd: boolean
  registered: boolean
  client: string | null
  preferred: string | null
  outOfOffice: boolean
  inCall: boolean
}

const noDesk: Desk = {
  calls: [],
  dnd: false,
  registered: true,
  client: 'Available/Available',
  preferred: null,
  outOfOffice: false,
  inCall: false,
}

/** What each address of docs/lab-api.md changes at a desk. */
const actions: readonly (readonly [RegExp, (desk: Desk, body: Body) => Partial<Desk>])[] = [
  [/^POST .*phones.*\/call$/, (_, body) => ({ calls: [newCall(body)] })],
  [/^POST .*\/answer$/, (desk) => callsBecome(desk, 'talking')],
  [/^POST .*\/hold$/, (desk, { on }) => callsBecome(desk, on ? 'held' : 'talking')],
  [/^POST .*\/hangup$/, () => ({ calls: [] })],
  [/^PUT .*\/dnd$/, (_, { on }) => ({ dnd: on === true })],
  [/^PUT .*\/registered$/, (_, { on }) => ({ registered: on === true })],
  [/^PUT .*\/client$/, (_, body) => ({ client: body.state as string | null })],
  [/^PUT .*\/status$/, (_, { status }) => ({ preferred: status as string | null })],
  [/^PUT .*\/outOfOffice$/, (_, { on }) => ({ outOfOffice: on === true })],
  [/^POST .*teams.*\/call$/, () => ({ inCall: true })],
  [/^DELETE .*teams.*\/call$/, () => ({ inCall: false })],
]

function newCall({ answer, direction }: Body): Desk['calls'][number] {
  const state = answer === false ? 'ringing' : 'talking'
  return { state, direction: String(direction ?? 'outbound'), number: '+14255550100', since: Date.now() }
}

function callsBecome(desk: Desk, state: string): Partial<Desk> {
  return { calls: desk.calls.map((call) => ({ ...call, state })) }
}

/**
 * A lab of one person whose phone and Teams are joined as a hub would join them, without a hub: enough for the
 * board's lab controls to have something to press. `publish` is told the person's view after every action.
 */
export async function startFakeLab(person: PersonView, publish: (person: PersonView) => void) {
  const desk: Desk = { ...noDesk }
  const requests: string[] = []
  let revision = person.revision
  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    const call = `${request.method} ${decodeURIComponent(request.url ?? '/')}`
    if (request.method !== 'GET') requests.push(`${call} ${JSON.stringify(body)}`)
    const action = actions.find(([pattern]) => pattern.test(call))?.[1]
    if (action) {
      Object.assign(desk, action(desk, body))
      revision += 1
      publish(viewOf(person, desk, revision))
    }
    response.writeHead(action || request.method === 'GET' ? 200 : 404, { 'content-type': 'application/json' })
    const told = deskState(person, desk)
    response.end(JSON.stringify(action ? {} : call.startsWith('GET /lab/state') ? { people: [told] } : told))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was asked for, but for reads: method, path and body. */
    requests,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function readBody(request: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text === '' ? {} : (JSON.parse(text) as Body)
}

function shownInTeams({ preferred, dnd, inCall, calls, client }: Desk): string {
  if (preferred) return preferred
  if (dnd) return 'DoNotDisturb/DoNotDisturb'
  if (inCall || isTalking(calls)) return 'Busy/InACall'
  return client ?? 'Offline/Offline'
}

function isTalking(calls: Desk['calls']): boolean {
  return calls.some((call) => call.state !== 'ringing')
}

function deskState(person: PersonView, desk: Desk): object {
  const { calls, dnd, registered, client, preferred, outOfOffice, inCall } = desk
  const extension = person.systems.find(({ kind }) => kind === 'pbx')?.addresses[0]
  const session = { app: 'a', availability: 'Busy', activity: 'InACall', endsInMs: 600_000 }
  const sessions = isTalking(calls) ? [session] : []
  return {
    upn: person.upn,
    displayName: person.displayName,
    phones: [{ extension, registered, dnd, calls }],
    teams: { shown: shownInTeams(desk), client, inCall, preferred, sessions, outOfOffice, note: null },
  }
}

function viewOf(person: PersonView, desk: Desk, revision: number): PersonView {
  const ringing = desk.calls.some((call) => call.state === 'ringing')
  const talking = isTalking(desk.calls)
  const quiet = desk.dnd || desk.preferred?.startsWith('DoNot')
  const shown: StateView = quiet
    ? state('doNotDisturb', 'doNotDisturb', 'Do not disturb')
    : talking
      ? inACall
      : available
  const flags = { since: Date.now(), ...(ringing ? { ringing } : {}) }
  const written: TargetView = {
    address: 'x',
    slot: 'session',
    wanted: 'busy/inACall',
    status: 'applied',
    at: Date.now(),
  }
  return {
    ...person,
    revision,
    state: { ...shown, ...flags, outOfOffice: desk.outOfOffice },
    systems: [
      teams(available, { targets: talking ? [written] : [] }),
      phone('1001', { ...(talking ? inACall : available), ...flags, doNotDisturb: desk.dnd }),
    ],
  }
}
