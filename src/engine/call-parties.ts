import type { Party } from '../core/observation.ts'
import type { Metrics } from '../core/ports.ts'
import type { Leg, Point } from '../core/presentity.ts'
import type { PartyCounts } from '../core/view.ts'
import type { Input } from './actor.ts'
import { systemKey } from './system.ts'

/** How many of the last calls of a system are told apart. */
export const mostRecent = 100

/** The call legs that are up where these inputs belong, each with its point. */
export function liveLegs(inputs: readonly Input[]): ReadonlyMap<Leg, Point> {
  let live: Map<Leg, Point> | undefined
  for (const input of inputs) {
    if (!('received' in input)) continue
    for (const leg of input.point.legs) {
      if (leg.state !== 'terminated') live = (live ?? new Map<Leg, Point>()).set(leg, input.point)
    }
  }
  return live ?? noLegs
}

const noLegs: ReadonlyMap<Leg, Point> = new Map()

/**
 * Whether a system says who is at the other end of a call, which the call filters of its links ask: counted at the end
 * of each leg, when everything that will be told of it was told. A word for each of the last hundred is kept.
 */
export class CallParties {
  readonly #metrics: Metrics
  readonly #recent = new Map<string, Party[]>()

  constructor(metrics: Metrics) {
    this.#metrics = metrics
  }

  /** Counts those that have ended since they were seen up. */
  countEnded(tenant: string, seen: ReadonlyMap<Leg, Point>): void {
    for (const [{ state, party }, { connector }] of seen) {
      if (state !== 'terminated') continue
      const key = systemKey(tenant, connector)
      const recent = this.#recent.get(key) ?? []
      if (recent.length === mostRecent) recent.shift()
      recent.push(party)
      this.#recent.set(key, recent)
      this.#metrics.count('calls', { tenant, connector, party })
    }
  }

  /** Undefined where no call has ended yet. */
  of(tenant: string, connector: string): PartyCounts | undefined {
    const recent = this.#recent.get(systemKey(tenant, connector))
    if (!recent) return undefined
    const count = (party: Party) => recent.filter((one) => one === party).length
    return { external: count('external'), internal: count('internal'), unknown: count('unknown') }
  }

  forget(tenant: string, connector: string): void {
    this.#recent.delete(systemKey(tenant, connector))
  }
}
