import type { HistoryRow } from '../core/history.ts'
import type { Contribution } from '../core/ledger.ts'
import type { LedgerRow } from '../core/ports.ts'
import type { Point } from '../core/presentity.ts'
import { reconcile } from '../core/reconcile.ts'
import type { ExplainView } from '../core/view.ts'
import type { Actor } from './actor.ts'
import { slotState } from './actor.ts'
import { contestOver, contestText } from './contests.ts'
import { explainPerson } from './explain.ts'
import { actorAt } from './history-points.ts'
import { readContribution } from './serialize.ts'
import { personPolicy, planPoint } from './turn.ts'
import type { ViewContext } from './views.ts'

/** How many entries of the ledger a view of the past shows. */
const shownRows = 50

/** What is needed to look at a moment. `context.now` is the moment, its policy the one in force then. */
export interface PastInput {
  readonly row: HistoryRow
  readonly name: { readonly upn: string; readonly displayName: string }
  /** Of the person, open and closed, newest first. */
  readonly ledger: readonly LedgerRow[]
  readonly context: ViewContext
}

/** The answer to "why?" for a moment in the past, from the same rules over what was known then. */
export function explainPast({ row, name, ledger, context }: PastInput): ExplainView {
  const { now: at } = context
  const actor = actorAt(row, context.system, name)
  const then: LedgerRow[] = []
  for (const entry of ledger) {
    const contribution = asOf(readContribution(entry.body), at)
    if (!contribution) continue
    addContribution(actor, entry, contribution)
    then.push({ ...entry, body: JSON.stringify(contribution) })
  }
  for (const point of actor.presentity.points) standAt(actor, point, context)
  return explainPerson(actor, context, then.slice(0, shownRows))
}

/** A contribution as it was known at a moment; undefined where it was not begun. */
function asOf(contribution: Contribution, at: number): Contribution | undefined {
  if (contribution.intentAt > at) return undefined
  const by = (time: number | undefined) => (time !== undefined && time <= at ? time : undefined)
  const ackAt = by(contribution.ackAt)
  return {
    ...contribution,
    ackAt,
    confirmedAt: by(contribution.confirmedAt),
    // It was there then; only the last of the times it was prolonged to is known, and none asks for anything now.
    expiresAt: undefined,
    refreshedAt: by(contribution.refreshedAt) ?? ackAt,
    endIntentAt: by(contribution.endIntentAt),
    endAckAt: by(contribution.endAckAt),
    endConfirmedAt: by(contribution.endConfirmedAt),
    ending: by(contribution.endAckAt) === undefined ? undefined : contribution.ending,
    doubted: false,
  }
}

function addContribution(actor: Actor, entry: LedgerRow, contribution: Contribution): void {
  const point = actor.presentity.points.find(
    (one) => one.connector === entry.connector && one.address === entry.address,
  )
  if (!point || point.contributions?.some(({ id }) => id === contribution.id)) return
  // What ended long before is history, not something a read could still have shown.
  if (contribution.endAckAt !== undefined) return
  point.contributions = [...(point.contributions ?? []), contribution]
}

/** How each slot stood: the same comparison as in a turn, with nothing done about it. */
function standAt(actor: Actor, point: Point, context: ViewContext): void {
  const system = context.system(point.connector)
  if (!system || system.slots.length === 0) return
  const policy = personPolicy(actor, context.policy)
  const { plans } = planPoint(actor, point, { system, policy, now: context.now })
  for (const plan of plans) {
    const result = reconcile({
      plan,
      point,
      order: system.manifest.states,
      now: context.now,
      inFlight: false,
    })
    const state = slotState(actor, point, plan.slot.slot)
    const contest = contestOver(actor, point, { plan, action: result.action, now: context.now })
    state.status = contest ? 'contested' : result.status
    state.detail = contest ? contestText(contest) : result.detail
    state.wanted = plan.wanted.act === 'set' ? plan.wanted.state : undefined
    const open = point.contributions?.find((one) => one.slot === plan.slot.slot)
    if (open?.ackAt !== undefined) state.writtenAt = Math.round(open.ackAt)
  }
}
