import { randomBytes } from 'node:crypto'
import { createGate } from '../../cluster/gate.ts'
import { Membership, type Taken, type Unbegun } from '../../cluster/membership.ts'
import { findStartTime } from '../../cluster/start-time.ts'
import type { ClusterConfig } from '../../config/cluster-schema.ts'
import type { ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import { listCounted, listTogether } from '../../config/shared-clients.ts'
import type { Bus } from '../../core/bus.ts'
import { type ClusterView, revisionsPerEpoch, writeDeadlineMs } from '../../core/cluster.ts'
import type { HeldSocket } from '../../core/network.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { Begun } from '../../engine/hub-time.ts'
import type { WriteGate } from '../../engine/publisher.ts'
import type { Arrival } from '../../engine/restore.ts'
import { StoreFailure } from '../../store/failure.ts'
import { serverOf } from '../../store/open-store.ts'
import { createClusterTable } from '../../store/postgresql/cluster-table.ts'
import { type ClusterMember, nameMember } from '../../store/postgresql/member.ts'
import { readServerClock } from '../../store/postgresql/server-clock.ts'
import type { Registry } from '../registry.ts'
import { version } from '../version.ts'
import { type Outbound, openOutbound } from './outbound.ts'
import type { Reconfigurer } from './reconfigure.ts'

/** The place of this hub among several. */
export interface Seat {
  readonly member: ClusterMember
  readonly bus: Bus
  readonly gate: WriteGate
  /** What is sent out within a write is held to its deadline. */
  outbound(settings: ResolvedConfig['network']): Outbound
  /** Whether this hub has not the tenant. */
  isElsewhere(tenant: string): boolean
  /** Whether this hub has the tenant and all its people. */
  isRunning(tenant: string): boolean
  /** See ConnectorContext.hubsOf. */
  hubsOf(client: string): number
  /** Takes its part of the tenants from now on. Rejects with StoreFailure. */
  join(reconfigurer: Reconfigurer, told: Told): Promise<void>
  /** Who has what, as last seen. */
  readonly view: ClusterView
  /** Tenants that this hub is to have and could not begin. */
  readonly unbegun: readonly Unbegun[]
  /** Every tenant of the installation by its id, as it is configured now. */
  readonly tenants: Pick<ReadonlyMap<string, { readonly config: TenantConfig }>, 'get'>
  /** Every tenant of the installation. */
  readonly configured: readonly TenantConfig[]
  /** Hands its tenants to the others. */
  leave(): Promise<void>
  /** Where hub time begins. Rejects with StoreFailure. */
  findStart(): Promise<Begun>
  close(): Promise<void>
}

/** What a seat is told by the hub, and tells it. */
interface Told {
  /** How many people of a tenant are known here. */
  readonly peopleOf: (tenant: string) => number
  /** Other hubs that said to have connectors which are counted as this client: incarnations. */
  readonly hubsWith: (client: string) => readonly string[]
  /** The hub must not go on. */
  readonly fail: (cause: unknown) => void
}

interface SeatParts {
  readonly registry: Registry
  readonly config: ResolvedConfig
  readonly clock: Clock
  readonly log: Log
}

/** Connects to the other hubs; nothing is taken yet. Rejects with BusFailure, in words. */
export async function openSeat({ node, nats }: ClusterConfig, parts: SeatParts): Promise<Seat> {
  const { config, clock } = parts
  const log = parts.log.with({ node })
  const member = { node, incarnation: randomBytes(6).toString('hex') }
  // One hub alone has no use for it, and keeps its memory small.
  const { openNatsBus } = await import('../../bus/nats.ts')
  const bus = await openNatsBus({ ...nats, name: nameMember(member), log })
  const own = new Set<string>()
  let membership: Membership | undefined
  let configured = () => config.tenants
  let hubsWith: Told['hubsWith'] = () => []
  const shared = new SharedClients(parts.registry)
  const gate = createGate(() => membership?.leaseLeftMs ?? 0)
  return {
    ...{ member, bus, gate },
    outbound: (settings) => {
      const outbound = openOutbound(settings, undefined, () => gate.checkpoint())
      const { writes } = gate
      const network = { ...outbound.network, hold: (socket: HeldSocket) => gate.hold(socket), writes }
      return { ...outbound, network, fetch: gate.guard(outbound.fetch) }
    },
    isElsewhere: (tenant) => !own.has(tenant),
    isRunning: (tenant) => own.has(tenant) && membership?.isRunning(tenant) === true,
    get view() {
      return membership?.view ?? { nodes: [], tenants: [] }
    },
    get unbegun() {
      return membership?.unbegun ?? []
    },
    get configured() {
      return configured()
    },
    tenants: {
      get(id) {
        const config = configured().find((one) => one.id === id)
        return config && { config }
      },
    },
    hubsOf(client) {
      const tenants = shared.of(configured()).counted.get(client) ?? []
      const owners = membership?.view.tenants.filter(({ tenant }) => tenants.includes(tenant)) ?? []
      const hubs = new Set([...owners.map(({ owner }) => owner), ...hubsWith(client), member.incarnation])
      hubs.delete('')
      return hubs.size
    },
    async join(reconfigurer, { peopleOf, fail, ...told }) {
      hubsWith = told.hubsWith
      configured = () => reconfigurer.configured
      membership = new Membership({
        ...{
          bus,
          clock,
          log,
          table: createClusterTable({ server: serverOf(config.store), member, version }),
        },
        tenants: () => configured().map(({ id }) => id),
        peopleOf,
        together: () => shared.of(configured()).together,
        begin: async (taken) => {
          for (const { tenant } of taken) own.add(tenant)
          try {
            await reconfigurer.take(new Map(taken.map((one) => [one.tenant, arrivalOf(one)])))
          } catch (error) {
            // Until the next attempt nothing else may start them: a new configuration does not know how they come.
            for (const { tenant } of taken) own.delete(tenant)
            throw error
          }
        },
        letGo: async (tenant) => {
          own.delete(tenant)
          await reconfigurer.letGo(tenant)
        },
        fenced: () =>
          fail(
            new StoreFailure(
              'fenced',
              'This hub could not renew its lease in time, and others have taken over what it had',
            ),
          ),
      })
      await membership.start()
    },
    leave: async () => membership?.stop(),
    findStart: () =>
      findStartTime(clock, log, () => readServerClock(serverOf(config.store), nameMember(member))),
    close: () => bus.close(),
  }
}

/** Worked out once for each configuration. */
class SharedClients {
  readonly #registry: Registry
  readonly #known = new WeakMap<readonly TenantConfig[], ReturnType<typeof this.find>>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  of(tenants: readonly TenantConfig[]) {
    const known = this.#known.get(tenants) ?? this.find(tenants)
    this.#known.set(tenants, known)
    return known
  }

  find(tenants: readonly TenantConfig[]) {
    const together = listTogether(tenants, this.#registry)
    return { together, counted: listCounted(tenants, this.#registry) }
  }
}

/** What a hub that died had sent may arrive as long as a write may take. */
function arrivalOf({ after, epoch }: Taken): Arrival {
  return {
    ...(after === 'death' && { holdMs: writeDeadlineMs }),
    revisionsFrom: epoch * revisionsPerEpoch,
  }
}
