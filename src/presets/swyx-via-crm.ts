import { defaultGraceMs } from '../core/policy.ts'
import { crmToTeams, crmVia, teamsToCrm } from './crm-tables.ts'
import { hold, type Preset, type PresetRow, transcribed, usualSwitches } from './preset.ts'
import { connectedCalls, teamsToSwyx } from './swyx.ts'

/** States that have no effect on the phone system, by this description. */
const withoutEffect: Readonly<Record<string, true>> = {
  Presenting: true,
  'In a meeting': true,
  'Be right back': true,
}

const rows: readonly PresetRow[] = teamsToSwyx.map((row) =>
  withoutEffect[row.label] ? hold(row.label, row.when) : row,
)

/** The phone system as seen from the CRM: reached through Teams, in one direction. */
export const swyxViaCrm: Preset = {
  id: 'swyx-via-crm',
  title: 'Swyx beside a CRM',
  summary:
    'CRM and Teams follow each other; the phone system follows Teams, but neither Presenting nor In a meeting nor Be right back.',
  teamsSync: 'hub',
  vendorSync: 'Swyx Connector for Microsoft Teams',
  directions: {
    'teams to phone': {
      source: crmVia,
      date: transcribed,
      basis: 'vendor',
      rows,
      calls: connectedCalls,
      graceMs: defaultGraceMs,
      switches: usualSwitches,
      promiseMs: 5000,
      notes: ['States that the description leaves out are those of preset `swyx`.'],
    },
    'teams to crm': teamsToCrm(crmVia),
    'crm to teams': crmToTeams(crmVia),
  },
  notes: [
    'There is no direct link between the CRM and the phone system; reason codes of the phone system stay blank.',
    'Or with `teamsSync: vendor` at the phone system: then its vendor\u2019s connector must be on and does the part with Teams, and the hub only links CRM and Teams.',
  ],
}
