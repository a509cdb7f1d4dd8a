import { connectToTeams } from './connecttoteams.ts'
import { mirage, salesforce, standard, webex } from './crm.ts'
import { standardRules } from './default.ts'
import { netsapiens } from './netsapiens.ts'
import type { Direction, Preset, PresetTable, Role } from './preset.ts'
import { swyx } from './swyx.ts'
import { swyxViaCrm } from './swyx-via-crm.ts'
import { threeCx, threeCxCrm } from './three-cx.ts'
import { vodia } from './vodia.ts'

/** Every preset, by its id. */
export const presets: Readonly<Record<string, Preset>> = Object.fromEntries(
  [
    standardRules,
    swyx,
    swyxViaCrm,
    connectToTeams,
    netsapiens,
    vodia,
    threeCx,
    threeCxCrm,
    standard,
    mirage,
    salesforce,
    webex,
  ].map((preset) => [preset.id, preset]),
)

/** The rules of a link that names none. */
export const defaultPreset = standardRules.id

const roles: Readonly<Record<string, Role>> = {
  collaboration: 'teams',
  pbx: 'phone',
  signal: 'phone',
  crm: 'crm',
}

/** The direction between two kinds of systems; undefined between two of one kind. */
export function directionOf(fromKind: string, toKind: string): Direction | undefined {
  const from = roles[fromKind]
  const to = roles[toKind]
  return from && to && from !== to ? `${from} to ${to}` : undefined
}

/** The table of a preset for a direction; two systems of one kind follow each other by the default rules. */
export function tableOf(preset: Preset, direction: Direction | undefined): PresetTable {
  const own = direction && preset.directions[direction]
  return own ?? standardRules.directions[direction ?? 'phone to teams']!
}

/** What the configuration must know to check the names of presets. */
export const presetIndex = {
  ids: Object.keys(presets),
  directionsOf: (id: string): readonly string[] => Object.keys(presets[id]?.directions ?? {}),
  directionOf,
}
