import type { SubscriptionView } from '../../../core/workings.ts'
import type { Follow } from './follow.ts'

/** The subscriptions to each event package together: how many are in force, and which of them ends first. */
export function viewSubscriptions(follows: Iterable<Pick<Follow, 'event' | 'state' | 'standing'>>) {
  const found = new Map<string, SubscriptionView>()
  for (const { event, state, standing } of follows) {
    const before = found.get(event) ?? { kind: event, count: 0, renewals: 0 }
    const isLive = state.kind === 'live'
    const trouble = 'why' in state ? state.why : before.trouble
    const expiresAt = earliest(before.expiresAt, isLive ? standing.expiresAt : undefined)
    const heardAt = latest(before.heardAt, standing.heardAt)
    found.set(event, {
      ...{ kind: event, count: before.count + (isLive ? 1 : 0), renewals: before.renewals + standing.grants },
      ...(expiresAt !== undefined && { expiresAt }),
      ...(heardAt !== undefined && { heardAt }),
      ...(trouble !== undefined && { trouble }),
    })
  }
  return [...found.values()]
}

const earliest = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

const latest = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
