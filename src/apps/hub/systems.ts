import type { ConnectorConfig, TenantConfig } from '../../config/resolved.ts'
import { api } from '../../connectors/api/definition.ts'
import { ApiSignals } from '../../connectors/api/signals.ts'
import type {
  ConnectorContext,
  ConnectorInstance,
  KeyValue,
  SealedValues,
  WriteAs,
  WriteSlot,
} from '../../core/connector.ts'
import type { Clock, Log, Metrics, Store } from '../../core/ports.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Starts } from '../../engine/starts.ts'
import { Supervisor } from '../../engine/supervisor.ts'
import type { System } from '../../engine/system.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import type { Registry } from '../registry.ts'
import { Heard } from './heard.ts'
import type { Outbound } from './outbound.ts'
import type { Reach } from './reach.ts'
import { createHere } from './site-system.ts'

/** Id of the instance for external signals that every tenant has. */
export const apiId = 'api'

export interface Parts {
  readonly engine: Engine
  readonly clock: Clock
  readonly store: Store
  readonly log: Log
  readonly metrics: Metrics
  readonly signal: AbortSignal
  readonly random: () => number
  readonly registry: Registry
  readonly reach: Reach
  readonly outbound: Outbound
  readonly starts: Starts
  /** With whose sign-in is written at an address of a connector. */
  readonly writeAs?: (
    at: { readonly tenant: string; readonly connector: string; readonly address: string },
    again: Parameters<WriteAs>[1],
  ) => ReturnType<WriteAs>
  /** Where a connector keeps what it was given to sign in with. */
  readonly sealedFor?: (at: { readonly tenant: string; readonly connector: string }) => SealedValues
  /** Connections of sites, where connectors run near their phone systems. */
  readonly sites: SiteLinks
  /** A secret that no log may show from now on. */
  readonly hide: (secret: string) => void
}

/** One connector instance of one tenant with its supervisor. */
export interface RunningSystem {
  readonly system: System
  readonly supervisor: Supervisor
  readonly heard: Heard
}

/**
 * Creates every instance of a tenant, or those of `only`, and connects it to the engine. No I/O yet. The one for
 * external signals stays as long as the tenant.
 */
export function createSystems(
  tenant: TenantConfig,
  parts: Parts,
  only?: ReadonlySet<string>,
): Map<string, RunningSystem> {
  const systems = new Map<string, RunningSystem>()
  for (const connector of tenant.connectors) {
    const { id, type, settings, teamsSync, readOnly } = connector
    if (only && !only.has(id)) continue
    const definition = parts.registry[type]
    if (!definition) throw new Error(`there is no connector of the type ${type}`)
    const lines = linesOf(tenant, id, definition.manifest)
    systems.set(
      id,
      connect({ tenant: tenant.id, id, lines, definition, settings }, parts, (context) => {
        const local = definition.create(settings, {
          ...context,
          ...(teamsSync && { teamsSync }),
          ...(readOnly && { readOnly }),
          ...(definition.openAccountDoor && writeAsAt(tenant.id, id, parts)),
        })
        return createHere(connector, context, { ...parts, local })
      }),
    )
  }
  if (only) return systems
  systems.set(
    apiId,
    connect(
      { tenant: tenant.id, id: apiId, lines: apiId, definition: api, settings: {} },
      parts,
      (context) => new ApiSignals(context),
    ),
  )
  return systems
}

/**
 * Which connectors see the same physical lines: those that `linesOf` or `extensionsOf` join; for the rest, the same extension of the
 * same person at two phone systems is taken for one line, so that a lamp lit by do not disturb is not a call.
 */
export function linesOf(
  tenant: TenantConfig,
  id: string,
  { kind, addressKind }: Pick<System['manifest'], 'kind' | 'addressKind'>,
): string {
  // A place in a queue is no phone, although it has its number.
  if (kind === 'queue') return id
  const named = ({ settings, extensionsOf }: ConnectorConfig) => settings.linesOf ?? extensionsOf
  const own = tenant.connectors.find((connector) => connector.id === id)
  const other = own && named(own)
  if (typeof other === 'string') return other
  if (tenant.connectors.some((connector) => named(connector) === id)) return id
  return addressKind === 'extension' ? 'extensions' : id
}

function writeAsAt(tenant: string, connector: string, { writeAs }: Parts): Pick<ConnectorContext, 'writeAs'> {
  if (!writeAs) return {}
  return { writeAs: (address, again) => writeAs({ tenant, connector, address }, again) }
}

interface About {
  readonly tenant: string
  readonly id: string
  readonly lines: string
  readonly definition: { readonly manifest: System['manifest']; writes(config: never): readonly WriteSlot[] }
  readonly settings: unknown
}

function connect(
  { tenant, id, lines, definition, settings }: About,
  parts: Parts,
  create: (context: ConnectorContext) => ConnectorInstance,
): RunningSystem {
  const { engine, clock, random, starts } = parts
  const log = parts.log.with({ tenant, connector: id })
  const memory = createMemory(parts.store, tenant, id)
  const heard = new Heard(clock)
  const supervisor: Supervisor = new Supervisor(
    {
      id,
      create: (isCurrent) =>
        create({
          ...{ tenant, connector: id, log, clock, memory, metrics: parts.metrics },
          ...parts.reach.contextFor(tenant, id),
          ...(parts.sealedFor && { sealed: parts.sealedFor({ tenant, connector: id }) }),
          fetch: parts.outbound.fetch,
          network: parts.outbound.network,
          signal: parts.signal,
          emit: (event) => {
            if (!isCurrent()) return
            heard.note(event)
            engine.emit(tenant, id, event)
          },
          health: (health) => {
            if (isCurrent()) supervisor.setHealth(health)
          },
        }),
      addresses: () => engine.people.addresses(tenant, id),
      lost: () => engine.loseSystem(tenant, id),
    },
    { clock, log, random, starts },
  )
  const system: System = {
    tenant,
    id,
    manifest: definition.manifest,
    slots: definition.writes(settings as never),
    // Another one after each failed start.
    get instance() {
      return supervisor.instance
    },
    lines,
  }
  engine.addSystem(system)
  return { system, supervisor, heard }
}

/** The small durable memory of one instance; read once, then kept. */
export function createMemory(store: Store, tenant: string, scope: string): KeyValue {
  let loaded: Promise<Map<string, string>> | undefined
  const all = () => {
    loaded ??= store.memory(tenant, scope).then((rows) => new Map(rows))
    return loaded
  }
  return {
    get: async (key) => {
      const body = (await all()).get(key)
      return body === undefined ? undefined : JSON.parse(body)
    },
    set: async (key, value) => {
      const body = JSON.stringify(value)
      ;(await all()).set(key, body)
      await store.commit([{ put: 'memory', tenant, scope, key, body }], 'full')
    },
    delete: async (key) => {
      ;(await all()).delete(key)
      await store.commit([{ delete: 'memory', tenant, scope, key }], 'full')
    },
  }
}
