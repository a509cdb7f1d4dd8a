import type {
  AnyConnectorDefinition,
  ConnectorContext,
  ConnectorInstance,
  Manifest,
  Outcome,
  Publication,
  WriteSlot,
} from '../../../src/core/connector.ts'
import type { Observation } from '../../../src/core/observation.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  type Presence,
  parsePresence,
  presence,
  presenceName,
} from '../../../src/core/presence.ts'
import type { UserEvent } from './server.ts'

const feed = 'events'
const leaseMs = 24 * 60 * 60_000

/** Reads the event stream, writes the register. */
class HttpSystemInstance implements ConnectorInstance {
  readonly #url: string
  readonly #context: ConnectorContext
  readonly #abort = new AbortController()
  readonly #known = new Map<string, UserEvent>()
  #followed: readonly string[] = []

  constructor(url: string, context: ConnectorContext) {
    this.#url = url
    this.#context = context
  }

  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    const response = await this.#context.fetch(`${this.#url}/events`, { signal: this.#abort.signal })
    this.#context.emit({ type: 'opened', feed, leaseMs })
    this.#emit(addresses)
    this.#context.health({ state: 'up' })
    void this.#read(response.body!).catch(() => this.#context.emit({ type: 'lost', feed, reason: 'cut' }))
  }

  async stop(): Promise<void> {
    this.#abort.abort()
  }

  follow(addresses: readonly string[]): void {
    const before = new Set(this.#followed)
    this.#followed = addresses
    this.#emit(addresses.filter((address) => !before.has(address)))
  }

  resync(addresses: readonly string[]): void {
    this.#emit(addresses)
  }

  async publish({ address, state }: Publication): Promise<Outcome> {
    const response = await this.#context.fetch(`${this.#url}/users/${address}/presence`, {
      method: 'PUT',
      body: JSON.stringify({ state: presenceName(state) }),
    })
    if (!response.ok) return { kind: 'rejected', reason: `answered ${response.status}` }
    return { kind: 'applied', at: this.#context.clock.wall() }
  }

  async #read(body: NonNullable<Response['body']>): Promise<void> {
    let rest = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      for (const line of lines) {
        const event = JSON.parse(line) as UserEvent
        this.#known.set(event.user, event)
        if (this.#followed.includes(event.user)) this.#emit([event.user])
      }
    }
  }

  #emit(addresses: readonly string[]): void {
    if (addresses.length === 0) return
    const observations = addresses.flatMap((address) => this.#observe(address))
    this.#context.emit({ type: 'snapshot', feed, observations, addresses })
  }

  #observe(address: string): Observation[] {
    const { state, by, legs } = this.#known.get(address) ?? { state: '', by: 'application', legs: [] }
    const observedAt = this.#context.clock.wall()
    const shown = parsePresence(state) ?? AVAILABLE
    const facet = {
      kind: 'presence' as const,
      state: shown,
      chosen: by === 'person' ? ('yes' as const) : ('unknown' as const),
    }
    return [facet, ...legs].map((one) => ({ address, facet: one, observedAt }))
  }
}

function define(manifest: Manifest, settable: readonly Presence[]): AnyConnectorDefinition {
  const slot: WriteSlot = {
    slot: 'presence',
    states: settable,
    neutral: AVAILABLE,
    contribution: 'sharedSlot',
    readBack: 'aggregate',
    echo: 'value',
    expiry: { kind: 'none' },
    settleMs: 1000,
  }
  return {
    manifest,
    configSchema: { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
    writes: () => [slot],
    check: async () => [{ level: 'ok', text: 'nothing to try' }],
    create: (config, context) => new HttpSystemInstance((config as { url: string }).url, context),
  }
}

const common = {
  docs: 'docs/connectors/none.md',
  addressKind: 'name',
  transport: 'push',
  lineRank: 0,
} as const

/** A phone system that has five states, four of which a sync may set; the fifth is its own. */
export const webphone = define(
  {
    ...common,
    id: 'webphone',
    title: 'Phone system by HTTP',
    kind: 'pbx',
    facets: ['dialog', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AWAY, AVAILABLE, OFFLINE],
    alsoShows: 'any',
  },
  [DO_NOT_DISTURB, IN_A_CALL, AWAY, AVAILABLE],
)

const crmStates = [
  DO_NOT_DISTURB,
  PRESENTING,
  IN_A_CALL,
  presence('busy', 'inAMeeting'),
  BUSY,
  presence('beRightBack', 'beRightBack'),
  presence('away', 'outOfOffice'),
  AWAY,
  AVAILABLE,
]

/** A CRM that shows what Teams shows; logging out is the person's own. */
export const webcrm = define(
  {
    ...common,
    id: 'webcrm',
    title: 'CRM by HTTP',
    kind: 'crm',
    facets: ['presence'],
    states: [...crmStates, OFFLINE],
    alsoShows: 'any',
  },
  crmStates,
)
