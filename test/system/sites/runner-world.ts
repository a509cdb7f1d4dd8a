import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Absence } from '../../../src/apps/site/absence.ts'
import { SiteSeal } from '../../../src/apps/site/place.ts'
import { SiteRunner } from '../../../src/apps/site/runner.ts'
import { SiteLedger } from '../../../src/apps/site/site-ledger.ts'
import { readAssignments } from '../../../src/apps/site/site-memory.ts'
import type {
  AnyConnectorDefinition,
  ConnectorContext,
  Outcome,
  Publication,
} from '../../../src/core/connector.ts'
import type { LedgerRow, Store, StoreChange } from '../../../src/core/ports.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../../src/core/presence.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { createLog } from '../../../src/observe/log.ts'
import { createMetrics } from '../../../src/observe/metrics.ts'
import type { Said, TakenBack, Written } from '../../../src/sites/wire.ts'

const dndSlot = {
  ...{ slot: 'dnd', states: [DO_NOT_DISTURB], neutral: AVAILABLE, contribution: 'sharedSlot' },
  ...{ readBack: 'own', echo: 'value', expiry: { kind: 'none' }, settleMs: 1_000 },
} as const

export interface Beginning {
  readonly holdMs?: number
  readonly written?: readonly Written[]
}

/** The part of a store that a site uses. */
function createTables() {
  const ledger = new Map<string, LedgerRow>()
  const memory = new Map<string, Map<string, string>>()
  const at = (scope: string) => memory.get(scope) ?? memory.set(scope, new Map()).get(scope)!
  return {
    ledger,
    store: {
      memory: async (_tenant: string, scope: string) => new Map(at(scope)),
      commit: async (changes: readonly StoreChange[]) => {
        for (const change of changes) {
          if ('put' in change && change.put === 'ledger') ledger.set(change.entry.id, change.entry)
          if ('put' in change && change.put === 'memory') at(change.scope).set(change.key, change.body)
          if ('delete' in change && change.delete === 'memory') at(change.scope).delete(change.key)
        }
      },
      async *openLedger() {
        for (const row of ledger.values()) if (row.open) yield row
      },
    } as unknown as Store,
  }
}

/** A site without its link and its phone system, in a time of its own. */
export class RunnerWorld {
  readonly clock = new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21) })
  readonly logged: string[] = []
  readonly said: Said[] = []
  /** What the phone system was told, newest last. */
  readonly told: Publication[] = []
  readonly #tables = createTables()
  readonly #folder = mkdtempSync(join(tmpdir(), 'hookswitch-runner-'))
  #context: ConnectorContext | undefined
  /** Of the phone system. */
  answers: Outcome | undefined
  isConnected = false
  /** Writes that wait at the connector. */
  waiting = 0
  runner!: SiteRunner
  ledger!: SiteLedger

  /** As the program begins: what it had is on the disk. */
  async start(): Promise<void> {
    const { clock, logged } = this
    const { store } = this.#tables
    const tenant = 'contoso'
    const seal = await SiteSeal.open({ directory: this.#folder, env: {}, cwd: this.#folder })
    const destination = { write: (line: string) => logged.push(line) }
    const definition = {
      writes: () => [dndSlot],
      check: async () => [],
      create: (_settings: unknown, context: ConnectorContext) => this.#create(context),
    } as unknown as AnyConnectorDefinition
    this.ledger = await SiteLedger.open({ store, clock, tenant })
    this.runner = new SiteRunner({
      ...{ tenant, connectors: ['pbx'], store, seal, clock, random: () => 0.5 },
      ledger: this.ledger,
      absence: await Absence.open({ store, clock, tenant }),
      assignments: new Map(await readAssignments(store, tenant, seal)),
      log: createLog({ level: 'info', pretty: false, destination }),
      metrics: createMetrics({ processMetrics: false }),
      sealedFor: () => ({ get: () => undefined, set: async () => {} }),
      outbound: { fetch, network: {} } as never,
      registry: { fake: definition },
      ...{ signal: new AbortController().signal, hide: () => {}, isConnected: () => this.isConnected },
      say: (_of, said) => void this.said.push(said),
      dropSaid: () => void this.said.splice(0),
    })
    this.runner.start()
  }

  #create(context: ConnectorContext) {
    this.#context = context
    return {
      start: async () => context.emit({ type: 'opened', feed: 'all', leaseMs: 60_000 }),
      stop: async () => {},
      follow() {},
      resync() {},
      inspect: () => ({ queues: [{ queue: 'write', depth: this.waiting }] }),
      publish: async (publication: Publication): Promise<Outcome> => {
        this.told.push(publication)
        const outcome = this.answers ?? { kind: 'applied', at: this.clock.wall() }
        if (outcome.kind === 'applied') this.hear(publication.address, publication.act === 'assert')
        return outcome
      },
    }
  }

  /** The phone system tells of a phone. */
  hear(address: string, on: boolean): void {
    const observation = { address, facet: { kind: 'dnd', on }, observedAt: this.clock.wall() } as const
    this.#context?.emit({ type: 'observed', feed: 'all', observation })
  }

  connect(protocol = 2): void {
    this.isConnected = true
    this.runner.connected({ protocol })
  }

  cut(): void {
    this.isConnected = false
    this.runner.cut('the test cut it')
  }

  /** What the hub asks first on each link. */
  async begin({ holdMs, written = [] }: Beginning = {}): Promise<TakenBack> {
    const assignment = { type: 'fake', settings: {}, ...(holdMs !== undefined && { holdMs }) }
    const ask = { what: 'start', assignment, addresses: ['1001', '1002'], written } as const
    const taken = (await this.runner.ask('pbx', ask, () => false)) as TakenBack
    await this.settle()
    return taken
  }

  async write(address: string, act: Publication['act']): Promise<void> {
    const state = act === 'assert' ? DO_NOT_DISTURB : AVAILABLE
    const publication = { id: 'p', address, slot: 'dnd', act, state, refresh: false } as const
    await this.runner.ask('pbx', { what: 'publish', publication }, () => false)
  }

  /** In steps, so that whatever is under way ends between them. */
  async pass(minutes: number): Promise<void> {
    for (let left = minutes * 60_000; left > 0; left -= 5_000) {
      this.clock.advance(Math.min(left, 5_000))
      await this.settle()
    }
  }

  /** Everything that waits for nothing but its turn is done. */
  async settle(): Promise<void> {
    for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  /** Addresses that the site may have something at. */
  get open(): readonly string[] {
    return [...this.#tables.ledger.values()].filter((row) => row.open).map(({ address }) => address)
  }

  /** Addresses where do not disturb was switched off. */
  get withdrawn(): readonly string[] {
    return this.told.filter(({ act }) => act === 'withdraw').map(({ address }) => address)
  }

  async close(): Promise<void> {
    await this.runner.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
