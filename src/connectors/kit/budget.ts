/** Most urgent first (architecture, "Request budget"). */
export const priorities = ['withdraw', 'write', 'settle', 'hot', 'sweep'] as const
export type Priority = (typeof priorities)[number]

export interface BudgetSettings {
  /** Requests per 30 s to begin with, and never more than `ceiling`. */
  readonly start: number
  readonly ceiling: number
}

const windowMs = 30_000
const slotMs = 500
/** One more than the window holds, so that the slot under way never shortens it. */
const slots = windowMs / slotMs + 1
const sweepShare = 0.25
const floor = 60
const growth = 50
/** Slots of the sweep that nothing else may take at a moment of its own: two seconds' worth. */
const headroomMs = 2_000

/**
 * How many requests may leave in any 30 s, as a rule without I/O or clock. The limit halves when the service refuses
 * (429) and grows again by 50 for each 30 s without a refusal. The sweep always keeps a quarter, or less when it
 * needs less; all else is first come by priority, which the queue in front of this sees to.
 */
export class RequestBudget {
  readonly #ceiling: number
  readonly #sent = new Float64Array(slots)
  readonly #sweeps = new Float64Array(slots)
  #limit: number
  #slot: number
  #total = 0
  #swept = 0
  #need = Number.POSITIVE_INFINITY
  #credit = 0
  #creditAt: number
  #calmSince: number
  #halvedAt = Number.NEGATIVE_INFINITY
  #pausedUntil = Number.NEGATIVE_INFINITY

  constructor(settings: BudgetSettings, now: number) {
    this.#ceiling = Math.max(floor, settings.ceiling)
    this.#limit = Math.min(Math.max(floor, settings.start), this.#ceiling)
    this.#slot = Math.floor(now / slotMs)
    this.#calmSince = now
    this.#creditAt = now
    this.#credit = this.#headroom()
  }

  /** Requests per 30 s that are allowed now. */
  get limit(): number {
    return this.#limit
  }

  /** How many requests the sweep wants per 30 s; what it does not want of its quarter is free for others. */
  reserveSweep(requestsPer30s: number): void {
    this.#need = requestsPer30s
  }

  /** Milliseconds for which nothing may be sent because the service said so; 0 when it may. */
  pausedMs(now: number): number {
    return Math.max(0, this.#pausedUntil - now)
  }

  /** Takes one request out of the budget, or says no. `contested`: something more urgent is waiting. */
  take(priority: Priority, now: number, contested = false): boolean {
    this.#advance(now)
    if (this.pausedMs(now) > 0) return false
    const sweep = priority === 'sweep'
    if (sweep ? !this.#sweepMay(contested) : !this.#otherMay()) return false
    const at = this.#slot % slots
    this.#sent[at] = this.#sent[at]! + 1
    this.#total += 1
    if (sweep) {
      this.#sweeps[at] = this.#sweeps[at]! + 1
      this.#swept += 1
      this.#credit = Math.max(0, this.#credit - 1)
    }
    return true
  }

  /** A refusal of a request that was sent at `sentAt`: those already under way when the limit halved count once. */
  refused(sentAt: number, now: number, retryAfterMs: number): void {
    this.#advance(now)
    this.#pausedUntil = Math.max(this.#pausedUntil, now + retryAfterMs)
    this.#calmSince = this.#pausedUntil
    if (sentAt <= this.#halvedAt) return
    this.#halvedAt = now
    const before = this.#limit
    this.#limit = Math.max(floor, Math.floor(before / 2))
    const scale = this.#limit / before
    this.#total = 0
    this.#swept = 0
    for (let at = 0; at < slots; at += 1) {
      this.#sent[at] = this.#sent[at]! * scale
      this.#sweeps[at] = this.#sweeps[at]! * scale
      this.#total += this.#sent[at]!
      this.#swept += this.#sweeps[at]!
    }
  }

  #reserve(): number {
    return Math.min(this.#limit * sweepShare, this.#need)
  }

  #headroom(): number {
    return Math.max(1, (this.#reserve() * headroomMs) / windowMs)
  }

  #otherMay(): boolean {
    const others = this.#total - this.#swept
    return others + 1 <= this.#limit - this.#reserve() && this.#total + 1 <= this.#limit - this.#headroom()
  }

  #sweepMay(contested: boolean): boolean {
    return this.#total + 1 <= this.#limit && (!contested || this.#credit >= 1)
  }

  #advance(now: number): void {
    const slot = Math.floor(now / slotMs)
    for (let next = Math.max(this.#slot + 1, slot - slots + 1); next <= slot; next += 1) {
      const at = next % slots
      this.#total -= this.#sent[at]!
      this.#swept -= this.#sweeps[at]!
      this.#sent[at] = 0
      this.#sweeps[at] = 0
    }
    this.#slot = Math.max(this.#slot, slot)
    const earned = (Math.max(0, now - this.#creditAt) * this.#reserve()) / windowMs
    this.#credit = Math.min(this.#headroom(), this.#credit + earned)
    this.#creditAt = Math.max(this.#creditAt, now)
    while (now - this.#calmSince >= windowMs) {
      this.#calmSince += windowMs
      this.#limit = Math.min(this.#ceiling, this.#limit + growth)
    }
  }
}
