import type { AlertPort } from '../../src/core/alert.ts'
import type { HistoryPort } from '../../src/core/history-port.ts'
import type { LinkLatency } from '../../src/core/latency.ts'
import type { PausePort, PauseView } from '../../src/core/pause.ts'
import type { ConnectorView, HubPort, PersonView } from '../../src/core/view.ts'
import type { HealthDetails } from '../../src/core/workings.ts'
import type { Scope } from '../../src/http/authorize.ts'
import { startHttp } from '../../src/http/server.ts'
import { pageViews } from '../support/page-views.ts'
import { explainSample } from './board-people.ts'
import { silentLog, wallClock } from './board-ports.ts'

export interface FakeHubOptions {
  /** The built board. */
  readonly files: string
  readonly people: readonly PersonView[]
  readonly connectors: readonly ConnectorView[]
  readonly labUrl?: string
  /** Asked for as a bearer token, when given. */
  readonly token?: string
  /** What the token may do; everything unless told. */
  readonly scopes?: readonly Scope[]
  /** The past, where the tenant keeps one. */
  readonly history?: HistoryPort
  readonly alerts?: AlertPort
  readonly latency?: readonly LinkLatency[]
  /** How the systems work; nothing is told of them unless given. */
  readonly health?: HealthDetails
}

/** The real HTTP side of the hub over scripted people: what the board sees can be set from the test. */
export interface FakeHub {
  readonly url: string
  put(person: PersonView): void
  remove(id: string): void
  /** Ends every event stream and gives the port back, as a hub that stops. */
  down(): Promise<void>
  /** Starts again on the same port. */
  up(): Promise<void>
}

export async function startFakeHub(options: FakeHubOptions): Promise<FakeHub> {
  const people = new Map(options.people.map((person) => [person.id, person]))
  const watchers = new Set<(person: PersonView) => void>()
  const hub = scriptHub(people, options.connectors, watchers)
  const put = (person: PersonView) => {
    people.set(person.id, person)
    for (const tell of watchers) tell(person)
  }
  const start = (port: number) =>
    startHttp({
      hub,
      pauses: scriptPauses(people, put),
      host: '127.0.0.1',
      port,
      tokens: options.token
        ? [{ name: 'test', token: options.token, scopes: options.scopes ?? ['admin'] }]
        : [],
      clock: wallClock,
      log: silentLog,
      version: '0.0.0',
      staticDir: options.files,
      heartbeatMs: 200,
      ...(options.history && { history: options.history }),
      ...(options.alerts && { alerts: options.alerts }),
      ...(options.latency && { latency: () => options.latency! }),
      health: async () => options.health ?? { queues: [], systems: [] },
      ...(options.labUrl === undefined ? {} : { labUrl: options.labUrl }),
    })
  let http = await start(0)
  const { url, port } = http
  return {
    url,
    put,
    remove: (id) => void people.delete(id),
    down: () => http.close(),
    async up() {
      http = await start(port)
    },
  }
}

/** Pauses as the real hub shows them, without taking anything back. */
function scriptPauses(
  people: ReadonlyMap<string, PersonView>,
  put: (person: PersonView) => void,
): PausePort<PersonView> {
  const change = (who: Parameters<PausePort<PersonView>['pause']>[0], paused: readonly PauseView[]) => {
    const found = 'key' in who ? [...people.values()].find(({ upn }) => upn === who.key) : undefined
    if (!found) return { refused: 'nobody' } as const
    const { paused: _, ...rest } = found
    const person = { ...rest, ...(paused.length > 0 && { paused }), revision: found.revision + 1 }
    put(person)
    return { person }
  }
  return {
    pause: async (who, { minutes }) => {
      const since = Date.now()
      return change(who, [{ since, ...(minutes !== undefined && { until: since + minutes * 60_000 }) }])
    },
    resume: async (who) => change(who, []),
  }
}

function scriptHub(
  people: ReadonlyMap<string, PersonView>,
  connectors: readonly ConnectorView[],
  watchers: Set<(person: PersonView) => void>,
): HubPort {
  const find = (key: string) => people.get(key) ?? [...people.values()].find(({ upn }) => upn === key)
  return {
    ready: () => ({ ready: true, waitingFor: [], reasons: [] }),
    tenants: () => [...new Set([...people.values()].map(({ tenant }) => tenant))],
    people: () => [...people.values()],
    page: (query) => pageViews(people.values(), query),
    present: () => people.values(),
    person: find,
    explain: async (key) => {
      const person = find(key)
      return person && explainSample(person, Date.now())
    },
    reachability: () => undefined,
    ring: () => undefined,
    connectors: () => connectors,
    putSignal: async ({ key }) => find(key),
    deleteSignal: async () => false,
    release: async () => ({ released: [], remaining: 0 }),
    resync: () => true,
    resyncPerson: () => true,
    checkConnectors: async () => [],
    watch(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
  }
}
