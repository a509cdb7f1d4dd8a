import type { WriteSlot } from '../core/connector.ts'
import type { Contribution } from '../core/ledger.ts'
import type { LedgerRow, Store, StoreChange } from '../core/ports.ts'
import type { Point } from '../core/presentity.ts'
import { newPoint } from '../core/presentity.ts'
import { sharePoint } from '../core/share.ts'
import { type Actor, slotState } from './actor.ts'
import { awaitLateArrival, isUnanswered } from './late-arrival.ts'
import type { People } from './people.ts'
import { readContribution, readPresentity } from './serialize.ts'

/** How a tenant comes from another hub. */
export interface Arrival {
  /** That hub may have written until now: so long nothing is written where something of ours is, milliseconds. */
  readonly holdMs?: number
  /** Above every revision that it has told. */
  readonly revisionsFrom?: number
}

export interface RestoreContext {
  /** Hub time. */
  readonly now: number
  /** Only this one's; everyone's where left out. */
  readonly tenant?: string | undefined
  /** Another hub may still be writing where something of ours is: nothing is sent there for so long, milliseconds. */
  readonly holdMs?: number | undefined
  /** Undefined where the connector or the slot is no longer configured. */
  slotOf(row: LedgerRow): WriteSlot | undefined
}

/**
 * Brings back what outlived the process: everyone's bases, registers and last signals, and what of ours may still be
 * there. A ledger row whose person or address is gone makes a tombstone, so that it is taken back all the same; whom
 * nobody names and who has none is forgotten. Rejects where a row cannot be read, and names it.
 */
export async function restore(store: Store, people: People, context: RestoreContext): Promise<void> {
  const { now, tenant: wanted, slotOf, holdMs } = context
  const concerns = ({ tenant }: { readonly tenant: string }) => wanted === undefined || tenant === wanted
  const unnamed: { readonly tenant: string; readonly id: string }[] = []
  for await (const row of store.presentities(wanted)) {
    if (!concerns(row)) continue
    const actor = people.get(row.tenant, row.id)
    if (!actor) {
      unnamed.push({ tenant: row.tenant, id: row.id })
      continue
    }
    legibly('presentity', row, () => readPresentity(actor.presentity, row.body, now))
    actor.presentity.points.forEach(sharePoint)
    actor.restored = true
  }
  for await (const row of store.openLedger(wanted)) {
    if (!concerns(row)) continue
    const { actor, point } = placeOf(row, people, now)
    point.contributions ??= []
    const contribution = capped(
      legibly('ledger', row, () => readContribution(row.body)),
      now,
    )
    const known = overdue(contribution, slotOf(row), now)
    point.contributions.push(known)
    if (holdMs !== undefined) {
      hold(actor, { point, slot: row.slot }, now + holdMs)
      if (isUnanswered(known)) awaitLateArrival(known, slotOf(row), now)
    }
    actor.restored = true
  }
  const forgotten = unnamed
    .filter(({ tenant, id }) => !people.get(tenant, id))
    .map((one): StoreChange => ({ delete: 'presentity', ...one }))
  if (forgotten.length > 0) await store.commit(forgotten, 'normal')
}

/** @throws Error that says which row has to be mended. */
function legibly<T>(
  table: string,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  read: () => T,
): T {
  try {
    return read()
  } catch (cause) {
    throw new Error(
      `Row ${id} of tenant ${tenant} in the table ${table} cannot be read: ${(cause as Error).message}`,
      { cause },
    )
  }
}

/** What the former hub sent may arrive until then; whatever is sent after it is the last word. */
function hold(actor: Actor, at: { readonly point: Point; readonly slot: string }, until: number): void {
  const detail = 'the hub that had this tenant before may still be writing here'
  Object.assign(slotState(actor, at.point, at.slot), { status: 'deferred', detail, retryAt: until })
}

function placeOf(row: LedgerRow, people: People, now: number): { actor: Actor; point: Point } {
  const actor = people.get(row.tenant, row.presentity) ?? tombstone(row, people, now)
  const known = actor.presentity.points.find(
    (one) => one.connector === row.connector && one.address === row.address,
  )
  if (known) return { actor, point: known }
  const point = newPoint({ connector: row.connector, address: row.address, line: '', rank: 0 })
  people.addPoint(actor, point)
  people.retire(actor, point)
  return { actor, point }
}

function tombstone({ tenant, presentity }: LedgerRow, people: People, now: number): Actor {
  const described = { tenant, id: presentity, upn: presentity, displayName: presentity, points: [] }
  const actor = people.addTombstone(described, now)
  actor.gone = true
  return actor
}

/** A clock that was set back while the hub was down must not put our own writes in the future. */
function capped(contribution: Contribution, now: number): Contribution {
  const { intentAt, ackAt, confirmedAt, refreshedAt } = contribution
  if (Math.max(intentAt, ackAt ?? 0, refreshedAt ?? 0) <= now) return contribution
  return {
    ...contribution,
    cause: { ...contribution.cause, at: Math.min(contribution.cause.at, now) },
    intentAt: Math.min(intentAt, now),
    ackAt: ackAt === undefined ? undefined : Math.min(ackAt, now),
    confirmedAt: confirmedAt === undefined ? undefined : Math.min(confirmedAt, now),
    refreshedAt: refreshedAt === undefined ? undefined : Math.min(refreshedAt, now),
    expiresAt: undefined,
    doubted: true,
  }
}

/**
 * A session whose life was over while the hub was down. A clock set forward meanwhile says so of one that still
 * stands, and a call that began there looks the same: it is asserted or cleared once more, and what is shown when
 * that is settled tells them apart.
 */
function overdue(contribution: Contribution, slot: WriteSlot | undefined, now: number): Contribution {
  const { expiresAt } = contribution
  if (slot?.contribution !== 'ownSession' || expiresAt === undefined || expiresAt >= now) return contribution
  return { ...contribution, expiresAt: undefined, doubted: true }
}
