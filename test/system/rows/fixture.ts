import { readFileSync } from 'node:fs'
import type { DialogFacet } from '../../../src/core/observation.ts'
import type { Direction } from '../../../src/presets/preset.ts'

/** Something that happens at the source: in Teams `status`, `client`, `outOfOffice`; elsewhere the rest. */
export interface Act {
  /** What the person picks in Teams; null picks nothing. */
  readonly status?: string | null
  /** What the Teams client says by itself; null is signed out. */
  readonly client?: string | null
  readonly outOfOffice?: boolean
  /** What the person picks in a client of the phone system or the CRM. */
  readonly choose?: string
  readonly leg?: Omit<DialogFacet, 'kind' | 'evidence'>
  readonly hangup?: boolean
}

export const modes = ['observed', 'documented'] as const
export type Mode = (typeof modes)[number]

/** One expected value, as test/fixtures/requirements/rows.json has it. */
export interface ExpectedRow {
  readonly ids: readonly string[]
  readonly presets: readonly string[]
  readonly direction: Direction
  readonly about: string
  readonly before?: Act
  readonly shownBefore?: string
  readonly act: Act
  readonly shown: string | Readonly<Record<Mode, string>>
  readonly unchanged?: boolean
  /** The requirement names no value: why this one, and where it is said. */
  readonly decided?: string
}

const file = new URL('../../fixtures/requirements/rows.json', import.meta.url)

export const expectedRows = (JSON.parse(readFileSync(file, 'utf8')) as { rows: ExpectedRow[] }).rows

export const shownIn = (row: ExpectedRow, mode: Mode): string =>
  typeof row.shown === 'string' ? row.shown : row.shown[mode]
