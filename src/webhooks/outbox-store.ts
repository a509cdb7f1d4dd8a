import type { Log, Store, StoreChange } from '../core/ports.ts'
import type { LogChange, LoggedDelivery } from './delivery-log.ts'
import type { ToldPresence } from './presence-event.ts'
import type { Dead, Subscription, Waiting } from './subscription.ts'

/** Rows of the store's memory, by what they are. */
const scopes = {
  /** What every person was told as, per subscription. */
  told: 'webhooks told',
  waiting: 'webhooks waiting',
  failed: 'webhooks failed',
  /** The log of attempts. */
  tried: 'webhooks tried',
  /** The greatest sequence of all that was ever told, per subscription. */
  sequence: 'webhooks sequence',
} as const

type Place = Pick<Subscription, 'tenant' | 'id'>
/** What the row is, and the event, the person or the line of the log that it is. */
type RowName = readonly [what: keyof typeof scopes, name: string]

/** What is left of one subscription from before. */
export interface Left {
  readonly told: ReadonlyMap<string, ToldPresence>
  readonly waiting: readonly Waiting[]
  readonly failed: readonly Dead[]
  readonly tried: readonly LoggedDelivery[]
  /** Of the event that was told last; 0 where there was none. */
  readonly sequence: number
}

/** What of outgoing webhooks outlives the process: rows survive its crash once their promise has resolved. */
export class OutboxStore {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #log: Log

  constructor(store: Pick<Store, 'commit' | 'memory'>, log: Log) {
    this.#store = store
    this.#log = log
  }

  /** Of all subscriptions of a tenant; rows of those that are not there any more are removed. */
  async load(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Left>> {
    const left = new Map(
      ids.map((id) => [
        id,
        {
          ...{ told: new Map<string, ToldPresence>(), waiting: [] as Waiting[] },
          ...{ failed: [] as Dead[], tried: [] as LoggedDelivery[], sequence: 0 },
        },
      ]),
    )
    const stale: StoreChange[] = []
    for (const [what, scope] of Object.entries(scopes)) {
      for (const [key, body] of await this.#store.memory(tenant, scope)) {
        const [id = '', name = ''] = key.split('\n')
        const place = left.get(id)
        if (!place) stale.push({ delete: 'memory', tenant, scope, key })
        else if (what === 'told') place.told.set(name, JSON.parse(body))
        else if (what === 'waiting') place.waiting.push(JSON.parse(body))
        else if (what === 'sequence') place.sequence = Number(body)
        else if (what === 'tried') place.tried.push(JSON.parse(body))
        else place.failed.push(JSON.parse(body))
      }
    }
    if (stale.length > 0) await this.#commit(stale)
    for (const { waiting, failed, tried } of left.values()) {
      waiting.sort((a, b) => a.sequence - b.sequence)
      failed.sort((a, b) => a.failedAt - b.failedAt)
      tried.sort((a, b) => a.line - b.line)
    }
    return left
  }

  /** A new event, and what the person is told as from now on: both or neither. What follows, at whichever hub, has a greater sequence. */
  add(at: Place, waiting: Waiting, is: ToldPresence): Promise<void> {
    return this.#commit([
      row(at, ['waiting', waiting.id], waiting),
      row(at, ['told', waiting.person], is),
      row(at, ['sequence', ''], waiting.sequence),
    ])
  }

  taken(at: Place, { id }: Waiting): Promise<void> {
    return this.#commit([gone(at, ['waiting', id])])
  }

  givenUp(at: Place, dead: Dead): Promise<void> {
    return this.#commit([gone(at, ['waiting', dead.id]), row(at, ['failed', dead.id], dead)])
  }

  replayed(at: Place, waiting: readonly Waiting[]): Promise<void> {
    return this.#commit(
      waiting.flatMap((one) => [gone(at, ['failed', one.id]), row(at, ['waiting', one.id], one)]),
    )
  }

  forget(at: Place, { id }: Dead): Promise<void> {
    return this.#commit([gone(at, ['failed', id])])
  }

  logged(at: Place, { added, gone: old }: LogChange): Promise<void> {
    const name = ({ line }: LoggedDelivery): RowName => ['tried', String(line)]
    return this.#commit([row(at, name(added), added), ...old.map((one) => gone(at, name(one)))])
  }

  /** What cannot be stored is sent all the same; a crash may then send it twice, or not at all. */
  async #commit(changes: readonly StoreChange[]): Promise<void> {
    await this.#store.commit(changes, 'normal').catch((cause: unknown) => {
      this.#log.warn('what waits for webhooks could not be stored', { cause })
    })
  }
}

function row(
  { tenant, id }: Place,
  [what, name]: RowName,
  body: Waiting | Dead | ToldPresence | LoggedDelivery | number,
): StoreChange {
  return { put: 'memory', tenant, scope: scopes[what], key: `${id}\n${name}`, body: JSON.stringify(body) }
}

function gone({ tenant, id }: Place, [what, name]: RowName): StoreChange {
  return { delete: 'memory', tenant, scope: scopes[what], key: `${id}\n${name}` }
}
