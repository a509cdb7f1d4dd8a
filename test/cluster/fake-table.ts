import { type ClusterNode, type ClusterTable, leaseMs, type Ownership } from '../../src/core/cluster.ts'
import type { Clock } from '../../src/core/ports.ts'

interface Row {
  readonly node: string
  until: number
  renewals: number
  draining: boolean
  fenced: boolean
  connected: boolean
}

/** The cluster's rows as PostgreSQL keeps them, in memory: what many nodes see of each other. */
export class FakeServer {
  readonly clock: Clock
  readonly nodes = new Map<string, Row>()
  readonly tenants = new Map<string, Ownership>()
  readonly #fenced = new Set<string>()
  /** Names of nodes whose program counts tenants. */
  readonly old = new Set<string>()
  /** So many times it is not told that a tenant was taken: the connection is lost meanwhile. */
  unanswered = 0
  /** How long it takes to take one, milliseconds. */
  takeMs = 0
  /** Nobody is answered while it is down. */
  down = false

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** The connections of a node are lost, as the server sees it. */
  cut(incarnation: string): void {
    const row = this.nodes.get(incarnation)
    if (row) row.connected = false
  }

  ownerOf(tenant: string): string {
    return this.tenants.get(tenant)?.owner ?? ''
  }

  table(node: string, incarnation: string): ClusterTable {
    const own = () => {
      if (this.down) throw new Error('the server is away')
      const row = this.nodes.get(incarnation)
      return row?.fenced ? undefined : row
    }
    const server = this
    return {
      incarnation,
      get connected() {
        return !server.down && (server.nodes.get(incarnation)?.connected ?? false)
      },
      connect: async () => {
        if (this.down) throw new Error('the server is away')
        const row = this.nodes.get(incarnation)
        if (this.#fenced.has(incarnation)) return false
        const until = this.clock.wall() + leaseMs
        const renewals = (row?.renewals ?? 0) + 1
        this.nodes.set(incarnation, {
          node,
          until,
          renewals,
          draining: false,
          fenced: false,
          connected: true,
        })
        return true
      },
      renew: async (draining) => {
        const row = own()
        if (row)
          Object.assign(row, { until: this.clock.wall() + leaseMs, renewals: row.renewals + 1, draining })
        return row !== undefined
      },
      look: async () => {
        own()
        const nodes = [...this.nodes].map(([key, row]): ClusterNode => {
          const { until, ...rest } = row
          return {
            weighs: !this.old.has(row.node),
            ...rest,
            incarnation: key,
            version: '1',
            leaseLeftMs: until - this.clock.wall(),
          }
        })
        return { nodes, tenants: [...this.tenants.values()] }
      },
      take: async ({ tenant, owner, epoch }) => {
        const now = this.tenants.get(tenant) ?? { owner: '', epoch: 0, people: 0 }
        if (!own() || now.owner !== owner || now.epoch !== epoch) return false
        this.tenants.set(tenant, { ...now, tenant, owner: incarnation, epoch: epoch + 1 })
        if (this.takeMs > 0) await new Promise<void>((taken) => this.clock.after(this.takeMs, taken))
        if (this.unanswered-- > 0) {
          this.cut(incarnation)
          throw new Error('the connection is lost')
        }
        return true
      },
      hand: async ({ tenant, epoch }, to) => {
        const now = this.tenants.get(tenant)
        if (!own() || now?.owner !== incarnation || now.epoch !== epoch) return false
        const owner = this.nodes.get(to)?.fenced === false ? to : ''
        this.tenants.set(tenant, { ...now, owner, epoch: epoch + 1 })
        return true
      },
      weigh: async (weights) => {
        for (const { tenant, people } of weights) {
          const now = this.tenants.get(tenant)
          if (own() && now?.owner === incarnation) this.tenants.set(tenant, { ...now, people })
        }
      },
      fence: async (other) => {
        own()
        this.#fenced.add(other.incarnation)
        this.nodes.delete(other.incarnation)
      },
      leave: async () => {
        if (!this.down) this.nodes.delete(incarnation)
      },
    }
  }
}
