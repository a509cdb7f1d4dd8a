import type { Activity, PresenceName } from './presence.ts'

/** What a system, or the board, showed for a while. Hub time, milliseconds. */
export interface DaySpan {
  readonly from: number
  readonly to: number
  readonly activity: Activity
  /** False while the system could not be heard. */
  readonly heard: boolean
}

/** Something that the hub wrote, and when it was taken back; hub time, milliseconds. */
export interface DayWrite {
  readonly at: number
  /** Absent while it is there. */
  readonly until?: number
  readonly connector: string
  readonly address: string
  readonly slot: string
  readonly state: PresenceName
}

/** A stretch of a person's past, from the history that the tenant keeps. */
export interface DayView {
  readonly tenant: string
  readonly id: string
  readonly from: number
  readonly to: number
  readonly board: readonly DaySpan[]
  readonly systems: readonly { readonly connector: string; readonly spans: readonly DaySpan[] }[]
  /** Oldest first. */
  readonly writes: readonly DayWrite[]
  /** There was more than is told: its end is missing. */
  readonly cut: boolean
}
