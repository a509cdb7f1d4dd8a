import { defaultRows } from '../core/policy.ts'
import { type Direction, type Preset, type PresetRow, type PresetTable, usualTable } from './preset.ts'

const labels = [
  'In a call',
  'In a conference call',
  'Do not disturb, Presenting, Focusing',
  'Everything else',
]

const rows: readonly PresetRow[] = defaultRows.map((row, index) => ({ ...row, label: labels[index]! }))

const table: PresetTable = {
  ...usualTable,
  source: 'this project',
  basis: 'derived',
  rows,
}

const directions: readonly Direction[] = [
  'teams to phone',
  'phone to teams',
  'teams to crm',
  'crm to teams',
  'phone to crm',
  'crm to phone',
]

/** What a link does that names no preset: calls are shown as calls, do not disturb silences, the rest is left alone. */
export const standardRules: Preset = {
  id: 'default',
  title: 'Default',
  summary:
    'Calls are shown as calls and do not disturb follows, in every direction; nothing else is written.',
  teamsSync: 'hub',
  directions: Object.fromEntries(directions.map((direction) => [direction, table])),
  notes: ['"No synchronisation" takes back what was written.'],
}
