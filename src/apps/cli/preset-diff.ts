import type { LinkConfig, TenantConfig } from '../../config/resolved.ts'
import type { Link, Row } from '../../core/policy.ts'
import { describeAct, describeCalls, describeSwitches, describeWhen } from '../../presets/page.ts'
import type { PresetTable } from '../../presets/preset.ts'
import { configuredLink, type LinkEnd, originOf } from '../hub/policy.ts'

/** Keys of a link that stand above its preset. */
const overriding = [
  'table',
  'parties',
  'ringing',
  'offHook',
  'queue',
  'starCodes',
  'minimumLength',
  'grace',
  'manualWins',
  'ignoreIdle',
  'atEnd',
  'clearAvailable',
  'overSchedule',
] as const

/** Keys that change what a preset's table writes, and their neutral value. */
const changing = { callsAs: 'inACall', silenceTeams: false, dnd: 'follow' } as const

/** How a link differs from its preset, or from another one; the lines of the answer. */
export function diffLink(
  link: LinkConfig,
  tenant: TenantConfig,
  { ends, against }: { readonly ends: readonly LinkEnd[]; readonly against?: string | undefined },
): readonly string[] {
  const { preset, direction, table } = originOf(against ? { ...link, preset: against } : link, tenant, ends)
  if (against !== undefined && direction && !preset.directions[direction]) return []
  const running = configuredLink(link, tenant, ends)
  const differences = [...diffRows(running.rows, table.rows), ...diffRules(running, table)]
  const title = `${tenant.id}: ${running.id}, compared with preset ${preset.id} (${direction ?? 'default rules'})`
  if (differences.length === 0) return [title, '  the same']
  const own = ownKeys(link)
  const restore =
    own.length > 0
      ? `  to restore: remove ${own.join(', ')} from this link`
      : `  to restore: write preset: ${preset.id} at this link`
  return [title, ...differences.map((line) => `  ${line}`), restore]
}

function ownKeys(link: LinkConfig): readonly string[] {
  return [
    ...overriding.filter((key) => link[key] !== undefined),
    ...(Object.keys(changing) as (keyof typeof changing)[]).filter(
      (key) => link[key] !== undefined && link[key] !== changing[key],
    ),
  ]
}

const describeRow = (row: Row) => `when ${describeWhen(row.when)}: ${describeAct(row)}`

/** Rows side by side: those that only one of the two has, in the order of the table. */
function diffRows(now: readonly Row[], then: readonly Row[]): string[] {
  const left = now.map(describeRow)
  const right = then.map(describeRow)
  const lines: string[] = []
  for (let row = 0; row < Math.max(left.length, right.length); row++) {
    if (left[row] === right[row]) continue
    const name = `row ${row + 1}`
    if (right[row] !== undefined) lines.push(`- ${name} ${right[row]}`)
    if (left[row] !== undefined) lines.push(`+ ${name} ${left[row]}`)
  }
  return lines
}

function diffRules(link: Link, table: PresetTable): string[] {
  return [
    ...diffParts('calls', describeCalls(link.calls, link.graceMs), describeCalls(table.calls, table.graceMs)),
    ...diffParts('switches', describeSwitches(link), describeSwitches(table.switches)),
  ]
}

function diffParts(name: string, now: string, then: string): string[] {
  const left = now.split(', ')
  const right = then.split(', ')
  return left.flatMap((part, index) =>
    part === right[index] ? [] : [`- ${name}: ${right[index]}`, `+ ${name}: ${part}`],
  )
}
