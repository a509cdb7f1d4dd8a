import type { Problem } from '../../../core/alert.ts'
import type { Voice } from '../../../core/decide.ts'
import type { Contribution } from '../../../core/ledger.ts'
import { isOpen } from '../../../core/ledger.ts'
import { presenceLabel } from '../../../core/presence.ts'
import { isSynced, none, type Point } from '../../../core/presentity.ts'
import type { Actor } from '../../../engine/actor.ts'
import type { Engine } from '../../../engine/engine.ts'
import { type System, slotOf } from '../../../engine/system.ts'
import { personPolicy, planPoint } from '../../../engine/turn.ts'
import { clockText } from './words.ts'

/** Finds what we wrote where it cannot expire, and what nothing asks for any more. */
export class StaleWrites {
  readonly #engine: Engine
  readonly #afterMs: number
  /** Since when, hub time. */
  readonly #since = new WeakMap<Contribution, number>()

  constructor(engine: Engine, afterMs: number) {
    this.#engine = engine
    this.#afterMs = afterMs
  }

  find(actor: Actor): readonly Problem[] {
    // Most have nothing of ours anywhere, and everybody is looked at each time.
    if (!actor.presentity.points.some(({ contributions }) => contributions)) return none
    return actor.presentity.points.flatMap((point) => {
      const system = point.contributions && this.#engine.system(actor.presentity.tenant, point.connector)
      if (!system) return []
      return (point.contributions ?? []).flatMap((one) => this.#judge(one, { actor, point, system }))
    })
  }

  #judge(contribution: Contribution, at: Place): readonly Problem[] {
    const { expiry } = slotOf(at.system, contribution.slot) ?? {}
    if (expiry?.kind !== 'none' || !isOpen(contribution)) return []
    const why = whyStale(this.#engine, contribution, at)
    if (why === undefined) {
      this.#since.delete(contribution)
      return []
    }
    const now = this.#engine.now()
    const since = this.#since.get(contribution) ?? now
    this.#since.set(contribution, since)
    return now - since < this.#afterMs ? [] : [describe(contribution, { ...at, why, since })]
  }
}

interface Place {
  readonly actor: Actor
  readonly point: Point
  readonly system: System
}

/** Undefined while something live asks for it. */
function whyStale(engine: Engine, contribution: Contribution, { actor, point, system }: Place) {
  const policy = personPolicy(actor, engine.policy(actor.presentity.tenant))
  const { plans } = planPoint(actor, point, { system, policy, now: engine.moment() })
  const wanted = plans.find(({ slot }) => slot.slot === contribution.slot)?.wanted
  if (!wanted || wanted.act === 'leave' || wanted.act === 'clear') {
    return contribution.endIntentAt === undefined
      ? 'nothing asks for it any more, and it could not be taken back yet'
      : 'it is to be taken back, and the system has not confirmed that'
  }
  if (wanted.act === 'hold') return wanted.lost ? `${wanted.voice.text}, so its cause is not sure` : undefined
  return whyUnsure(actor, wanted.voice)
}

/** What was chosen stands until it is taken back, which nobody hears of where its system cannot be heard. */
function whyUnsure(actor: Actor, { from, address }: Voice): string | undefined {
  const source = actor.presentity.points.find((one) => one.connector === from && one.address === address)
  return source && !isSynced(source)
    ? `${from} ${address} cannot be heard, so its cause is not sure`
    : undefined
}

function describe(
  contribution: Contribution,
  { actor, point, system, why, since }: Place & { readonly why: string; readonly since: number },
): Problem {
  const { tenant, id, displayName, upn } = actor.presentity
  return {
    key: `staleWrite ${tenant} ${id} ${contribution.id}`,
    kind: 'staleWrite',
    title: `${presenceLabel(contribution.state)} of ${displayName} <${upn}> at ${system.id} ${point.address} outlives its cause`,
    text: `We wrote it at ${clockText(contribution.intentAt)} because of: ${contribution.cause.text}. Since ${clockText(since)} ${why}. Calls may be lost.`,
    fix: `Take it back with: hookswitch release ${upn}`,
    since,
    tenant,
    person: id,
  }
}
