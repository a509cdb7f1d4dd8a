import type { LinkConfig, TenantConfig } from '../../config/resolved.ts'
import type { Agreed, Agreement } from '../../core/agreement.ts'
import type { CallFilter, Link, Policy, Row } from '../../core/policy.ts'
import { defaultPolicy } from '../../core/policy.ts'
import { BUSY, isCall, isDoNotDisturb, PRESENTING } from '../../core/presence.ts'
import { defaultPreset, directionOf, presets, tableOf } from '../../presets/catalog.ts'
import type { Direction, Preset, PresetTable } from '../../presets/preset.ts'
import type { Registry } from '../registry.ts'
import { ringSettings } from './ring-settings.ts'
import { apiId } from './systems.ts'

/** What of a connector instance the rules of its links depend on. */
export interface LinkEnd {
  readonly id: string
  /** Of its manifest: collaboration, pbx, crm, signal. */
  readonly kind: string
  readonly writable: boolean
  /** Nothing is to be written there. */
  readonly readOnly?: boolean
}

/** The links of a tenant: each from the configuration over its preset, and those of the external signals. */
export function tenantPolicy(tenant: TenantConfig, ends: readonly LinkEnd[]): Policy {
  const links = tenant.links.map((link) => configuredLink(link, tenant, ends))
  const rules = { ...defaultPolicy, ring: ringSettings(tenant, { links, ends }) }
  if (tenant.links.some((link) => link.from === apiId)) return { ...rules, links }
  // What an external system says is shown everywhere, unless the configuration has links from it of its own.
  const spoken = ends.filter(({ writable }) => writable).map(({ id }) => ({ from: apiId, to: id, grace: 0 }))
  const spokenLinks = spoken.map((link) => configuredLink(link, tenant, ends))
  return { ...rules, links: [...links, ...spokenLinks] }
}

/** The ends that a configuration names, without starting anything. */
export function linkEnds(tenant: TenantConfig, registry: Registry): readonly LinkEnd[] {
  return tenant.connectors.flatMap(({ id, type, settings, readOnly }) => {
    const definition = registry[type]
    if (!definition) return []
    const writable = definition.writes(settings).length > 0
    return [{ id, kind: definition.manifest.kind, writable, readOnly: readOnly ?? false }]
  })
}

/** The preset and the table that a link starts from. */
export interface LinkOrigin {
  readonly preset: Preset
  readonly direction: Direction | undefined
  readonly table: PresetTable
}

/** A link's own preset; else the tenant's where it has the direction; else the default. */
export function originOf(link: LinkConfig, tenant: TenantConfig, ends: readonly LinkEnd[]): LinkOrigin {
  const kind = (id: string) => {
    const found = id === apiId ? 'signal' : (ends.find((end) => end.id === id)?.kind ?? 'pbx')
    // A pause in the queues follows the tables for do not disturb at a phone.
    return found === 'queue' ? 'pbx' : found
  }
  const direction = directionOf(kind(link.from), kind(link.to))
  const wanted =
    presets[link.preset ?? (link.from === apiId ? defaultPreset : (tenant.preset ?? defaultPreset))]
  const named = wanted && (link.preset !== undefined || (direction && wanted.directions[direction]))
  const preset = named ? wanted : presets[defaultPreset]!
  return { preset, direction, table: tableOf(preset, direction) }
}

/** One link as it runs. */
export function configuredLink(link: LinkConfig, tenant: TenantConfig, ends: readonly LinkEnd[]): Link {
  const { preset, table } = originOf(link, tenant, ends)
  const { switches, promiseMs } = table
  return {
    id: `${link.from} to ${link.to}`,
    from: link.from,
    to: link.to,
    rows: rowsOf(link, table),
    ...choicesOf(link, { tenant, table, ends }),
    calls: callsOf(link, table.calls),
    graceMs: link.grace === undefined ? table.graceMs : link.grace * 1000,
    observeOnly: (link.observeOnly ?? false) || ends.some(({ id, readOnly }) => id === link.to && readOnly),
    manualWins: link.manualWins ?? switches.manualWins,
    ignoreIdle: link.ignoreIdle ?? switches.ignoreIdle,
    atEnd: link.atEnd ?? switches.atEnd,
    clearAvailable: link.clearAvailable ?? switches.clearAvailable,
    overSchedule: link.overSchedule ?? switches.overSchedule,
    ...(link.signOutAfter !== undefined && { signOutAfterMs: link.signOutAfter * 60_000 }),
    ...(link.holdHours !== undefined && { holdMs: link.holdHours * 3_600_000 }),
    people: coveredBy(link, tenant),
    ...agreementOf(link, tenant, ends),
    preset: preset.id,
    ...(promiseMs !== undefined && { promiseMs }),
  }
}

