import type { Bus, BusEnd } from '../core/bus.ts'
import {
  type ClusterTable,
  type ClusterView,
  lateArrivalMs,
  type Ownership,
  renewMs,
} from '../core/cluster.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import { Lease } from './lease.ts'
import { spreadTenants } from './spread.ts'
import { aliveSubject, Vitals } from './vitals.ts'
import { staleWeights } from './weights.ts'

/** How often the rows are looked at, milliseconds: a dead process is noticed within it. */
const lookMs = 400
/** A tenant that could not be begun is tried again after so long, milliseconds. */
const againMs = 5_000
/** So many change hands at a time. */
const mostMoves = 8

/** A tenant that is this node's now. `after`: a node had it that died, and what it sent may still arrive. */
export interface Taken {
  readonly tenant: string
  readonly after: 'nobody' | 'handover' | 'death'
  /** Greater than that of everyone who had it before. */
  readonly epoch: number
}

/** A tenant of this node that could not be begun. */
export interface Unbegun {
  readonly tenant: string
  /** Wall clock of the first attempt that failed, milliseconds. */
  readonly since: number
  /** Of the last one. */
  readonly reason: string
}

/** How a tenant came that was not begun yet. */
interface Coming extends Pick<Taken, 'after' | 'epoch'> {
  /** When it is to be begun, monotonic. */
  readonly at: number
  readonly failed?: Omit<Unbegun, 'tenant'>
  /** With whom it is tried again. */
  readonly group?: symbol
}

export interface MembershipOptions {
  readonly table: ClusterTable
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  /** Every tenant that is configured here. */
  readonly tenants: () => readonly string[]
  /** How many people of a tenant that runs here are known. */
  readonly peopleOf: (tenant: string) => number
  /** Those of them that are to be at one node: see spread.ts. */
  readonly together?: () => readonly (readonly string[])[]
  /** Starts them; resolves when their systems are being followed. */
  readonly begin: (taken: readonly Taken[]) => Promise<void>
  /** Stops one; resolves when nothing of it is under way or waits for the store. */
  readonly letGo: (tenant: string) => Promise<void>
  /** Others have taken over what this node had: it must not go on. */
  readonly fenced: () => void
}

type Standing = 'beginning' | 'running' | 'leaving' | 'left'

/** Keeps this node's lease, and brings about with the others that every tenant has exactly one node. */
export class Membership {
  readonly #options: MembershipOptions
  readonly #lease: Lease
  readonly #vitals: Vitals
  readonly #standing = new Map<string, Standing>()
  /** Tenants that came, and were not begun yet. */
  readonly #came = new Map<string, Coming>()
  /** Tenants of nodes that died: until when what those had sent may still arrive (monotonic). */
  readonly #doubts = new Map<string, number>()
  readonly #moves = new Map<string, Promise<void>>()
  #view: ClusterView = { nodes: [], tenants: [] }
  #renewedAt = Number.NEGATIVE_INFINITY
  #draining = false
  #over = false
  #timer: Timer | undefined
  #looking: Promise<void> | undefined
  #alive: BusEnd | undefined
  #trouble = ''

  constructor(options: MembershipOptions) {
    this.#options = options
    this.#lease = new Lease(options.clock)
    this.#vitals = new Vitals(options.clock, options.bus)
  }

  /** Joins the others. Rejects with StoreFailure: another process has this node's name, no rights, away. */
  async start(): Promise<void> {
    const { table, bus } = this.#options
    this.#alive = bus.answer(aliveSubject(table.incarnation), () => true)
    await this.#lease.renewBy(() => table.connect())
    this.#renewedAt = this.#options.clock.monotonic()
    await this.#look()
    this.#later()
  }

  /** How much of the lease is left, milliseconds; nothing while the connection with the lock is not there. */
  get leaseLeftMs(): number {
    return this.#over || !this.#options.table.connected ? 0 : this.#lease.leftMs
  }

  /** Who has what, as last seen. */
  get view(): ClusterView {
    return this.#view
  }

  get incarnation(): string {
    return this.#options.table.incarnation
  }

  /** Whether the tenant runs here now. */
  isRunning(tenant: string): boolean {
    return this.#standing.get(tenant) === 'running'
  }

