import type { Link, Row } from './policy.ts'
import type { PresenceName } from './presence.ts'

/** The rows, filters and switches of one link or of one direction of a preset. Times in milliseconds. */
export type LinkRules = Pick<
  Link,
  'calls' | 'graceMs' | 'manualWins' | 'ignoreIdle' | 'atEnd' | 'clearAvailable' | 'overSchedule'
> & {
  readonly rows: readonly (Row & {
    /** The source's own word for what the row is about. */
    readonly label?: string
  })[]
}

/** One system that links can begin or end at. */
export interface PlannedSystem {
  readonly id: string
  readonly title: string
  /** Of its manifest: collaboration, pbx, queue, crm, signal. */
  readonly kind: string
  /** States that it can show; `any` where that cannot be listed. */
  readonly shows: readonly PresenceName[] | 'any'
  /** States that a link may set there; none where it is only read. */
  readonly settable: readonly PresenceName[]
}

/** One link as it runs, and what it starts from. */
export interface PlannedLink {
  readonly from: string
  readonly to: string
  /** The preset in force: the link's own, the tenant's, or the default. */
  readonly preset: string
  readonly rules: LinkRules
  readonly observeOnly: boolean
  /** Nobody wrote it: what external systems say is shown everywhere. */
  readonly implied?: true
}

/** A preset by the directions that it has a table for: `phone to teams`. */
export interface PlannedPreset {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly directions: Readonly<Record<string, LinkRules>>
}

/** Everything that the links of a tenant are made of. */
export interface LinkPlan {
  readonly tenant: string
  /** Of links that name none, where it has their direction. */
  readonly preset: string
  readonly systems: readonly PlannedSystem[]
  readonly links: readonly PlannedLink[]
  readonly presets: readonly PlannedPreset[]
  /** By ids of systems, `pbx teams`: the direction; absent between two of one kind, which follow the default rules. */
  readonly directions: Readonly<Record<string, string>>
}

/** Links that are not saved, over the newest part of the past. */
export interface LinkTrial {
  readonly tenant: string
  /** All links of the tenant, as the configuration has them. */
  readonly links: readonly object[]
  /** How far back. */
  readonly hours: number
}

/** For a while something else would have been shown to somebody. */
export interface TrialDifference extends SlotDifference {
  readonly person: string
}

/** For a while something else would have been wanted in one slot. Times are hub time. */
export interface SlotDifference {
  readonly connector: string
  readonly address: string
  readonly slot: string
  /** `availability/activity`; absent for nothing. */
  readonly was?: string
  readonly would?: string
  /** The links that speak on either side. */
  readonly links: readonly string[]
  readonly from: number
  readonly to: number
}

/** What these links would have changed. */
export interface LinkTrialReport {
  readonly people: number
  readonly rows: number
  /** Rows whose rules are not stored any more. */
  readonly skipped: number
  /** How many states would have been different, and for how long in all. */
  readonly states: number
  readonly milliseconds: number
  /** The first of them. */
  readonly differences: readonly TrialDifference[]
  /** By link, the longest first. */
  readonly links: readonly { readonly link: string; readonly states: number; readonly milliseconds: number }[]
  /** Calls that rang and would not have, and the other way round. */
  readonly blocked: number
  readonly unblocked: number
  /** Why there is nothing to tell, in a sentence for people. */
  readonly nothing?: string
}
