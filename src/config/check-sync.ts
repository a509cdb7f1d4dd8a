import { type ConnectorTypes, findType } from './connector-types.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { type Sound, soundItems } from './soundness.ts'

type WrittenTenant = HookswitchConfig['tenants'][number]

/** Kind of the manifest behind each connector id, where the type tells. */
export function kindsOf(tenant: WrittenTenant, types: ConnectorTypes): ReadonlyMap<string, string> {
  const kinds = new Map<string, string>()
  for (const connector of Array.isArray(tenant.connectors) ? tenant.connectors : []) {
    const kind = findType(types, connector?.type)?.manifest?.kind
    if (kind !== undefined && typeof connector?.id === 'string') kinds.set(connector.id, kind)
  }
  return kinds
}

/** `teamsSync` where it means nothing, and links that it forbids. */
export function checkTeamsSync(
  tenant: WrittenTenant,
  base: Path,
  { types, sound }: { readonly types: ConnectorTypes; readonly sound: Sound },
): readonly SchemaProblem[] {
  const kinds = kindsOf(tenant, types)
  const problems: SchemaProblem[] = []
  const byVendor = new Set<string>()
  for (const [index, connector] of soundItems(tenant.connectors, [...base, 'connectors'], sound)) {
    if (connector.teamsSync === undefined) continue
    const kind = kinds.get(connector.id)
    if (kind !== undefined && kind !== 'pbx') {
      problems.push({
        path: [...base, 'connectors', index, 'teamsSync'],
        message: 'has a meaning for phone systems only',
        fix: 'Remove it.',
      })
    } else if (connector.teamsSync === 'vendor') byVendor.add(connector.id)
  }
  for (const [index, link] of soundItems(tenant.links, [...base, 'links'], sound)) {
    for (const [phone, other] of [
      [link.from, link.to],
      [link.to, link.from],
    ] as const) {
      if (!byVendor.has(phone) || kinds.get(other) !== 'collaboration') continue
      problems.push({
        path: [...base, 'links', index],
        message: `joins ${phone} with Teams, although ${phone} has teamsSync: vendor, so that two would write the same`,
        fix: `Remove the link, or set teamsSync: hub at ${phone} and switch the vendor's own connector off.`,
      })
    }
  }
  return problems
}

/** Switches that only a link to Teams can have. */
export function checkTeamsSwitches(
  link: WrittenTenant['links'][number],
  at: Path,
  toKind: string | undefined,
): readonly SchemaProblem[] {
  if (toKind === undefined || toKind === 'collaboration') {
    if (!link.silenceTeams || link.callsAs === 'inACall') return []
    return [
      {
        path: [...at, 'silenceTeams'],
        message: 'and callsAs: busy exclude each other',
        fix: 'A call is shown either as Presenting or as Busy: remove one of the two.',
      },
    ]
  }
  const keys = (['silenceTeams', 'clearAvailable'] as const).filter((key) => link[key] === true)
  return keys.map((key) => ({
    path: [...at, key],
    message: 'has a meaning for links to Teams only',
    fix: 'Remove it.',
  }))
}