  /** The tenants of this node that could not be begun, and are tried again and again: nobody has them. */
  get unbegun(): readonly Unbegun[] {
    const known = new Set(this.#options.tenants())
    return [...this.#came].flatMap(([tenant, { failed }]) =>
      failed && known.has(tenant) ? [{ tenant, ...failed }] : [],
    )
  }

  /** Hands everything to the others and leaves. Idempotent. */
  async stop(): Promise<void> {
    if (this.#draining) return
    this.#draining = true
    this.#timer?.cancel()
    await this.#looking
    if (!this.#over) await this.#drain().catch((error: unknown) => this.#note(error))
    this.#over = true
    this.#alive?.end()
    await this.#options.table.leave()
  }

  async #drain(): Promise<void> {
    const { table } = this.#options
    await this.#lease.renewBy(() => table.renew(true))
    this.#view = await table.look()
    const plan = this.#plan()
    const mine = this.#view.tenants.filter(({ owner }) => owner === table.incarnation)
    const moves = await Promise.allSettled(mine.map((own) => this.#handOver(own, plan.get(own.tenant) ?? '')))
    for (const move of moves) if (move.status === 'rejected') this.#note(move.reason)
  }

  #later(): void {
    if (this.#over || this.#draining) return
    this.#timer = this.#options.clock.after(lookMs, () => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.#note(error))
        .finally(() => this.#later())
    })
  }

  /** Said once for each reason. */
  #note(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error)
    if (words !== this.#trouble) this.#options.log.warn('this node cannot see to its tenants now', { error })
    this.#trouble = words
  }

  async #look(): Promise<void> {
    const { table } = this.#options
    if (!table.connected) {
      this.#lease.drop()
      this.#vitals.forget()
      if (!(await this.#renewed(() => table.connect()))) return
    } else if (this.#isDue) {
      if (!(await this.#renewed(() => table.renew(false)))) return
      await this.#noteWeights()
    }
    const seen = await table.look()
    const others = seen.nodes.filter(({ incarnation }) => incarnation !== table.incarnation)
    const dead = await this.#vitals.findDead(others)
    for (const node of dead) {
      this.#options.log.warn('a node has died; its tenants are taken over', {
        node: node.node,
        by: whyDead(node),
      })
      await table.fence(node)
    }
    this.#view = dead.length > 0 ? await table.look() : seen
    await this.#takeFree()
    if (this.#over) return
    this.#beginMine()
    this.#moveAway()
    this.#trouble = ''
  }

  async #noteWeights(): Promise<void> {
    const { table, peopleOf } = this.#options
    const stale = staleWeights(this.#view, (tenant) => this.isRunning(tenant), peopleOf)
    if (stale.length > 0) await table.weigh(stale)
  }

  get #isDue(): boolean {
    return this.#options.clock.monotonic() - this.#renewedAt >= renewMs
  }

  async #renewed(ask: () => Promise<boolean>): Promise<boolean> {
    const begun = this.#options.clock.monotonic()
    if (await this.#lease.renewBy(ask)) {
      this.#renewedAt = begun
      return true
    }
    this.#over = true
    this.#options.log.error('others have taken over what this node had; it starts anew', {})
    this.#options.fenced()
    return false
  }

  #plan(): ReadonlyMap<string, string> {
    const nodes = this.#view.nodes.filter(({ draining, fenced }) => !draining && !fenced)
    return spreadTenants({
      tenants: this.#options.tenants(),
      together: this.#options.together?.() ?? [],
      owners: this.#view.tenants,
      alike: nodes.some(({ weighs }) => !weighs),
      nodes: nodes
        .map(({ incarnation }) => incarnation)
        .filter((one) => !this.#draining || one !== this.incarnation),
    })
  }

  /** What nobody has, where this node is the one to take it. */
  async #takeFree(): Promise<void> {
    const { table } = this.#options
    const alive = new Set(this.#view.nodes.map(({ incarnation }) => incarnation))
    const owners = new Map(this.#view.tenants.map((one) => [one.tenant, one]))
    const taken: Taken[] = []
    for (const [tenant, node] of this.#plan()) {
      const former = owners.get(tenant) ?? { tenant, owner: '', epoch: 0, people: 0 }
      if (node !== table.incarnation || alive.has(former.owner)) continue
      // A thousand take longer than a lease lasts.
      if (this.#isDue && !(await this.#renewed(() => table.renew(false)))) return
      const one: Taken = { tenant, after: former.owner === '' ? 'nobody' : 'death', epoch: former.epoch + 1 }
      // Where the answer is lost, it comes to light later that it was taken: not by a handover.
      this.#came.set(tenant, { ...one, at: Number.NEGATIVE_INFINITY })
      if (await table.take(former)) taken.push(one)
      else this.#came.delete(tenant)
    }
    if (taken.length === 0) return
    this.#begin(taken)
    this.#view = await table.look()
  }

  /** What another node has handed over. */
  #beginMine(): void {
    const now = this.#options.clock.monotonic()
    const known = new Set(this.#options.tenants())
    const handed = this.#view.tenants.filter(
      ({ tenant, owner }) =>
        owner === this.incarnation &&
        known.has(tenant) &&
        this.#mayBegin(tenant) &&
        now >= (this.#came.get(tenant)?.at ?? 0),
    )
    for (const group of Map.groupBy(handed, ({ tenant }) => this.#came.get(tenant)?.group).values())
      this.#begin(
        group.map(({ tenant, epoch }) => {
          const came = this.#came.get(tenant)
          return { tenant, after: came?.epoch === epoch ? came.after : 'handover', epoch }
        }),
      )
  }

  /** It does not run here; a move that found nobody is over, or one that could not be made. */
  #mayBegin(tenant: string): boolean {
    const standing = this.#standing.get(tenant)
    return standing === undefined || (this.#isStuck(tenant) && this.#plan().get(tenant) === this.incarnation)
  }

  /** It has been let go, or could not be, and is nobody else's yet: it is to go on from there, or to be begun anew. */
  #isStuck(tenant: string): boolean {
    const standing = this.#standing.get(tenant)
    return (standing === 'left' || standing === 'leaving') && !this.#moves.has(tenant)
  }

  #begin(taken: readonly Taken[]): void {
    const { begin, log, clock } = this.#options
    for (const { tenant, after } of taken) {
      this.#standing.set(tenant, 'beginning')
      if (after === 'death') this.#doubts.set(tenant, clock.monotonic() + lateArrivalMs)
    }
    log.info('this node takes tenants', {
      tenants: taken.map(({ tenant, after }) => `${tenant} after ${after}`),
    })
    begin(taken).then(
      () => {
        for (const { tenant } of taken) {
          this.#standing.set(tenant, 'running')
          this.#came.delete(tenant)
        }
      },
      (error: unknown) => {
        log.error('tenants could not be begun here; it is tried again', {
          ...{ error, tenants: taken.map(({ tenant }) => tenant) },
        })
        this.#tryAgain(taken, error)
      },
    )
  }

  /**
   * What failed together is tried again in two halves, and so on: whichever cannot be begun keeps only itself from coming. All
   * of it together where the store went, which is nobody's fault among them: each beginning takes its time.
   */
  #tryAgain(taken: readonly Taken[], error: unknown): void {
    const { clock, table } = this.#options
    const reason = error instanceof Error ? error.message : String(error)
    const groups = [Symbol(), Symbol()]
    const half = table.connected ? Math.ceil(taken.length / 2) : taken.length
    for (const [index, one] of taken.entries()) {
      const { tenant, after, epoch } = one
      const since = this.#came.get(tenant)?.failed?.since ?? clock.wall()
      this.#standing.delete(tenant)
      this.#came.set(tenant, {
        ...{ after, epoch, at: clock.monotonic() + againMs, failed: { since, reason } },
        group: groups[index < half ? 0 : 1]!,
      })
    }
  }

  #moveAway(): void {
    const plan = this.#plan()
    const away = this.#view.tenants.filter(({ tenant, owner }) => {
      const to = plan.get(tenant)
      const isHere = this.isRunning(tenant) && !this.#isInDoubt(tenant)
      return (
        owner === this.incarnation && to !== undefined && to !== owner && (isHere || this.#isStuck(tenant))
      )
    })
    for (const own of away.slice(0, mostMoves - this.#moves.size)) {
      this.#handOver(own, plan.get(own.tenant)!).catch((error: unknown) => this.#note(error))
    }
  }

