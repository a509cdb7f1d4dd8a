import { randomBytes } from 'node:crypto'
import type { Clock, Timer } from '../../core/ports.ts'
import { writeTime } from './write-time.ts'

export interface Subscription {
  readonly id: string
  readonly model: string
  readonly url: string
  readonly domain: string
  readonly createdAt: number
  /** Wall clock, milliseconds. */
  readonly expiresAt: number
  readonly errors: number
  readonly posts: number
}

const twentyYearsMs = 20 * 365 * 86_400_000

/** Event subscriptions and their posts: JSON arrays, gathered for a while, with the subscription's id in a header. */
export class Subscriptions {
  readonly #clock: Clock
  readonly #everyMs: () => number
  readonly #all = new Map<string, Subscription>()
  readonly #waiting = new Map<string, unknown[]>()
  readonly #running = new Set<Promise<unknown>>()
  readonly #abort = new AbortController()
  #last = new Map<string, readonly unknown[]>()
  #timer: Timer | undefined

  constructor(clock: Clock, everyMs: () => number) {
    this.#clock = clock
    this.#everyMs = everyMs
  }

  /** Those that have not run out. */
  list(domain?: string): readonly Subscription[] {
    const now = this.#clock.wall()
    return [...this.#all.values()].filter(
      (each) => each.expiresAt > now && (domain === undefined || each.domain === domain),
    )
  }

  /** Undefined where there is one with the same model and address. */
  add(
    given: Pick<Subscription, 'model' | 'url' | 'domain'> & { expires?: unknown },
  ): Subscription | undefined {
    const { model, url, domain, expires } = given
    if (this.list(domain).some((each) => each.model === model && each.url === url)) return undefined
    const id = randomBytes(16).toString('hex')
    const createdAt = this.#clock.wall()
    const expiresAt = readExpiry(expires) ?? createdAt + twentyYearsMs
    const made = { id, model, url, domain, createdAt, expiresAt, errors: 0, posts: 0 }
    this.#all.set(id, made)
    return made
  }

  change(id: string, body: Readonly<Record<string, unknown>>): boolean {
    const known = this.list().find((each) => each.id === id)
    if (!known) return false
    this.#all.set(id, {
      ...known,
      ...(typeof body['post-url'] === 'string' && { url: body['post-url'] }),
      ...(body['error-count'] === 0 && { errors: 0 }),
      expiresAt: readExpiry(body['subscription-expires-datetime']) ?? known.expiresAt,
    })
    return true
  }

  remove(id: string): boolean {
    return this.#all.delete(id)
  }

  /** Something happened in a domain: posted with the next batch. */
  tell(model: string, domain: string, body: unknown): void {
    for (const { id } of this.list(domain).filter((each) => each.model === model)) {
      const waiting = this.#waiting.get(id)
      if (waiting) waiting.push(body)
      else this.#waiting.set(id, [body])
    }
    if (this.#waiting.size > 0) this.#timer ??= this.#clock.after(this.#everyMs(), () => this.#flush())
  }

  /** The last batch of each subscription once more, in reverse. */
  sayAgain(): void {
    for (const [id, bodies] of this.#last) this.#post(id, JSON.stringify(bodies.toReversed()))
  }

  /** A text as it stands, to every subscription. */
  say(text: string): void {
    for (const { id } of this.list()) this.#post(id, text)
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    this.#abort.abort()
    await Promise.all(this.#running)
  }

  #flush(): void {
    this.#timer = undefined
    this.#last = new Map(this.#waiting)
    for (const [id, bodies] of this.#waiting) this.#post(id, JSON.stringify(bodies))
    this.#waiting.clear()
  }

  #post(id: string, body: string): void {
    const url = this.#all.get(id)?.url
    if (url === undefined || this.#abort.signal.aborted) return
    const count = (errors: number) => {
      const known = this.#all.get(id)
      if (known) this.#all.set(id, { ...known, posts: known.posts + 1, errors: known.errors + errors })
    }
    const running = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-correlation-id': id },
      body,
      signal: this.#abort.signal,
    })
      .then(async (response) => {
        await response.arrayBuffer()
        count(response.status > 302 ? 1 : 0)
      })
      .catch(() => count(1))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }
}

function readExpiry(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T')}Z`) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** As the API shows it (schema Subscription). */
export function describeSubscription(each: Subscription) {
  return {
    id: each.id,
    model: each.model,
    'post-url': each.url,
    'subscription-geo-support': 'yes',
    'user-scope': 'Office Manager',
    reseller: '*',
    domain: each.domain,
    user: '*',
    'subscription-creation-datetime': writeTime(each.createdAt),
    'subscription-expires-datetime': writeTime(each.expiresAt),
    'preferred-server': 'core1.lab.example',
    'current-active-server': 'core1.lab.example',
    status: each.errors > 0 ? 'error' : each.posts > 0 ? 'active' : 'pending',
    'error-count': each.errors,
    'posts-count': each.posts,
  }
}
