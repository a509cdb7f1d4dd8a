import type { CallFilter, Link, Row } from '../core/policy.ts'
import { defaultCalls, defaultGraceMs } from '../core/policy.ts'
import type { Presence } from '../core/presence.ts'

/** The part a system plays in a preset: the collaboration client, a phone system, a CRM. */
export type Role = 'teams' | 'phone' | 'crm'

/** One direction between two parts, in words. */
export type Direction = `${Role} to ${Role}`

/** A row of a preset's table; the label is the source's own word for what the row is about. */
export interface PresetRow extends Row {
  readonly label: string
}

/** The switches of a link that a preset decides. */
export type PresetSwitches = Pick<
  Link,
  'manualWins' | 'ignoreIdle' | 'atEnd' | 'clearAvailable' | 'overSchedule'
>

/** One direction of a preset: which state does what, which calls count, and what is promised. */
export interface PresetTable {
  /** Where the behaviour is described. */
  readonly source: string
  /** Day on which it was transcribed from there, ISO 8601. */
  readonly date: string
  /** `vendor`: the page says so. `derived`: it leaves something open that we had to decide; the notes say what. */
  readonly basis: 'vendor' | 'derived'
  readonly rows: readonly PresetRow[]
  readonly calls: CallFilter
  /** A call state ends this long after the last leg, milliseconds. */
  readonly graceMs: number
  readonly switches: PresetSwitches
  /** Longest time from a change at the source to the acknowledged write, milliseconds. */
  readonly promiseMs?: number
  readonly notes?: readonly string[]
}

/** A starting point for the links of a tenant, as one vendor behaves. Every row can be changed at the link. */
export interface Preset {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** Who keeps the phone system and Teams in step: this hub, or the vendor's own connector. */
  readonly teamsSync: 'hub' | 'vendor'
  /** The vendor's own connector, which must be on with `vendor` and off with `hub`. */
  readonly vendorSync?: string
  readonly directions: Readonly<Partial<Record<Direction, PresetTable>>>
  readonly notes?: readonly string[]
}

type When = Row['when']

/** Shows `state` at the target. */
export function set(label: string, when: When, state: Presence): PresetRow {
  return { label, when, act: 'set', state }
}

/** Takes back what was written. */
export function release(label: string, when: When): PresetRow {
  return { label, when, act: 'release' }
}

/** Keeps what was written last: "no synchronisation". */
export function hold(label: string, when: When): PresetRow {
  return { label, when, act: 'hold' }
}

/** What a person chose stands, and is put back after us where it is known. */
export const usualSwitches: PresetSwitches = {
  manualWins: true,
  ignoreIdle: false,
  atEnd: 'restore',
  clearAvailable: false,
  overSchedule: false,
}

/** The day on which the tables were transcribed. */
export const transcribed = '2026-11-21'

/** What most tables have in common beside their rows. */
export const usualTable = {
  date: transcribed,
  calls: defaultCalls,
  graceMs: defaultGraceMs,
  switches: usualSwitches,
} satisfies Partial<PresetTable>
