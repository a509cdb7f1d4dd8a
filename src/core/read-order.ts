import type { WriteSlot } from './connector.ts'
import type { Contribution, Moment } from './ledger.ts'
import { hidesCalls, isEndSettled, isSettled } from './ledger.ts'
import { isOlder } from './order.ts'
import type { Presence } from './presence.ts'
import { samePresence } from './presence.ts'
import type { Point } from './presentity.ts'

type Read = Moment & { readonly slotOf: (name: string) => WriteSlot | undefined }

/**
 * Where a source numbers its states (Graph: sequenceNumber), the settle time need not pass: once a read has shown what
 * we wrote, whatever a read with a later number shows came after it.
 */
export function noteOrder(point: Point, value: Presence, read: Read): void {
  const { sequence } = read
  if (sequence === undefined) return
  for (const contribution of point.contributions ?? []) {
    if (contribution.intentAt > read.now) continue
    if (samePresence(value, contribution.state)) {
      if (isShownFirst(point, contribution, read)) contribution.shownBy = sequence
      continue
    }
    if (isGoneFirst(contribution, read)) contribution.goneBy = sequence
    if (isMovedFirst(contribution, value, read)) contribution.movedBy = sequence
  }
}

/** What stands at a point and its number, as a write of ours meets it. */
export function numberNow({ sequence, read }: Point): Pick<Contribution, 'unmoved'> {
  return sequence === undefined || !read ? {} : { unmoved: { sequence, shown: read.state } }
}

/** Another state under the same number: the numbers of this source do not tell whether anything has changed. */
export function doubtNumbers({ contributions }: Point, value: Presence, { sequence }: Moment): void {
  for (const contribution of contributions ?? []) {
    const { unmoved } = contribution
    if (unmoved?.sequence === sequence && unmoved && !samePresence(unmoved.shown, value)) {
      delete contribution.unmoved
    }
  }
}

/** Nothing but this write of ours explains the value. */
function isShownFirst({ contributions }: Point, contribution: Contribution, read: Read): boolean {
  const { act, state, before, endIntentAt, shownBy } = contribution
  if (act !== 'assert' || endIntentAt !== undefined || shownBy !== undefined) return false
  if (before && samePresence(before, state)) return false
  return !contributions?.some((other) => other !== contribution && mayShow(other, state, read))
}

function mayShow(other: Contribution, state: Presence, read: Read): boolean {
  const slot = read.slotOf(other.slot)
  if (!slot) return false
  const isOver = other.endIntentAt !== undefined && isEndSettled(other, slot, read)
  if (samePresence(other.state, state)) return !isOver
  const { before } = other
  return before !== undefined && samePresence(before, state) && !isOver && !isSettled(other, slot, read)
}

/** What nothing else can hide, and was seen before, is not shown any more: it was taken away, by us or by a person. */
function isGoneFirst({ act, state, endIntentAt, shownBy, goneBy }: Contribution, read: Read): boolean {
  if (endIntentAt === undefined || goneBy !== undefined || !hidesCalls(state)) return false
  return act === 'clear' || isOlder(shownBy, read.sequence)
}

/** Something else than before it has come since; not what two states under one number would make of it. */
function isMovedFirst({ before, unmoved, movedBy }: Contribution, value: Presence, read: Read): boolean {
  if (movedBy !== undefined || (before && samePresence(before, value))) return false
  return isOlder(unmoved?.sequence, read.sequence)
}

/** A third value while our own choice is on its way: whose is last is known only after the settle time. */
export function hasUnsettledChoice(point: Point, read: Read): boolean {
  return (point.contributions ?? []).some((contribution) => {
    const slot = read.slotOf(contribution.slot)
    if (slot?.contribution !== 'sharedSlot') return false
    return contribution.endIntentAt === undefined
      ? !isSettled(contribution, slot, read)
      : !isEndSettled(contribution, slot, read)
  })
}
