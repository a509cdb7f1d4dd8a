import { createHmac } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import type { Leg, PhoneChange } from '../phones.ts'
import { orgId } from './accounts.ts'
import { hookCall } from './calls.ts'
import { webexId } from './ids.ts'

/** A webhook as it is stored; `status` changes when deliveries fail. */
export interface Webhook {
  readonly id: string
  readonly extension: string
  readonly resource: string
  readonly event: string
  readonly created: string
  name: string
  targetUrl: string
  secret: string | undefined
  status: 'active' | 'inactive'
  failures: number
}

export interface NewWebhook {
  readonly extension: string
  readonly name: string
  readonly targetUrl: string
  readonly resource: string
  readonly event: string
  readonly secret: string | undefined
}

const eventOf = ({ state }: Leg, before: Leg['state'] | undefined) =>
  state === 'ended' ? 'deleted' : before === undefined ? 'created' : 'updated'

function typeOf({ state, direction }: Leg, before: Leg['state'] | undefined): string {
  if (state === 'ended') return 'disconnected'
  if (before === undefined) return direction === 'inbound' ? 'received' : 'originated'
  if (state === 'held') return 'held'
  return before === 'held' ? 'resumed' : 'answered'
}

/** Webhooks of people and what is delivered for them: once, without a repetition (help.webex.com has none either). */
export class Webhooks {
  readonly #clock: Clock
  readonly #disableAfter: () => number
  readonly #hooks = new Map<string, Webhook>()
  readonly #running = new Set<Promise<unknown>>()
  readonly #abort = new AbortController()
  #made = 0
  #delivered = 0

  constructor(clock: Clock, disableAfter: () => number) {
    this.#clock = clock
    this.#disableAfter = disableAfter
  }

  /** Deliveries that were answered with 2xx. */
  get delivered(): number {
    return this.#delivered
  }

  of(extension: string): readonly Webhook[] {
    return [...this.#hooks.values()].filter((hook) => hook.extension === extension)
  }

  get(extension: string, id: string): Webhook | undefined {
    const hook = this.#hooks.get(id)
    return hook?.extension === extension ? hook : undefined
  }

  /** Undefined where the same one is there. */
  create(wanted: NewWebhook): Webhook | undefined {
    const { resource, event, targetUrl } = wanted
    const twin = this.of(wanted.extension).some(
      (hook) => hook.resource === resource && hook.event === event && hook.targetUrl === targetUrl,
    )
    if (twin) return undefined
    this.#made += 1
    const id = webexId('WEBHOOK', String(this.#made))
    const created = new Date(this.#clock.wall()).toISOString()
    const hook: Webhook = { ...wanted, id, created, status: 'active', failures: 0 }
    this.#hooks.set(id, hook)
    return hook
  }

  remove(id: string): void {
    this.#hooks.delete(id)
  }

  /** A leg changed: whoever it belongs to is told. */
  tell({ leg, call, before }: PhoneChange & { type: 'leg' }): void {
    const event = eventOf(leg, before)
    for (const hook of this.of(leg.extension)) {
      if (hook.status !== 'active' || hook.resource !== 'telephony_calls') continue
      if (hook.event !== 'all' && hook.event !== event) continue
      const data = hookCall(leg, call.startedAt, { at: this.#clock.wall(), type: typeOf(leg, before) })
      this.send(hook, JSON.stringify(this.#envelope(hook, event, data)))
    }
  }

  /** Delivers this text, signed by the secret of the webhook. */
  send(hook: Webhook, body: string): void {
    const signature = hook.secret && createHmac('sha1', hook.secret).update(body).digest('hex')
    const running = fetch(hook.targetUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(signature && { 'x-spark-signature': signature }) },
      body,
      signal: this.#abort.signal,
    })
      .then(async (response) => {
        await response.arrayBuffer()
        this.#count(hook, response.ok)
      })
      .catch(() => this.#count(hook, false))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await Promise.all(this.#running)
  }

  #count(hook: Webhook, ok: boolean): void {
    if (ok) this.#delivered += 1
    hook.failures = ok ? 0 : hook.failures + 1
    if (hook.failures >= this.#disableAfter()) hook.status = 'inactive'
  }

  #envelope(hook: Webhook, event: string, data: unknown) {
    const person = webexId('PEOPLE', `person-${hook.extension}`)
    const { id, name, targetUrl, resource, status, created } = hook
    return {
      ...{ id, name, targetUrl, resource, event, orgId, createdBy: person, appId: 'lab' },
      ...{ ownedBy: 'creator', status, created, actorId: person, data },
    }
  }
}
