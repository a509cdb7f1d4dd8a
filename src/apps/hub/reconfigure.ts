import { isDeepStrictEqual } from 'node:util'
import type { ConnectorConfig, ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import type { Arrival } from '../../engine/restore.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { DirectoryReader } from './directories.ts'
import type { HubHistory } from './history.ts'
import { Leavers } from './leavers.ts'
import type { RunningTenant } from './port.ts'
import { recallSpoken } from './spoken.ts'
import { createSystems, linesOf, type Parts, type RunningSystem } from './systems.ts'

/** What a new configuration has changed in the running hub. */
export interface Reconfigured {
  /** Ids of tenants. */
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  /** Parts of the file that differ and take a restart: `http`, `network`, `signIn`, `store`, `log`, `alerts`. */
  readonly afterRestart: readonly string[]
}

export interface ReconfigureParts {
  readonly tenants: Map<string, RunningTenant>
  readonly parts: Parts
  readonly directories: DirectoryReader
  readonly history: HubHistory
  /** Adds to a configuration what tenants consented to, and reads what is stored of those that do not run yet. */
  readonly complete: (config: ResolvedConfig) => Promise<ResolvedConfig>
  /** Tenants that another hub has: not to be started here. Nobody else has any where it is left out. */
  readonly isElsewhere?: (tenant: string) => boolean
  /** Told when everything is as the new configuration has it. */
  readonly changed: () => Promise<void>
}

interface Bringing {
  readonly added: readonly TenantConfig[]
  readonly changed: readonly TenantConfig[]
  readonly change: PolicyChange
  readonly arrivals: ReadonlyMap<string, Arrival>
}

/** Parts of a configuration that a running hub does not take over. */
export const onlyAtStart = ['http', 'network', 'signIn', 'store', 'cluster', 'log', 'alerts'] as const

/** When a hub let the tenant go. No connector has such an id. */
const leftScope = 'cluster/left'

/**
 * Brings the running hub to another configuration and touches only what differs: tenants and connectors that stay the
 * same never notice. Whatever is gone is withdrawn first, by the connector that wrote it.
 */
export class Reconfigurer {
  readonly #own: ReconfigureParts
  readonly #leavers: Leavers
  #config: ResolvedConfig
  #last: Promise<unknown> = Promise.resolve()
  /** Tenants that are yet to be started, each by the `take` that knows how it comes. */
  readonly #coming = new Map<string, ReadonlyMap<string, Arrival>>()

  constructor(config: ResolvedConfig, own: ReconfigureParts) {
    this.#config = config
    this.#own = own
    this.#leavers = new Leavers(own.parts)
  }

  /** One after the other; `config` is valid. */
  apply(config: ResolvedConfig, change: PolicyChange): Promise<Reconfigured> {
    const applied = this.#last.then(() => this.#apply(config, change))
    this.#last = applied.catch(() => undefined)
    return applied
  }

  /** As the newest configuration has them, wherever they run. */
  get configured(): readonly TenantConfig[] {
    return this.#config.tenants
  }

  /** Starts what this hub has now, of several. `arrivals`: how each tenant comes. */
  take(arrivals: ReadonlyMap<string, Arrival>): Promise<Reconfigured> {
    for (const id of arrivals.keys()) this.#coming.set(id, arrivals)
    const taken = this.#last
      .then(() => this.#apply(this.#config, { author: 'hookswitch', comment: '' }, arrivals))
      .finally(() => {
        for (const id of arrivals.keys()) if (this.#coming.get(id) === arrivals) this.#coming.delete(id)
      })
    this.#last = taken.catch(() => undefined)
    return taken
  }

  /** Stops a tenant and takes nothing back: another hub goes on with it. Resolves when nothing of it is under way. */
  letGo(tenant: string): Promise<void> {
    const gone = this.#last.then(() => this.#letGo(tenant))
    this.#last = gone.catch(() => undefined)
    return gone
  }

  async #letGo(id: string): Promise<void> {
    const { tenants, parts, directories } = this.#own
    const tenant = tenants.get(id)
    // Where the store went on the way it is asked once more, and what was to be written may be waiting still.
    if (tenant) await this.#drop(tenant)
    directories.sweep()
    await this.#own.changed()
    // Comes after everything that was to be written, and forces it to the disk: what a server that crashed had not yet on its disk
    // is written again by whoever wrote it, and would be older than what the next hub has written by then.
    const body = String(Math.round(parts.clock.wall()))
    await parts.store.commit([{ put: 'memory', tenant: id, scope: leftScope, key: 'at', body }], 'full')
  }

  /** Nothing of it is left here, and nothing at the systems has changed. */
  async #drop({ config: { id }, systems }: RunningTenant): Promise<void> {
    const { tenants, parts, history, directories } = this.#own
    tenants.delete(id)
    for (const connector of systems.keys()) directories.forget(id, connector)
    await parts.engine.letGo(id)
    history.drop(id)
    await Promise.all([...systems.values()].map(({ supervisor }) => supervisor.stop()))
    parts.sites.drop(id)
  }

  /** Stops every connector, those that are on their way out as well. */
  async stop(): Promise<void> {
    await this.#last
    const supervisors = [...this.#own.tenants.values()].flatMap(({ systems }) => [...systems.values()])
    await Promise.all([this.#leavers.stop(), ...supervisors.map(({ supervisor }) => supervisor.stop())])
  }

  async #apply(
    given: ResolvedConfig,
    change: PolicyChange,
    arrivals: ReadonlyMap<string, Arrival> = new Map(),
  ): Promise<Reconfigured> {
    const { tenants, parts, isElsewhere } = this.#own
    const config = await this.#own.complete(given)
    for (const secret of config.secrets) parts.hide(secret)
    const wanted = new Map(config.tenants.map((tenant) => [tenant.id, tenant]))
    const removed = [...tenants.values()].filter(({ config: { id } }) => !wanted.has(id))
    const added = config.tenants.filter(
      ({ id }) =>
        !tenants.has(id) && !(isElsewhere?.(id) ?? false) && (this.#coming.get(id) ?? arrivals) === arrivals,
    )
    const changed = config.tenants.filter((tenant) => {
      const running = tenants.get(tenant.id)
      return running && !isDeepStrictEqual(running.config, tenant)
    })
    const afterRestart = onlyAtStart.filter((part) => !isDeepStrictEqual(config[part], this.#config[part]))
    for (const tenant of removed) this.#remove(tenant)
    try {
      await this.#bring({ added, changed, change, arrivals })
      this.#leavers.look()
      this.#config = {
        ...given,
        ...Object.fromEntries(onlyAtStart.map((part) => [part, this.#config[part]])),
      }
      await this.#own.changed()
    } catch (error) {
      await this.#undo(added)
      throw error
    }
    const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
    const report = {
      added: ids(added),
      changed: ids(changed),
      removed: ids(removed.map((tenant) => tenant.config)),
      afterRestart,
    }
    parts.log.info('The configuration was taken over.', { ...report })
    return report
  }

  async #bring({ added, changed, change, arrivals }: Bringing): Promise<void> {
    const { tenants, parts, directories, history } = this.#own
    const starts: (() => Promise<void>)[] = []
    for (const tenant of added) starts.push(...(await this.#add(tenant)))
    for (const tenant of changed) starts.push(...(await this.#change(tenants.get(tenant.id)!, tenant)))
    for (const { id } of [...added, ...changed]) await history.adopt(tenants.get(id)!, change)
    const roster = await directories.adopt()
    const people = Map.groupBy(roster, ({ tenant }) => tenant)
    for (const { id } of added) {
      await parts.engine.load(people.get(id) ?? [], id, arrivals.get(id))
      await recallSpoken(parts.engine, parts.store, id)
    }
    parts.engine.setPeople(roster)
    for (const start of starts) void start()
    directories.start()
  }

  /** Tenants that came half way, as when the database goes meanwhile, have not come: whoever tries again begins with all of it. */
  async #undo(added: readonly TenantConfig[]): Promise<void> {
    for (const { id } of added) {
      const tenant = this.#own.tenants.get(id)
      if (tenant) await this.#drop(tenant)
    }
  }

  #remove(tenant: RunningTenant): void {
    const { tenants, parts, history } = this.#own
    const { id } = tenant.config
    tenants.delete(id)
    history.drop(id)
    parts.engine.dropPolicy(id)
    for (const system of tenant.systems.values()) this.#leavers.add(system)
  }

  async #add(config: TenantConfig): Promise<(() => Promise<void>)[]> {
    await this.#leavers.end(config.id)
    const systems = createSystems(config, this.#own.parts)
    this.#own.tenants.set(config.id, { config, systems, problems: new Map() })
    return [...systems.values()].map((system) => () => this.#begin(system))
  }

  async #change(tenant: RunningTenant, config: TenantConfig): Promise<(() => Promise<void>)[]> {
    const former = tenant.config
    const { systems } = tenant
    const known = new Map(former.connectors.map((connector) => [connector.id, connector]))
    const fresh = config.connectors.filter(({ id }) => !isSame(former, config, id))
    const kept = new Set(config.connectors.map(({ id }) => id))
    for (const { id } of former.connectors) {
      if (kept.has(id)) continue
      this.#leavers.add(systems.get(id)!)
      systems.delete(id)
    }
    for (const { id } of fresh) if (!known.has(id)) await this.#leavers.end(config.id, id)
    const before = new Map(fresh.map(({ id }) => [id, systems.get(id)]))
    for (const { id, type } of fresh) {
      // Another system altogether: nothing that the former said is its word.
      if (known.has(id) && known.get(id)!.type !== type) this.#own.parts.engine.removeSystem(config.id, id)
    }
    const created = createSystems(config, this.#own.parts, new Set(fresh.map(({ id }) => id)))
    for (const [id, system] of created) systems.set(id, system)
    tenant.config = config
    return [...created].map(([id, system]) => async () => {
      this.#own.directories.forget(config.id, id)
      await before.get(id)?.supervisor.stop()
      await this.#begin(system)
    })
  }

  async #begin({ system: { tenant, id }, supervisor }: RunningSystem): Promise<void> {
    await supervisor.start()
    const { state } = supervisor.health
    if (state === 'up' || state === 'degraded') this.#own.parts.engine.endUnopened(tenant, id)
  }
}

/** Whether the connector need not notice: the same settings, beside the same other views of its lines. */
function isSame(former: TenantConfig, config: TenantConfig, id: string): boolean {
  const find = ({ connectors }: TenantConfig): ConnectorConfig | undefined =>
    connectors.find((connector) => connector.id === id)
  const [before, now] = [find(former), find(config)]
  if (!before || !now || !isDeepStrictEqual(before, now)) return false
  const asPhone = { kind: 'pbx', addressKind: 'extension' } as const
  return linesOf(former, id, asPhone) === linesOf(config, id, asPhone)
}
