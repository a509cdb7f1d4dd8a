import type { Clock, Timer } from '../core/ports.ts'
import type { WebhookView } from '../core/webhook-port.ts'
import type { Tried } from './delivery-log.ts'
import type { Attempt } from './post.ts'
import type { Dead, Subscription, Waiting } from './subscription.ts'

/** Waits between attempts, milliseconds: doubling up to a quarter of an hour, with a jitter of half of each. */
const firstRetryMs = 5_000
const maxRetryMs = 15 * 60_000
/** What nobody took for this long is given up, milliseconds. */
export const giveUpMs = 24 * 60 * 60_000
/** So many different people's events are under way at a time. */
const width = 4
/** Beyond this the oldest are given up. */
export const mostWaiting = 10_000

export interface LaneIo {
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  attempt(waiting: Waiting): Promise<Attempt>
  /** Every attempt that was not cut short by `stop`. */
  tried(waiting: Waiting, tried: Tried): void
  taken(waiting: Waiting): void
  givenUp(dead: Dead): void
  /** The receiver began to refuse, or takes events again. */
  turned(trouble: string | undefined): void
}

interface Entry {
  readonly waiting: Waiting
  attempts: number
  /** Monotonic, milliseconds. */
  notBefore: number
}

/**
 * What waits for one subscription. Of one person one after the other, in order; of different people some at a time. While
 * the receiver is out of order one event is tried now and then, for all.
 */
export class Lane {
  readonly #subscription: Subscription
  readonly #io: LaneIo
  /** By event id, oldest first. */
  readonly #entries = new Map<string, Entry>()
  /** Of each person, oldest first. */
  readonly #people = new Map<string, Entry[]>()
  readonly #underWay = new Map<string, Promise<void>>()
  #failures = 0
  #restUntil = Number.NEGATIVE_INFINITY
  #trouble: string | undefined
  #sentAt: number | undefined
  #timer: Timer | undefined
  #stopped = false

  constructor(subscription: Subscription, io: LaneIo) {
    this.#subscription = subscription
    this.#io = io
  }

