import type { ResolvedConfig, TenantConfig } from '../config/resolved.ts'
import { api } from '../connectors/api/definition.ts'
import { keepAgreed } from '../core/agreement.ts'
import type { Archive, HistoryRow } from '../core/history.ts'
import type { Policy } from '../core/policy.ts'
import type { ReplayCall, ReplayDifference } from '../engine/replay-person.ts'
import { replayPerson } from '../engine/replay-person.ts'
import type { System } from '../engine/system.ts'
import { readPolicy } from '../history/policy-text.ts'
import { systemClock } from '../observe/clock.ts'
import { createLog } from '../observe/log.ts'
import { createMetrics } from '../observe/metrics.ts'
import { trialContext } from './hub/check.ts'
import { agreedByConfig, tenantPolicy } from './hub/policy.ts'
import { apiId, linesOf } from './hub/systems.ts'
import { registry } from './registry.ts'

/** Rows of one question to the archive. */
const pageRows = 5_000

/** Which part of the past; hub time, milliseconds. */
export interface ReplayPeriod {
  readonly from: number
  readonly to: number
}

/** What one link had to do with. */
export interface LinkReplay {
  readonly link: string
  readonly states: number
  readonly milliseconds: number
}

/** What would have been different for the people of one tenant. */
export interface TenantReplay {
  readonly tenant: string
  /** People of whom history was found. */
  readonly people: number
  readonly rows: number
  /** Rows whose rules are not stored any more. */
  readonly skipped: number
  readonly differences: readonly ReplayDifference[]
  readonly links: readonly LinkReplay[]
  readonly blocked: readonly ReplayCall[]
  readonly unblocked: readonly ReplayCall[]
}

/** Runs what was recorded of a tenant's people against the rules of an edited configuration. Writes nothing anywhere. */
export async function replayTenant(
  tenant: TenantConfig,
  archive: Archive,
  period: ReplayPeriod,
): Promise<TenantReplay> {
  const versions = new Map<number, Policy>()
  for (const row of await archive.policyVersions(tenant.id)) versions.set(row.version, readPolicy(row.body))
  const systems = pastSystems(tenant)
  const edited = editedPolicy(tenant, systems)
  const differences: ReplayDifference[] = []
  const calls: ReplayCall[] = []
  let [people, rows, skipped] = [0, 0, 0]
  for (const presentity of await archive.historyPeople(tenant.id)) {
    const found = await rowsOf(archive, { tenant: tenant.id, presentity, period })
    if (found.length === 0) continue
    const result = replayPerson({
      rows: found,
      ...period,
      edited,
      policyOf: (version) => versions.get(version),
      system: (connector) => systems.get(connector),
    })
    people += 1
    rows += found.length
    skipped += result.skipped
    differences.push(...result.differences)
    calls.push(...result.calls)
  }
  return {
    tenant: tenant.id,
    ...{ people, rows, skipped, differences },
    links: sumUp(differences),
    blocked: calls.filter(({ became }) => became === 'blocked'),
    unblocked: calls.filter(({ became }) => became === 'unblocked'),
  }
}

/** The row that describes the beginning, and all within the period. */
async function rowsOf(
  archive: Archive,
  of: { readonly tenant: string; readonly presentity: string; readonly period: ReplayPeriod },
): Promise<readonly HistoryRow[]> {
  const { tenant, presentity, period } = of
  const first = await archive.historyAt(tenant, presentity, period.from)
  const rows: HistoryRow[] = first ? [first] : []
  for (let { from } = period; ; ) {
    const page = await archive.historyOf({ tenant, presentity, from, to: period.to, limit: pageRows })
    rows.push(...page)
    const last = page.at(-1)
    if (!last || page.length < pageRows) return rows
    from = last.at
  }
}

function editedPolicy(tenant: TenantConfig, systems: ReadonlyMap<string, System>): Policy {
  const ends = [...systems.values()].map(({ id, manifest, slots }) => {
    return { id, kind: manifest.kind, writable: slots.some((slot) => slot.states.length > 0) }
  })
  return keepAgreed(tenantPolicy(tenant, ends), agreedByConfig(tenant))
}

/** The systems as the edited configuration has them: what they can show. None is started. */
function pastSystems(tenant: TenantConfig): ReadonlyMap<string, System> {
  const log = createLog({ level: 'error' })
  const abort = new AbortController()
  const parts = {
    clock: systemClock({ unref: true }),
    log,
    metrics: createMetrics({ processMetrics: false }),
    signal: abort.signal,
  }
  const all = [...tenant.connectors, { id: apiId, type: apiId, settings: {} }]
  const systems = all.flatMap(({ id, type, settings }): System[] => {
    const definition = id === apiId ? api : registry[type]
    if (!definition) return []
    const { manifest } = definition
    const lines = id === apiId ? apiId : linesOf(tenant, id, manifest)
    const slots = definition.writes(settings as never)
    const create = () => definition.create(settings as never, trialContext(tenant.id, id, parts))
    return [
      {
        ...{ tenant: tenant.id, id, manifest, slots, lines },
        get instance() {
          return create()
        },
      },
    ]
  })
  return new Map(systems.map((system) => [system.id, system]))
}

function sumUp(differences: readonly ReplayDifference[]): readonly LinkReplay[] {
  const sums = new Map<string, { states: number; milliseconds: number }>()
  for (const { links, from, to } of differences) {
    for (const link of links) {
      const sum = sums.get(link) ?? { states: 0, milliseconds: 0 }
      sums.set(link, { states: sum.states + 1, milliseconds: sum.milliseconds + to - from })
    }
  }
  const all = [...sums].map(([link, sum]) => ({ link, ...sum }))
  return all.sort((a, b) => b.milliseconds - a.milliseconds)
}

/** Why there is nothing to replay, with the way out; undefined where there is something. */
export function whyNoReplay(config: ResolvedConfig, replays: readonly TenantReplay[]): string | undefined {
  if (replays.some(({ people }) => people > 0)) return undefined
  const tenants = config.tenants.filter(({ id }) => replays.some(({ tenant }) => tenant === id))
  const council = tenants.length > 0 && tenants.every(({ history }) => history?.worksCouncil)
  const reason = council
    ? 'Works council mode keeps no history.'
    : 'No history of this period is kept: a replay needs history.days of at least 1, and time to have passed since.'
  return `${reason} Without it, set observeOnly: true on the edited link: it then decides and explains from now on, and writes nothing.`
}
