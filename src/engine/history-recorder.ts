import { hash } from 'node:crypto'
import type { HistoryRow } from '../core/history.ts'
import { isOpen } from '../core/ledger.ts'
import type { StoreChange } from '../core/ports.ts'
import type { PresenceName } from '../core/presence.ts'
import { presenceName } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import { lostSince } from '../core/presentity.ts'
import type { Actor } from './actor.ts'
import { writePresentity } from './serialize.ts'

/** An address that could not be heard: connector, address, since when (hub time; null: it was never heard). */
export type Unheard = readonly [connector: string, address: string, since: number | null]

/** What an address showed when it was read last, and when, where something of ours was: whether it is seen there. */
export type Shown = readonly [connector: string, address: string, state: PresenceName, at: number]

/** What a row of the history holds. */
export interface HistoryBody {
  /** As serialize.ts writes it. */
  readonly person: unknown
  /** Since when the hub knew of the person, hub time. */
  readonly since: number
  readonly unheard?: readonly Unheard[]
  readonly shown?: readonly Shown[]
}

/**
 * Notes what a person's systems said whenever a turn has changed it, for tenants that keep a history: written with the
 * turn's other rows, together or not at all.
 */
export class HistoryRecorder {
  readonly #versions = new Map<string, number>()
  /** What was noted last, so that nothing is noted twice. */
  readonly #last = new WeakMap<Actor, string>()

  /** From now on this tenant's rows are kept, and name this version of the rules. */
  keep(tenant: string, policyVersion: number): void {
    this.#versions.set(tenant, policyVersion)
  }

  /** From now on nothing of this tenant is kept. */
  keepNothing(tenant: string): void {
    this.#versions.delete(tenant)
  }

  /** The row of a turn; undefined where nothing changed, or the tenant keeps no history. `now` in hub time. */
  record(actor: Actor, changes: readonly StoreChange[], now: number): StoreChange | undefined {
    const { tenant, id } = actor.presentity
    const policyVersion = this.#versions.get(tenant)
    if (policyVersion === undefined) return undefined
    const unheard = unheardOf(actor)
    const shown = shownOf(actor)
    const stored = changes.find((change) => 'put' in change && change.put === 'presentity')
    const last = this.#last.get(actor)
    const seen = shown.map(([connector, address, state]) => [connector, address, state])
    const around = `${policyVersion}${JSON.stringify([unheard, seen])}`
    const left = actor.presentity.points.length === 0
    if (!stored && !left && last?.startsWith(`${around}\n`)) return undefined
    const person = stored && 'body' in stored ? stored.body : writePresentity(actor.presentity).body
    const key = `${around}\n${hash('sha1', person, 'base64')}`
    if (key === last) return undefined
    this.#last.set(actor, key)
    const more =
      (unheard.length > 0 ? `,"unheard":${JSON.stringify(unheard)}` : '') +
      (shown.length > 0 ? `,"shown":${JSON.stringify(shown)}` : '')
    const body = `{"person":${person},"since":${actor.since}${more}}`
    const row: HistoryRow = { tenant, presentity: id, at: Math.ceil(now), policyVersion, body }
    return { put: 'history', row }
  }
}

function unheardOf(actor: Actor): readonly Unheard[] {
  const found: Unheard[] = []
  for (const point of actor.presentity.points) {
    if (isHeard(point)) continue
    const since = point.feeds.length === 0 ? null : lostSince(point, actor.since)!
    found.push([point.connector, point.address, since])
  }
  return found
}

/** Only where something of ours is: elsewhere what is shown is what the system says. */
function shownOf({ presentity }: Actor): readonly Shown[] {
  return presentity.points.flatMap(({ connector, address, read, contributions }): Shown[] =>
    read && contributions?.some(isOpen) ? [[connector, address, presenceName(read.state), read.at]] : [],
  )
}

function isHeard(point: Point): boolean {
  return point.feeds.length > 0 && point.feeds.every((feed) => feed.live)
}
