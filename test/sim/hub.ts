import type { Policy } from '../../src/core/policy.ts'
import type { Log, Metrics, Store, StoreChange } from '../../src/core/ports.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { PersonSpec } from '../../src/engine/people.ts'
import type { System } from '../../src/engine/system.ts'
import type { Emit, Life } from './life.ts'

export interface HubOptions {
  readonly life: Life
  readonly store: Store
  readonly people: readonly PersonSpec[]
  readonly policy: Policy
  readonly systems: (life: Life, emit: (connector: string, of?: string) => Emit) => readonly System[]
  readonly nextId: () => string
  readonly random: () => number
  /** What the engine complains of. */
  readonly complain: (message: string) => void
}

export const tenant = 'contoso'

const silent = () => {}
const metrics: Metrics = { count: silent, gauge: silent, observe: silent }

function logTo(complain: (message: string) => void): Log {
  const log: Log = {
    debug: silent,
    info: silent,
    warn: silent,
    error: (message, fields) => complain(`${message} ${String(fields?.cause ?? '')}`),
    with: () => log,
  }
  return log
}

/** The real engine in one life of its process, between a store and targets that outlive it. */
export class Hub {
  readonly life: Life
  readonly engine: Engine
  readonly #options: HubOptions
  readonly #systems: readonly System[]

  constructor(options: HubOptions) {
    const { life } = options
    this.life = life
    this.#options = options
    this.engine = new Engine({
      clock: life.clock,
      store: mortalStore(options.store, life),
      log: logTo(options.complain),
      metrics,
      random: options.random,
      nextId: options.nextId,
    })
    this.#systems = options.systems(life, (connector, of = tenant) => (event) => {
      if (life.alive) this.engine.emit(of, connector, event)
    })
    for (const system of this.#systems) this.engine.addSystem(system)
    for (const of of new Set(this.#systems.map((system) => system.tenant))) {
      this.engine.setPolicy(of, options.policy)
    }
  }

  async start(): Promise<void> {
    await this.engine.load(this.#options.people)
    for (const { tenant: of, id, instance } of this.#systems) {
      await instance.start(this.engine.people.addresses(of, id))
    }
  }

  /** As `kill -9`. */
  kill(): void {
    this.life.kill()
  }
}

/** A commit that had not returned when the process died may be there or not; here it is there once it was begun. */
function mortalStore(store: Store, life: Life): Store {
  return {
    commit: async (changes: readonly StoreChange[], durability) => {
      await life.cross('store')
      await store.commit(changes, durability)
      await life.cross('stored')
    },
    presentities: (tenant) => store.presentities(tenant),
    openLedger: (tenant) => store.openLedger(tenant),
    ledgerOf: (of, presentity, limit) => store.ledgerOf(of, presentity, limit),
    memory: (of, scope) => store.memory(of, scope),
    close: () => store.close(),
  }
}