  /** Whoever has it next would take for what people do what the dead node had sent. */
  #isInDoubt(tenant: string): boolean {
    return this.#options.clock.monotonic() < (this.#doubts.get(tenant) ?? 0)
  }

  #handOver(own: Ownership, to: string): Promise<void> {
    const under = this.#moves.get(own.tenant)
    if (under) return under
    const move = this.#move(own, to).finally(() => this.#moves.delete(own.tenant))
    this.#moves.set(own.tenant, move)
    return move
  }

  async #move(own: Ownership, to: string): Promise<void> {
    const { table, letGo, log } = this.#options
    const { tenant } = own
    if (this.#standing.has(tenant) && this.#standing.get(tenant) !== 'left') {
      this.#standing.set(tenant, 'leaving')
      await letGo(tenant)
      this.#standing.set(tenant, 'left')
    }
    // This node leaves, then: whoever takes it once it has left takes it as from the dead.
    if (this.#isInDoubt(tenant)) return
    const handed = await table.hand(own, to)
    this.#standing.delete(tenant)
    this.#doubts.delete(tenant)
    if (handed) log.info('a tenant goes to another node', { tenant, to: to === '' ? 'whoever takes it' : to })
  }
}

function whyDead({ fenced, connected }: ClusterView['nodes'][number]): string {
  if (fenced) return 'another node found it dead'
  return connected ? 'its lease ended' : 'its process is gone, or its lease ended'
}
