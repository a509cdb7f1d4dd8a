import type { WriteSlot } from '../core/connector.ts'
import { parsePresence, presenceName } from '../core/presence.ts'
import { createRegister, listConnectorIds } from './check-people.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import type { Path } from './problem.ts'
import { externalSource, type HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]
type WrittenLink = WrittenTenant['links'][number]
type WrittenRow = NonNullable<WrittenLink['table']>[number]

/** What can be written at the connector; undefined where its type or settings do not tell. */
function findSlots(
  tenant: WrittenTenant,
  id: string,
  types: ConnectorTypes,
): readonly WriteSlot[] | undefined {
  const connector = tenant.connectors.find((one) => one?.id === id)
  if (!connector) return undefined
  const { id: _, type, teamsSync: __, ...settings } = connector
  try {
    return findType(types, type)?.writes?.(settings)
  } catch {
    // Settings that failed validation need not make sense to their connector; their own problems are reported.
    return undefined
  }
}

function checkRow(row: WrittenRow, path: Path, slots: readonly WriteSlot[] | undefined): SchemaProblem[] {
  const place = [...path, 'state']
  if (row.act !== 'set') {
    if (row.state === undefined) return []
    return [
      { path: place, message: `has no meaning with act: ${row.act}`, fix: 'Remove it, or write act: set.' },
    ]
  }
  if (row.state === undefined) {
    return [
      { path: place, message: 'is missing', fix: 'With act: set say which state, such as busy/inACall.' },
    ]
  }
  const state = parsePresence(row.state)
  if (!state) {
    return [
      {
        path: place,
        message: 'is not a state',
        fix: 'Write availability/activity, such as busy/inACall or doNotDisturb/doNotDisturb.',
      },
    ]
  }
  const settable = slots?.flatMap((slot) => slot.states) ?? []
  if (slots === undefined || settable.some((one) => presenceName(one) === presenceName(state))) return []
  return [
    {
      path: place,
      message: `cannot be set at the target`,
      fix: suggestFix(row.state, new Set(settable.map(presenceName))),
    },
  ]
}

/** Links to nowhere, to themselves, doubled, to systems that cannot be written, and rows that make no sense. */
export function checkLinks(
  tenant: WrittenTenant,
  base: Path,
  context: { types: ConnectorTypes; sound: Sound },
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const known = listConnectorIds(tenant)
  const register = createRegister((problem) => problems.push(problem))

  for (const [index, link] of soundItems(tenant.links, [...base, 'links'], context.sound)) {
    const at = [...base, 'links', index]
    for (const end of ['from', 'to'] as const) {
      const possible = end === 'from' ? [...known, externalSource] : known
      if (possible.includes(link[end])) continue
      problems.push({
        path: [...at, end],
        message: 'is not the id of a connector of this tenant',
        fix: suggestFix(link[end], possible),
      })
    }
    if (link.from === link.to) {
      problems.push({
        path: at,
        message: 'goes from a connector to itself',
        fix: 'Link two different connectors.',
      })
      continue
    }
    register(`${link.from} ${link.to}`, at, {
      message: 'repeats the link at',
      fix: 'Keep one link per direction.',
    })
    const slots = findSlots(tenant, link.to, context.types)
    if (slots?.length === 0) {
      problems.push({
        path: [...at, 'to'],
        message: 'is a connector that only reads',
        fix: 'Link to a connector that can be written, or turn the link around.',
      })
      continue
    }
    for (const [position, row] of (link.table ?? []).entries()) {
      problems.push(...checkRow(row, [...at, 'table', position], slots))
    }
  }
  return problems
}
