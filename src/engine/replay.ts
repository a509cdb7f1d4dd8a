import { causeOf } from '../core/decide.ts'
import type { Contribution } from '../core/ledger.ts'
import type { Policy } from '../core/policy.ts'
import type { Presence } from '../core/presence.ts'
import { isDoNotDisturb, presenceName, samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { SlotPlan } from '../core/project.ts'
import type { Actor } from './actor.ts'
import type { SystemOf } from './history-points.ts'
import { personPolicy, planPoint } from './turn.ts'

/** What the rules want shown in one slot of one address, and which link speaks for it. */
export interface Wanting {
  readonly point: Point
  readonly slot: string
  /** `availability/activity`, `no availability/activity` where a person's choice would be taken away, else nothing. */
  readonly shown: string | undefined
  readonly link: string | undefined
  /** Whether it silences the address. */
  readonly silences: boolean
}

/** What one set of rules wants of a person at one moment, and when time alone may change that. */
export interface Wantings {
  readonly bySlot: ReadonlyMap<string, Wanting>
  readonly reviewAt: number | undefined
}

/**
 * One set of rules over the history of one person: what it would want shown. It remembers what it would have written,
 * because a row that holds keeps that.
 */
export class ReplayedRules {
  readonly #system: SystemOf
  readonly #written = new Map<string, Contribution>()

  constructor(system: SystemOf) {
    this.#system = system
  }

  wantings(actor: Actor, whole: Policy, now: number): Wantings {
    const policy = personPolicy(actor, whole)
    const bySlot = new Map<string, Wanting>()
    let reviewAt: number | undefined
    for (const point of actor.presentity.points) {
      const system = this.#system(point.connector)
      if (!system || system.slots.length === 0) continue
      point.contributions = system.slots.flatMap(({ slot }) => this.#written.get(keyOf(point, slot)) ?? [])
      const planned = planPoint(actor, point, { system, policy, now })
      if (planned.reviewAt !== undefined) reviewAt = Math.min(reviewAt ?? planned.reviewAt, planned.reviewAt)
      for (const plan of planned.plans) {
        bySlot.set(keyOf(point, plan.slot.slot), this.#take(point, plan, now))
      }
    }
    const until = actor.presentity.callBack?.until
    if (until !== undefined && until > now) reviewAt = Math.min(reviewAt ?? until, until)
    return { bySlot, reviewAt }
  }

  #take(point: Point, plan: SlotPlan, now: number): Wanting {
    const { slot } = plan.slot
    const key = keyOf(point, slot)
    const { wanted } = plan
    const common = { point, slot }
    if (wanted.act === 'set') {
      const link = wanted.voice.link
      const written = this.#written.get(key)
      if (!written || !samePresence(written.state, wanted.state) || written.cause.link !== link) {
        this.#written.set(key, writtenAt(plan, wanted.state, now))
      }
      const { state } = wanted
      return { ...common, shown: presenceName(state), link, silences: isDoNotDisturb(state) }
    }
    const held = wanted.act === 'hold' ? this.#written.get(key) : undefined
    if (held) {
      const { state, cause } = held
      return { ...common, shown: presenceName(state), link: cause.link, silences: isDoNotDisturb(state) }
    }
    this.#written.delete(key)
    const { base } = point
    const takesAway =
      wanted.act === 'clear' && base && base.by !== 'hub' && samePresence(base.state, wanted.state)
    if (!takesAway) return { ...common, shown: undefined, link: undefined, silences: false }
    const shown = `no ${presenceName(wanted.state)}`
    return { ...common, shown, link: wanted.voice.link, silences: false }
  }
}

function keyOf(point: Point, slot: string): string {
  return `${point.connector}\n${point.address}\n${slot}`
}

/** Written, answered and confirmed at once: a replay asks what is wanted, not how long it takes. */
function writtenAt({ slot, wanted }: SlotPlan, state: Presence, now: number): Contribution {
  const cause =
    wanted.act === 'leave' ? { link: '', kind: 'choice' as const, at: now, text: '' } : causeOf(wanted.voice)
  return {
    id: `${slot.slot}@${now}`,
    slot: slot.slot,
    act: 'assert',
    state,
    cause,
    found: undefined,
    before: undefined,
    intentAt: now,
    ackAt: now,
    confirmedAt: now,
    expiresAt: undefined,
    refreshedAt: now,
    endIntentAt: undefined,
    endAckAt: undefined,
    endConfirmedAt: undefined,
    ending: undefined,
  }
}