function rowsOf(link: LinkConfig, table: PresetTable): readonly Row[] {
  const rows: readonly Row[] = link.table ?? table.rows
  const followed =
    link.dnd === 'ignore'
      ? rows.filter((row) => row.act !== 'set' || !row.state || !isDoNotDisturb(row.state))
      : rows
  const call = link.silenceTeams ? PRESENTING : link.callsAs === 'busy' ? BUSY : undefined
  if (!call) return followed
  return followed.map((row) => (row.state && isCall(row.state) ? { ...row, state: call } : row))
}

/** Where the tenant leaves it to people how their calls are shown: at the collaboration system. */
function choicesOf(
  link: LinkConfig,
  { tenant, table, ends }: { tenant: TenantConfig; table: PresetTable; ends: readonly LinkEnd[] },
): Pick<Link, 'choices'> {
  const isShown = ends.some(({ id, kind }) => id === link.to && kind === 'collaboration')
  if (!tenant.selfService?.callsAs || !isShown || link.from === apiId) return {}
  const { callsAs: _, silenceTeams: __, ...plain } = link
  const rows = rowsOf(plain, table)
  const hidden = rows.map(
    (row): Row => (row.state && isCall(row.state) ? { when: row.when, act: 'release' } : row),
  )
  const busy = rowsOf({ ...plain, callsAs: 'busy' }, table)
  return { choices: { inACall: rows, busy, nothing: hidden } }
}

function callsOf(link: LinkConfig, preset: CallFilter): CallFilter {
  const { parties } = link
  return {
    offHook: link.offHook ?? preset.offHook,
    ringing: link.ringing ?? preset.ringing,
    external: parties?.includes('external') ?? preset.external,
    internal: parties?.includes('internal') ?? preset.internal,
    unknownParty: parties?.includes('unknown') ?? preset.unknownParty,
    queue: link.queue ?? preset.queue,
    starCodes: link.starCodes ?? preset.starCodes,
    minimumMs: link.minimumLength === undefined ? preset.minimumMs : link.minimumLength * 1000,
  }
}

/** Ids of the people whom a link covers, whatever they agreed to; undefined for everyone. */
export function coveredBy(link: LinkConfig, tenant: TenantConfig): ReadonlySet<string> | undefined {
  const { groups = [], people = [] } = link
  if (groups.length === 0 && people.length === 0) return undefined
  const ids = new Set(people.map((upn) => upn.toLowerCase()))
  for (const person of tenant.people) {
    if (person.groups?.some((group) => groups.includes(group))) ids.add(person.upn.toLowerCase())
  }
  return ids
}

/**
 * What people must have agreed to for a link. What asks for consent is the collaboration system: by `optIn` it is neither
 * read nor written for the others, by `paired` it is read for everyone (requirements VO-08, VO-18).
 */
function agreementOf(link: LinkConfig, tenant: TenantConfig, ends: readonly LinkEnd[]): Pick<Link, 'agreed'> {
  const asks = (id: string) => ends.some((end) => end.id === id && end.kind === 'collaboration')
  const agreed: Agreement[] = []
  const optIn = tenant.consent === 'optIn' && (asks(link.from) || asks(link.to))
  if (link.optedInOnly || optIn) agreed.push('optIn')
  if (tenant.consent === 'paired' && asks(link.to)) agreed.push('paired')
  return agreed.length > 0 ? { agreed } : {}
}

/** Who has agreed by the configuration alone. */
export function agreedByConfig({ people }: Pick<TenantConfig, 'people'>): Agreed {
  const ids = people.filter(({ optedIn }) => optedIn).map(({ upn }) => upn.toLowerCase())
  return { optIn: new Set(ids), paired: new Set() }
}
