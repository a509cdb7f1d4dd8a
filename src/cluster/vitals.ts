import { type Bus, BusFailure } from '../core/bus.ts'
import { type ClusterNode, leaseMs } from '../core/cluster.ts'
import type { Clock } from '../core/ports.ts'

/** How long a node may take to say that it is alive, milliseconds. */
const answerMs = 1_000

export const aliveSubject = (incarnation: string) => `alive.${incarnation}`

/**
 * Who is dead. A process that ended has lost its connection to the store and answers nobody on the bus: that is known at once. Of
 * any other node its lease has to end, by the store's clock, and without a renewal seen for as long by ours: no step of either
 * clock makes a living node dead.
 */
export class Vitals {
  readonly #clock: Clock
  readonly #bus: Bus
  readonly #seen = new Map<string, { readonly renewals: number; readonly at: number }>()

  constructor(clock: Clock, bus: Bus) {
    this.#clock = clock
    this.#bus = bus
  }

  /** What was seen before the connection was lost says nothing of who renewed meanwhile. */
  forget(): void {
    this.#seen.clear()
  }

  async findDead(nodes: readonly ClusterNode[]): Promise<readonly ClusterNode[]> {
    const now = this.#clock.monotonic()
    for (const incarnation of this.#seen.keys())
      if (!nodes.some((node) => node.incarnation === incarnation)) this.#seen.delete(incarnation)
    const judged = await Promise.all(
      nodes.map(async (node) => ((await this.#isDead(node, now)) ? [node] : [])),
    )
    return judged.flat()
  }

  async #isDead(node: ClusterNode, now: number): Promise<boolean> {
    if (node.fenced) return true
    const seen = this.#seen.get(node.incarnation)
    if (seen?.renewals !== node.renewals)
      this.#seen.set(node.incarnation, { renewals: node.renewals, at: now })
    else if (node.leaseLeftMs < 0 && now - seen.at >= leaseMs) return true
    return !node.connected && (await this.#isNobody(node.incarnation))
  }

  async #isNobody(incarnation: string): Promise<boolean> {
    try {
      await this.#bus.ask(aliveSubject(incarnation), null, answerMs)
      return false
    } catch (error) {
      return error instanceof BusFailure && error.kind === 'nobody'
    }
  }
}
