import { callBackUntil } from '../core/emergency.ts'
import { isListed, normalizeNumber } from '../core/phone-number.ts'
import { reachability } from '../core/ring.ts'
import {
  type ReachabilityView,
  type RingChannel,
  type RingPlace,
  type RingQuestion,
  type RingVerdict,
  verdictOrder,
} from '../core/ring-channel.ts'
import type { Actor } from './actor.ts'
import type { Engine } from './engine.ts'
import { RefusedCalls } from './ring-callers.ts'

/** Answers whether it will ring, from what the engine holds in memory; nothing is read or written. */
export class RingDesk {
  readonly #engine: Engine
  readonly #refused = new RefusedCalls()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  reachability(actor: Actor): ReachabilityView {
    const { tenant, id, upn, displayName } = actor.presentity
    const until = callBackUntil(actor.presentity, this.#engine.now())
    return {
      ...{ tenant, id, upn, displayName, at: Math.round(this.#engine.now()) },
      ...(until !== undefined && { callBackUntil: Math.round(until) }),
      channels: this.#channels(actor).map(({ until: end, ...channel }) =>
        end === undefined ? channel : { ...channel, until: Math.round(end) },
      ),
    }
  }

  /** Asks in the tenants named, which all have the connector. */
  ask(question: RingQuestion, tenants: readonly string[]): RingVerdict {
    const { connector, address } = question
    let best: RingVerdict | undefined
    for (const tenant of tenants) {
      for (const { actor, point } of this.#engine.people.at(tenant, connector, address)) {
        if (actor.retired?.has(point)) continue
        const answer = this.#answer(actor, question)
        if (!best || verdictOrder[answer.verdict] < verdictOrder[best.verdict]) best = answer
      }
    }
    return best ?? { verdict: 'unknown', because: `nobody the hub knows is at ${address} of ${connector}` }
  }

  #answer(actor: Actor, question: RingQuestion): RingVerdict {
    const channel = this.#channels(actor).find((one) => isMeant(one, question))
    if (!channel) return { verdict: 'unknown', because: `${question.connector} has no such way of ringing` }
    const { because } = channel
    if (channel.inbound === 'yes') return { verdict: 'ring', because }
    if (channel.inbound === 'unknown') return { verdict: 'unknown', because }
    const through = channel.kind === 'phone' && channel.doNotDisturb && this.#breaksThrough(actor, question)
    return through ? { verdict: 'ring', because: through } : { verdict: 'busy', because }
  }

  #breaksThrough(actor: Actor, { from = '', call }: RingQuestion): string | undefined {
    const { tenant, id, upn } = actor.presentity
    const { breakthrough, plan } = this.#engine.policy(tenant).ring
    const { numbers, people, secondCallMs } = breakthrough
    if (isListed(from, [...numbers, ...(people.get(upn.toLowerCase()) ?? [])], plan)) {
      return 'the caller is on the allow list'
    }
    const number = normalizeNumber(from, plan)
    if (secondCallMs <= 0 || number === undefined) return undefined
    const who = { person: `${tenant}\n${id}`, number, call }
    return this.#refused.isSecond(who, this.#engine.now(), secondCallMs)
      ? 'the same number called shortly before'
      : undefined
  }

  #channels(actor: Actor): readonly RingChannel[] {
    const { presentity } = actor
    const places = presentity.points.flatMap((point): RingPlace[] => {
      const system = this.#engine.system(presentity.tenant, point.connector)
      if (!system || actor.retired?.has(point)) return []
      return [{ point, kind: system.manifest.kind, slots: system.slots }]
    })
    const now = this.#engine.moment()
    const settings = this.#engine.policy(presentity.tenant).ring
    return reachability({ places, settings, now, callBackUntil: callBackUntil(presentity, now) })
  }
}

function isMeant(
  channel: RingChannel,
  { connector, address, via, softphone = false }: RingQuestion,
): boolean {
  if (channel.connector !== connector || channel.address !== address) return false
  if ((channel.kind === 'softphone') !== softphone) return false
  // Only a softphone tells a colleague's call from another, and only what has queues a queue's.
  return channel.kind === 'softphone' || channel.kind === 'phone'
    ? channel.via === (channel.kind === 'phone' && via === 'internal' ? 'direct' : via)
    : true
}