  view(): Omit<WebhookView, 'failed'> {
    const { tenant, id, url } = this.#subscription
    const { clock } = this.#io
    const restMs = this.#restUntil - clock.monotonic()
    return {
      ...{ tenant, id, host: new URL(url).host, waiting: this.#entries.size },
      ...(this.#trouble !== undefined && { trouble: this.#trouble }),
      ...(restMs > 0 && { restsUntil: Math.round(clock.wall() + restMs) }),
      ...(this.#sentAt !== undefined && { sentAt: Math.round(this.#sentAt) }),
    }
  }

  /** `attempts`: how often it was tried before. */
  put(waiting: Waiting, attempts = 0): void {
    if (this.#stopped || this.#entries.has(waiting.id)) return
    const entry: Entry = { waiting, attempts, notBefore: Number.NEGATIVE_INFINITY }
    this.#entries.set(waiting.id, entry)
    const queue = this.#people.get(waiting.person)
    if (queue) queue.push(entry)
    else this.#people.set(waiting.person, [entry])
    this.#makeRoom()
    this.#go()
  }

  /** A replay: whoever asks for it has reason to think that the receiver is well again. */
  hurry(): void {
    this.#restUntil = Number.NEGATIVE_INFINITY
    this.#go()
  }

  /** Tries an event now, after those of its person that come before it; answers whether it waits here. */
  hurryEvent(id: string): boolean {
    const entry = this.#entries.get(id)
    if (!entry) return false
    for (const one of this.#people.get(entry.waiting.person) ?? []) one.notBefore = Number.NEGATIVE_INFINITY
    this.hurry()
    return true
  }

  /** What waits stays in the store. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await Promise.all(this.#underWay.values())
  }

  #go(): void {
    this.#timer?.cancel()
    if (this.#stopped) return
    const now = this.#io.clock.monotonic()
    let next = this.#restUntil
    if (now >= this.#restUntil) {
      next = Number.POSITIVE_INFINITY
      const most = this.#failures > 0 ? 1 : width
      for (const [person, [entry]] of this.#people) {
        if (this.#underWay.size >= most) return
        if (!entry || this.#underWay.has(person)) continue
        if (entry.notBefore > now) next = Math.min(next, entry.notBefore)
        else this.#send(person, entry)
      }
    }
    if (this.#entries.size === 0 || !Number.isFinite(next)) return
    this.#timer = this.#io.clock.after(Math.max(1, next - now), () => this.#go())
  }

  #send(person: string, entry: Entry): void {
    const { clock } = this.#io
    const [at, began] = [clock.wall(), clock.monotonic()]
    const sending = this.#io.attempt(entry.waiting).then((attempt) => {
      this.#underWay.delete(person)
      if (this.#stopped && !attempt.taken) return
      entry.attempts += 1
      if (attempt.taken) this.#take(entry)
      else this.#fail(entry, attempt)
      const tookMs = clock.monotonic() - began
      const nextAt = this.#nextAt(entry)
      this.#io.tried(entry.waiting, { attempt, number: entry.attempts, at, tookMs, nextAt })
      this.#go()
    })
    this.#underWay.set(person, sending)
  }

  #take(entry: Entry): void {
    this.#failures = 0
    this.#sentAt = this.#io.clock.wall()
    this.#setTrouble(undefined)
    this.#drop(entry)
    this.#io.taken(entry.waiting)
  }

  #fail(entry: Entry, attempt: Extract<Attempt, { taken: false }>): void {
    const { clock, random } = this.#io
    const now = clock.monotonic()
    const { reason, everybody } = attempt
    this.#setTrouble(reason)
    const wait = (failures: number) => {
      const step = Math.min(maxRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 20))
      return Math.max(attempt.retryAfterMs ?? 0, step / 2 + (random() * step) / 2)
    }
    if (everybody) {
      this.#failures += 1
      this.#restUntil = now + wait(this.#failures)
      for (const old of [...this.#entries.values()]) this.#giveUpIfOld(old, reason)
    } else {
      entry.notBefore = now + wait(entry.attempts)
      this.#giveUpIfOld(entry, reason)
    }
  }

  /** Wall clock, milliseconds; undefined for what waits no more. */
  #nextAt({ waiting, notBefore }: Entry): number | undefined {
    if (!this.#entries.has(waiting.id)) return undefined
    const { clock } = this.#io
    return clock.wall() + Math.max(0, Math.max(notBefore, this.#restUntil) - clock.monotonic())
  }

  #giveUpIfOld(entry: Entry, reason: string): void {
    if (this.#io.clock.wall() - entry.waiting.since >= giveUpMs) this.#giveUp(entry, reason)
  }

  #makeRoom(): void {
    if (this.#entries.size <= mostWaiting) return
    for (const entry of this.#entries.values()) {
      if (this.#underWay.has(entry.waiting.person)) continue
      this.#giveUp(entry, 'too many were waiting')
      return
    }
  }

  #giveUp(entry: Entry, reason: string): void {
    if (this.#underWay.has(entry.waiting.person)) return
    this.#drop(entry)
    const { attempts, waiting } = entry
    this.#io.givenUp({ ...waiting, attempts, reason, failedAt: Math.round(this.#io.clock.wall()) })
  }

  /** Who was served goes to the end of the line. */
  #drop({ waiting: { id, person } }: Entry): void {
    this.#entries.delete(id)
    const rest = (this.#people.get(person) ?? []).filter((one) => one.waiting.id !== id)
    this.#people.delete(person)
    if (rest.length > 0) this.#people.set(person, rest)
  }

  #setTrouble(trouble: string | undefined): void {
    if ((trouble === undefined) !== (this.#trouble === undefined)) this.#io.turned(trouble)
    this.#trouble = trouble
  }
}
