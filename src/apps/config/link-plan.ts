import type { TenantConfig } from '../../config/resolved.ts'
import type { LinkPlan, LinkRules, LinkTrialReport, PlannedSystem } from '../../core/link-plan.ts'
import type { Link } from '../../core/policy.ts'
import { presenceName, UNKNOWN } from '../../core/presence.ts'
import { defaultPreset, directionOf, presets } from '../../presets/catalog.ts'
import type { PresetTable } from '../../presets/preset.ts'
import { linkEnds, tenantPolicy } from '../hub/policy.ts'
import { apiId } from '../hub/systems.ts'
import type { Registry } from '../registry.ts'
import type { TenantReplay } from '../replay.ts'

/** Everything that the links of a tenant are made of, for whoever draws or edits them. */
export function planLinks(tenant: TenantConfig, registry: Registry): LinkPlan {
  const systems = [...tenant.connectors.flatMap((connector) => planSystem(connector, registry)), spoken]
  const written = new Set(tenant.links.map(({ from, to }) => `${from} to ${to}`))
  const { links } = tenantPolicy(tenant, linkEnds(tenant, registry))
  return {
    tenant: tenant.id,
    preset: tenant.preset ?? defaultPreset,
    systems,
    links: links.map((link) => ({
      ...{ from: link.from, to: link.to, preset: link.preset ?? defaultPreset, rules: rulesOf(link) },
      observeOnly: link.observeOnly,
      ...(!written.has(link.id) && { implied: true }),
    })),
    presets: Object.values(presets).map(({ id, title, summary, directions }) => {
      const tables = Object.entries(directions).map(([key, table]) => [key, rulesOfTable(table)] as const)
      return { id, title, summary, directions: Object.fromEntries(tables) }
    }),
    directions: Object.fromEntries(systems.flatMap((from) => systems.flatMap((to) => directed(from, to)))),
  }
}

/** What external systems say over the API. */
const spoken: PlannedSystem = { id: apiId, title: 'API', kind: 'signal', shows: 'any', settable: [] }

function planSystem(
  { id, type, settings, readOnly }: TenantConfig['connectors'][number],
  registry: Registry,
): readonly PlannedSystem[] {
  const definition = registry[type]
  if (!definition) return []
  const { title, kind, states, alsoShows = [], facets } = definition.manifest
  const settable = readOnly ? [] : definition.writes(settings).flatMap((slot) => slot.states)
  const unknown = facets.includes('presence') ? [UNKNOWN] : []
  const shows =
    alsoShows === 'any' ? alsoShows : [...new Set([...states, ...alsoShows, ...unknown].map(presenceName))]
  return [{ id, title, kind, shows, settable: [...new Set(settable.map(presenceName))] }]
}

function directed(from: PlannedSystem, to: PlannedSystem): readonly (readonly [string, string])[] {
  // A pause in the queues follows the tables for do not disturb at a phone.
  const kind = (system: PlannedSystem) => (system.kind === 'queue' ? 'pbx' : system.kind)
  const direction = from.id === to.id ? undefined : directionOf(kind(from), kind(to))
  return direction === undefined ? [] : [[`${from.id} ${to.id}`, direction]]
}

function rulesOf(link: Link): LinkRules {
  const { rows, calls, graceMs, manualWins, ignoreIdle, atEnd, clearAvailable, overSchedule } = link
  return { rows, calls, graceMs, manualWins, ignoreIdle, atEnd, clearAvailable, overSchedule }
}

function rulesOfTable({ rows, calls, graceMs, switches }: PresetTable): LinkRules {
  return { rows, calls, graceMs, ...switches }
}

/** Differences that are told one by one. */
const toldDifferences = 100

/** What a replay found, short enough for a page. */
export function reportTrial(replay: TenantReplay, nothing: string | undefined): LinkTrialReport {
  const { people, rows, skipped, differences, links, blocked, unblocked } = replay
  return {
    ...{ people, rows, skipped, links, states: differences.length },
    milliseconds: differences.reduce((sum, { from, to }) => sum + to - from, 0),
    differences: differences.slice(0, toldDifferences).map(({ presentity, ...difference }) => {
      return { person: presentity, ...difference }
    }),
    ...{ blocked: blocked.length, unblocked: unblocked.length },
    ...(nothing !== undefined && { nothing }),
  }
}
