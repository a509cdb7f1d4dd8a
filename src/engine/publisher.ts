import type { Outcome } from '../core/connector.ts'
import type { Clock, Log, Metrics } from '../core/ports.ts'
import type { Actor, Sent } from './actor.ts'
import type { Trace } from './latency.ts'
import { type System, systemKey } from './system.ts'

/** Where several hubs may have a target in turn: whether this one may write now, and for how long. */
export interface WriteGate {
  /** Why nothing may be begun now. */
  readonly shut: string | undefined
  /** Does one write within its deadline. */
  pass<Result>(write: () => Promise<Result>): Promise<Result>
}

/** How soon is looked again whether the gate has opened, milliseconds. */
const gateRetryMs = 1000

export interface PublisherOptions {
  readonly gate?: WriteGate
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  acknowledged(trace: Trace, sent: Sent, answerMs: number | undefined): void
  answered(actor: Actor, sent: Sent, outcome: Outcome): void
}

/** Hands publications to their connector and brings back what became of them. A connector that throws has failed. */
export class Publisher {
  readonly #options: PublisherOptions
  #underWay = 0
  /** By tenant; none that is 0. */
  readonly #underWayOf = new Map<string, number>()
  /** By system: what waits for its answer, the oldest first. None that is empty. */
  readonly #sent = new Map<string, Set<Sent>>()
  #idlers: (() => void)[] = []

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  send(
    actor: Actor,
    sent: Sent,
    about: { readonly system: System; readonly trace: Trace | undefined },
  ): void {
    const { tenant, id } = about.system
    const key = systemKey(tenant, id)
    const waiting = this.#sent.get(key) ?? new Set()
    this.#sent.set(key, waiting.add(sent))
    this.#underWay += 1
    this.#underWayOf.set(tenant, this.underWay(tenant) + 1)
    void this.#publish(actor, sent, about).finally(() => {
      waiting.delete(sent)
      if (waiting.size === 0) this.#sent.delete(key)
      this.#underWay -= 1
      const left = this.underWay(tenant) - 1
      if (left > 0) this.#underWayOf.set(tenant, left)
      else this.#underWayOf.delete(tenant)
      if (this.#underWay > 0) return
      const idlers = this.#idlers
      this.#idlers = []
      for (const resolve of idlers) resolve()
    })
  }

  /** How many requests of a tenant wait for their answer. */
  underWay(tenant: string): number {
    return this.#underWayOf.get(tenant) ?? 0
  }

  /** Requests to a system that wait for their answer; `oldestAt` in hub time. */
  unanswered(
    tenant: string,
    connector: string,
  ): { readonly depth: number; readonly oldestAt: number | undefined } {
    const waiting = this.#sent.get(systemKey(tenant, connector))
    const [oldest] = waiting ?? []
    return { depth: waiting?.size ?? 0, oldestAt: oldest?.at }
  }

  idle(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idlers.push(resolve))
  }

  async #publish(
    actor: Actor,
    sent: Sent,
    { system, trace }: { readonly system: System; readonly trace: Trace | undefined },
  ): Promise<void> {
    const outcome = await this.#ask(system, sent)
    const labels = { connector: system.id, slot: sent.publication.slot, outcome: outcome.kind }
    this.#options.metrics.count('publications', labels)
    if (trace && outcome.kind === 'applied') {
      const took = Math.max(0, this.#options.clock.wall() - trace.trigger.sourceAt)
      this.#options.metrics.observe('source_to_target', took, { connector: system.id })
      this.#options.acknowledged(trace, sent, outcome.answerMs)
    }
    this.#options.answered(actor, sent, outcome)
  }

  async #ask(system: System, sent: Sent): Promise<Outcome> {
    const { gate } = this.#options
    if (gate?.shut !== undefined) return { kind: 'deferred', reason: gate.shut, retryAfterMs: gateRetryMs }
    try {
      if (!system.instance.publish)
        return { kind: 'rejected', reason: `${system.manifest.title} takes no writes` }
      const { instance } = system
      const write = () => instance.publish!(sent.publication)
      return await (gate ? gate.pass(write) : write())
    } catch (cause) {
      this.#options.log.error('a connector threw instead of answering', { connector: system.id, cause })
      return { kind: 'failed', reason: 'the connector failed unexpectedly' }
    }
  }
}
