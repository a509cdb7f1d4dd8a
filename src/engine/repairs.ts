import type { Outcome } from '../core/connector.ts'
import { presenceName, samePresence } from '../core/presence.ts'
import type { FeedState, Point } from '../core/presentity.ts'
import type { RepairCount, RepairKind, RepairView } from '../core/workings.ts'
import { repairKinds } from '../core/workings.ts'
import type { Sent, SlotState } from './actor.ts'
import { systemKey } from './system.ts'

/** Of each system so many are told one by one; the others are counted. */
const mostLatest = 20

/** Something that a turn mended, at one address of its person. */
export interface Repair {
  readonly kind: RepairKind
  readonly connector: string
  readonly address: string
}

/** What an answered write has mended; undefined for an ordinary one. To be asked before the outcome is applied. */
export function mendedBy(
  { contribution, publication, point }: Sent,
  outcome: Outcome,
  { attempts }: Pick<SlotState, 'attempts'>,
): RepairKind | undefined {
  if (outcome.kind !== 'applied' && outcome.kind !== 'unchanged') return undefined
  const { doubted, ackAt, cause, slot } = contribution
  const isUnknown = doubted === true && ackAt === undefined
  if (isUnknown && cause.link === '') return 'leftover'
  if (isUnknown || attempts > 0) return 'unanswered'
  if (publication.act !== 'assert' || ackAt !== undefined) return undefined
  const before = (point.contributions ?? []).filter((one) => one.slot === slot && one !== contribution).at(-1)
  const isAgain =
    before?.ending === 'gone' &&
    before.cause.link === cause.link &&
    before.cause.at === cause.at &&
    samePresence(before.state, contribution.state)
  return isAgain ? 'vanished' : undefined
}

/** The feed has spoken of the point before, and was opened anew since: what is read now was not told in between. */
export function isReadAnew({ feeds, epochs }: Point, feed: FeedState, epoch: number): boolean {
  const index = feeds.indexOf(feed)
  return index >= 0 && epochs[index] !== epoch
}

/** What the systems say at a point, to compare it with what they said before. */
export function sayings({ native, dnd, paused, legs }: Point): string {
  const live = legs.filter(({ state }) => state !== 'terminated').map(({ leg, state }) => `${leg} ${state}`)
  return JSON.stringify([native && presenceName(native.state), dnd, paused, live.sort()])
}

/** What was mended since the process began, by system. */
export class Repairs {
  readonly #counts = new Map<string, Map<RepairKind, number>>()
  readonly #latest = new Map<string, readonly RepairView[]>()

  /** `wall`: wall clock, milliseconds. */
  note(of: { readonly tenant: string; readonly id: string }, repairs: readonly Repair[], wall: number): void {
    for (const { kind, connector, address } of repairs) {
      const key = systemKey(of.tenant, connector)
      const counts = this.#counts.get(key) ?? new Map<RepairKind, number>()
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      this.#counts.set(key, counts)
      const repair = { kind, at: Math.round(wall), person: of.id, address }
      this.#latest.set(key, [repair, ...(this.#latest.get(key) ?? [])].slice(0, mostLatest))
    }
  }

  /** The newest first. */
  of(
    tenant: string,
    connector: string,
  ): { readonly counts: readonly RepairCount[]; readonly latest: readonly RepairView[] } {
    const key = systemKey(tenant, connector)
    const counts = repairKinds.map((kind) => ({ kind, count: this.#counts.get(key)?.get(kind) ?? 0 }))
    return { counts: counts.filter(({ count }) => count > 0), latest: this.#latest.get(key) ?? [] }
  }

  forget(tenant: string, connector: string): void {
    const key = systemKey(tenant, connector)
    this.#counts.delete(key)
    this.#latest.delete(key)
  }
}
