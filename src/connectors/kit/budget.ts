import type { BudgetView } from '../../core/workings.ts'

/** Most urgent first (architecture, "Request budget"). */
export const priorities = ['withdraw', 'write', 'settle', 'hot', 'sweep'] as const
export type Priority = (typeof priorities)[number]

/** What may be sent, as it is configured. */
export interface BudgetLimit {
  /** Requests per 30 s to begin with, and never more than `ceiling`. */
  readonly start: number
  readonly ceiling: number
}

export interface BudgetSettings extends BudgetLimit {
  /** How many hubs spend from it, at least 1: each takes its part. */
  readonly hubs?: () => number
}

const windowMs = 30_000
const slotMs = 500
/** One more than the window holds, so that the slot under way never shortens it. */
const slots = windowMs / slotMs + 1
const sweepShare = 0.25
const floor = 60
const growth = 50
/**
 * What reads leave of the budget, so that a write need not wait for an old request to leave the window. The sweep's own
 * share is apart from this.
 */
const leaves: Readonly<Record<Priority, number>> = {
  withdraw: 0,
  write: 0,
  settle: 0.05,
  hot: 0.1,
  sweep: 0.1,
}
/** The sweep's share is earned evenly; it may save up two seconds' worth. */
const savingsMs = 2_000

/** A time of refusals, until the limit is again what it was before. */
interface Spell {
  readonly since: number
  readonly before: number
  lastAt: number
  retryAfterMs: number
}

/** A budget as it stands; times are those that it was given. */
export interface BudgetState extends Pick<BudgetView, 'used' | 'limit' | 'ceiling' | 'growth' | 'refusals'> {
  readonly pausedMs: number
  readonly throttled: Omit<Spell, 'before'> | undefined
}

/**
 * How many requests may leave in any 30 s, as a rule without I/O or clock. The limit halves when the service refuses
 * (429) and grows again by 50 for each 30 s without a refusal. A quarter belongs to the sweep, or less when it needs
 * less, earned evenly, so that a burst of writes now cannot stall it later; what the sweep takes beyond, it takes
 * from the rest like everybody else. Who comes first there is the business of the queue in front of this.
 */
export class RequestBudget {
  #ceiling: number
  #start: number
  /** What each who spends from it was configured with, as long as it runs. */
  readonly #agreed = new Map<AbortSignal, BudgetLimit>()
  readonly #hubs: () => number
  /** All requests, and those that did not come out of the sweep's share, per slot of the window. */
  readonly #all = new Float64Array(slots)
  readonly #shared = new Float64Array(slots)
  #limit: number
  #slot: number
  #allInWindow = 0
  #sharedInWindow = 0
  #need = Number.POSITIVE_INFINITY
  #credit = 0
  #creditAt: number
  #calmSince: number
  #halvedAt = Number.NEGATIVE_INFINITY
  #pausedUntil = Number.NEGATIVE_INFINITY
  #refusals = 0
  #spell: Spell | undefined

  constructor(settings: BudgetSettings, now: number) {
    this.#ceiling = Math.max(floor, settings.ceiling)
    this.#hubs = settings.hubs ?? (() => 1)
    this.#start = Math.min(Math.max(floor, settings.start), this.#ceiling)
    this.#limit = this.#start
    this.#slot = Math.floor(now / slotMs)
    this.#calmSince = now
    this.#creditAt = now
    this.#credit = this.#savings()
  }

  /** Requests per 30 s that are allowed now. */
  get limit(): number {
    return this.#part(this.#limit)
  }

