import type { CallFilter, Row } from '../core/policy.ts'
import { presenceLabel, presenceName } from '../core/presence.ts'
import type { Direction, Preset, PresetSwitches, PresetTable } from './preset.ts'

/** `availability busy, activity inACall`; `always` for a row without conditions. */
export function describeWhen({ availability, activity, outOfOffice, chosen }: Row['when']): string {
  const parts = [
    availability && `availability ${availability}`,
    activity && `activity ${activity}`,
    outOfOffice === undefined ? undefined : outOfOffice ? 'out of office' : 'not out of office',
    chosen && `chosen ${chosen}`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? 'always' : parts.join(', ')
}

/** `show In a call (busy/inACall)`, `take back`, `keep`. */
export function describeAct({ act, state }: Row): string {
  if (act === 'set' && state) return `show ${presenceLabel(state)} (${presenceName(state)})`
  return act === 'hold' ? 'keep what was shown last' : 'take back what was written'
}

/** Which calls count, in one line. */
export function describeCalls(calls: CallFilter, graceMs: number): string {
  const yes = (on: boolean, word: string) => (on ? word : `not ${word}`)
  return [
    yes(calls.external, 'external'),
    yes(calls.internal, 'internal'),
    yes(calls.unknownParty, 'unknown party'),
    yes(calls.queue, 'queue'),
    yes(calls.starCodes, 'star codes'),
    yes(calls.ringing, 'ringing'),
    yes(calls.offHook, 'dialling'),
    `at least ${calls.minimumMs / 1000} s long`,
    `grace ${graceMs / 1000} s`,
  ].join(', ')
}

/** The switches, in one line. */
export function describeSwitches(switches: PresetSwitches): string {
  return [
    switches.manualWins ? 'manual states win' : 'manual states give way',
    switches.ignoreIdle ? 'idle is ignored' : 'idle counts as Away',
    switches.atEnd === 'restore' ? 'what was found is put back' : 'what was written is only cleared',
    switches.clearAvailable ? 'a chosen Available is cleared for a call' : 'a chosen Available is left alone',
    switches.overSchedule ? 'reasserted over a schedule' : 'a schedule is left alone',
  ].join(', ')
}

const titles: Readonly<Record<string, string>> = { teams: 'Teams', phone: 'phone system', crm: 'CRM' }

/** `phone system → Teams`. */
export function describeDirection(direction: Direction): string {
  const [from = '', to = ''] = direction.split(' to ')
  return `${titles[from]} \u2192 ${titles[to]}`
}

function describeTable(directions: readonly Direction[], table: PresetTable): string {
  const { rows, basis, source, date, promiseMs, notes = [] } = table
  const how = basis === 'vendor' ? 'as its page says' : 'derived'
  const lines = rows.map(
    (row, index) => `| ${index + 1} | ${row.label} | ${describeWhen(row.when)} | ${describeAct(row)} |`,
  )
  return [
    `### ${directions.map(describeDirection).join(', ')}`,
    `Source: ${source} (transcribed ${date}; ${how}).`,
    ['| row | about | when | then |', '|---|---|---|---|', ...lines].join('\n'),
    [
      `- Calls: ${describeCalls(table.calls, table.graceMs)}.`,
      `- Switches: ${describeSwitches(table.switches)}.`,
      promiseMs === undefined
        ? '- Promised delay: none is given; the hub measures its own.'
        : `- Promised delay: at most ${promiseMs / 1000} s.`,
      ...notes.map((note) => `- ${note}`),
    ].join('\n'),
  ].join('\n\n')
}

/** Directions that share one table are told of once. */
function groupTables(directions: Preset['directions']): readonly [PresetTable, Direction[]][] {
  const groups = new Map<PresetTable, Direction[]>()
  for (const [direction, table] of Object.entries(directions) as [Direction, PresetTable][]) {
    groups.set(table, [...(groups.get(table) ?? []), direction])
  }
  return [...groups]
}

/** A whole preset as Markdown: for the page and for the terminal. */
export function describePreset(preset: Preset): string {
  const { id, title, summary, teamsSync, vendorSync, directions, notes = [] } = preset
  const who =
    teamsSync === 'vendor'
      ? `Phone system and Teams are kept in step by the vendor: ${vendorSync} must be on, with \`teamsSync: vendor\` at the phone system.`
      : vendorSync && `Phone system and Teams are kept in step by the hub: ${vendorSync} must be off.`
  const parts: (string | undefined)[] = [
    `## \`${id}\`: ${title}`,
    summary,
    who || undefined,
    notes.length > 0 ? notes.map((note) => `- ${note}`).join('\n') : undefined,
    ...groupTables(directions).flatMap(([table, among]) => [
      describeTable(among, table),
      among.some((direction) => direction.endsWith('to teams')) ? callsInTeams : undefined,
    ]),
  ]
  return parts.filter((part) => part !== undefined).join('\n\n')
}

/** What everybody should know who shows calls in Teams; said by the vendor of preset swyx, with these two links. */
const callsInTeams = `A call written to Teams does not make Teams busy: Busy on busy does not count it, Teams calls go on ringing. This is
known as an error of Teams (https://feedbackportal.microsoft.com/feedback/idea/31f4ed87-5253-ec11-a819-000d3a7bc845,
https://techcommunity.microsoft.com/discussions/microsoftteams/thread/2798805). Only do not disturb silences Teams:
\`silenceTeams\` writes Presenting for the length of a call, which colleagues see; unverified until a live check has
confirmed it.`

const introduction = `# Presets

This page is generated from the presets themselves (\`hookswitch preset docs\`); do not edit it.

A preset is a starting point for links, as one vendor behaves: tables, call filters, switches, each with its source.
\`preset: ID\` at the tenant or at a link takes it; whatever is written at the link itself stands above it, and a \`table\`
there replaces the preset's table. \`hookswitch preset diff LINK --config FILE\` shows where a link differs, row by row, and
what to remove to restore it.

The first row that matches decides. The text that a person has set as status in a phone client is never touched. A state
that the target does not have is shown as the nearest one that it has (In a meeting as Busy, Be right back as Away, the
family of Do not disturb as Do not disturb), or not at all. Out of office is a flag beside the state, never a state of
its own. At the end of a call the hub takes back what it wrote; it never writes Available over an unknown past.`

/** docs/presets.md. */
export function presetDocs(presets: readonly Preset[]): string {
  const list = presets.map(
    ({ id, title, summary }) => `| [\`${id}\`](#${anchorOf(id, title)}) | ${title} | ${summary} |`,
  )
  return `${[
    introduction,
    ['| preset | for | in short |', '|---|---|---|', ...list].join('\n'),
    ...presets.map(describePreset),
  ].join('\n\n')}\n`
}

/** As GitHub and most renderers make it from the heading. */
function anchorOf(id: string, title: string): string {
  return `${id}: ${title}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
}
