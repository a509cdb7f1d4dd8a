import type { Manifest, WriteSlot } from '../core/connector.ts'
import { checkCover } from './check-cover.ts'
import { createRegister, listConnectorIds } from './check-people.ts'
import { checkPresetDirection, checkPresetId } from './check-preset.ts'
import { checkTeamsSwitches, kindsOf } from './check-sync.ts'
import { checkSignOut, checkTable } from './check-table.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import type { PresetIndex } from './preset-index.ts'
import type { Path } from './problem.ts'
import { externalSource, type HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'
import { suggestFix } from './suggest.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]

/** Undefined as well where the connectors are no list, which is told by itself. */
function findConnector({ connectors }: WrittenTenant, id: string) {
  return Array.isArray(connectors) ? connectors.find((one) => one?.id === id) : undefined
}

/** What can be written at the connector; undefined where its type or settings do not tell. */
function findSlots(
  tenant: WrittenTenant,
  id: string,
  types: ConnectorTypes,
): readonly WriteSlot[] | undefined {
  const connector = findConnector(tenant, id)
  if (!connector) return undefined
  const { id: _, type, teamsSync: __, readOnly: ___, application: ____, ...settings } = connector
  try {
    return findType(types, type)?.writes?.(settings)
  } catch {
    // Settings that failed validation need not make sense to their connector; their own problems are reported.
    return undefined
  }
}

function findManifest(tenant: WrittenTenant, id: string, types: ConnectorTypes): Manifest | undefined {
  const connector = findConnector(tenant, id)
  return connector && findType(types, connector.type)?.manifest
}

export interface LinkContext {
  readonly types: ConnectorTypes
  readonly presets: PresetIndex | undefined
  readonly sound: Sound
}

/** Links to nowhere, to themselves, doubled, to systems that cannot be written, and rows that make no sense. */
export function checkLinks(
  tenant: WrittenTenant,
  base: Path,
  context: LinkContext,
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const { presets } = context
  const kinds = new Map([...kindsOf(tenant, context.types), [externalSource, 'signal']])
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
    if (slots?.every((slot) => slot.states.length === 0)) {
      problems.push({
        path: [...at, 'to'],
        message: 'is a connector that only reads',
        fix: 'Link to a connector that can be written, or turn the link around.',
      })
      continue
    }
    const ends = { from: kinds.get(link.from), to: kinds.get(link.to) }
    problems.push(
      ...checkTable(link.table ?? [], [...at, 'table'], {
        source: findManifest(tenant, link.from, context.types),
        slots,
      }),
      ...checkSignOut(link, at, slots),
      ...checkPresetId(link.preset, [...at, 'preset'], presets),
      ...checkPresetDirection(link.preset, [...at, 'preset'], { kinds: ends, presets }),
      ...checkTeamsSwitches(link, at, ends.to),
      ...checkCover(tenant, link, at),
    )
  }
  return problems
}