  #part(requests: number): number {
    return Math.max(1, Math.floor(requests / this.#hubs()))
  }

  /**
   * Somebody spends from it until `gone`, under this limit: of several that say different ones the least holds, and what was
   * sent before counts on. Without anybody, the last one stays.
   */
  agree(limit: BudgetLimit, gone: AbortSignal): void {
    if (gone.aborted) return
    if (!this.#agreed.has(gone)) gone.addEventListener('abort', () => this.#leave(gone), { once: true })
    this.#agreed.set(gone, limit)
    this.#settle()
  }

  #leave(gone: AbortSignal): void {
    this.#agreed.delete(gone)
    if (this.#agreed.size > 0) this.#settle()
  }

  #settle(): void {
    const all = [...this.#agreed.values()]
    const ceiling = Math.max(floor, Math.min(...all.map((one) => one.ceiling)))
    const start = Math.min(Math.max(floor, Math.min(...all.map((one) => one.start))), ceiling)
    if (start === this.#start && ceiling === this.#ceiling) return
    // What the service refuses is not allowed by a setting.
    this.#limit = this.#spell ? Math.min(this.#limit, ceiling) : start
    if (this.#spell) this.#spell = { ...this.#spell, before: start }
    this.#start = start
    this.#ceiling = ceiling
  }

  /** How many requests the sweep wants per 30 s; what it does not want of its quarter is free for others. */
  reserveSweep(requestsPer30s: number): void {
    this.#need = requestsPer30s
  }

  /** Milliseconds for which nothing may be sent because the service said so; 0 when it may. */
  pausedMs(now: number): number {
    return Math.max(0, this.#pausedUntil - now)
  }

  /** How it stands now. */
  state(now: number): BudgetState {
    this.#advance(now)
    return {
      used: Math.round(this.#allInWindow),
      ...{ limit: this.limit, ceiling: this.#part(this.#ceiling), refusals: this.#refusals },
      growth: Math.min(growth, this.#ceiling - this.#limit),
      pausedMs: this.pausedMs(now),
      throttled: this.#spell,
    }
  }

  /** Takes one request out of the budget, or says no. `contested`: something more urgent is waiting. */
  take(priority: Priority, now: number, contested = false): boolean {
    this.#advance(now)
    if (this.pausedMs(now) > 0) return false
    const { limit } = this
    if (this.#allInWindow + 1 > limit) return false
    const own = priority === 'sweep' && this.#credit >= 1
    const room = limit * (1 - leaves[priority]) - this.#sweepInWindow()
    const free = this.#sharedInWindow + 1 <= room
    if (!own && (!free || (priority === 'sweep' && contested))) return false
    const at = this.#slot % slots
    this.#all[at] = this.#all[at]! + 1
    this.#allInWindow += 1
    if (own) this.#credit -= 1
    else {
      this.#shared[at] = this.#shared[at]! + 1
      this.#sharedInWindow += 1
    }
    return true
  }

  /** A refusal of a request that was sent at `sentAt`: those already under way when the limit halved count once. */
  refused(sentAt: number, now: number, retryAfterMs: number): void {
    this.#advance(now)
    this.#pausedUntil = Math.max(this.#pausedUntil, now + retryAfterMs)
    this.#calmSince = this.#pausedUntil
    this.#refusals += 1
    this.#spell ??= { since: now, before: this.#limit, lastAt: now, retryAfterMs }
    Object.assign(this.#spell, { lastAt: now, retryAfterMs })
    if (sentAt <= this.#halvedAt) return
    this.#halvedAt = now
    const before = this.#limit
    this.#limit = Math.max(floor, Math.floor(before / 2))
    const scale = this.#limit / before
    this.#allInWindow = 0
    this.#sharedInWindow = 0
    for (let at = 0; at < slots; at += 1) {
      this.#allInWindow += this.#all[at] = this.#all[at]! * scale
      this.#sharedInWindow += this.#shared[at] = this.#shared[at]! * scale
    }
  }

  #reserve(): number {
    return Math.min(this.limit * sweepShare, this.#need)
  }

  /** Most that the sweep can have taken out of its share in one window, the slot under way included. */
  #sweepInWindow(): number {
    return (this.#reserve() * slots) / (slots - 1) + this.#savings()
  }

  #savings(): number {
    return Math.max(1, (this.#reserve() * savingsMs) / windowMs)
  }

  #advance(now: number): void {
    const slot = Math.floor(now / slotMs)
    for (let next = Math.max(this.#slot + 1, slot - slots + 1); next <= slot; next += 1) {
      const at = next % slots
      this.#allInWindow -= this.#all[at]!
      this.#sharedInWindow -= this.#shared[at]!
      this.#all[at] = 0
      this.#shared[at] = 0
    }
    this.#slot = Math.max(this.#slot, slot)
    const earned = (Math.max(0, now - this.#creditAt) * this.#reserve()) / windowMs
    this.#credit = Math.min(this.#savings(), this.#credit + earned)
    this.#creditAt = Math.max(this.#creditAt, now)
    while (now - this.#calmSince >= windowMs) {
      this.#calmSince += windowMs
      this.#limit = Math.min(this.#ceiling, this.#limit + growth)
      if (this.#spell && this.#limit >= this.#spell.before) this.#spell = undefined
    }
  }
}
