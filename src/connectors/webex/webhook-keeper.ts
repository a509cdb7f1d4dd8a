import type { ConnectorContext } from '../../core/connector.ts'
import type { SubscriptionView } from '../../core/workings.ts'
import { canDeliver } from '../kit/callback.ts'
import type { WebexClient } from './client.ts'
import type { Grants } from './grants.ts'
import { keepWebhook } from './hooks.ts'

export interface HookNote {
  readonly text: string
  readonly fix?: string
}

/** Why no webhook can be made at all; undefined where one can. */
export function hookObstacle(root: string | undefined, url: string): HookNote | undefined {
  if (root === undefined) return { text: 'the hub does not listen yet' }
  if (canDeliver(root, url)) return undefined
  return {
    text: 'Webex cannot reach this hub, so that calls are polled',
    fix: 'Set "http.publicUrl" to an https address of the hub that Webex reaches.',
  }
}

/** The webhooks of everyone who has consented. */
export class WebhookKeeper {
  readonly #client: WebexClient
  readonly #context: ConnectorContext
  readonly #url: string
  readonly #standing = new Set<string>()
  /** Whose calls were really told: only they need not be polled often. */
  readonly #told = new Set<string>()
  #note: HookNote | undefined
  #made = 0
  #heardAt: number | undefined

  constructor(client: WebexClient, context: ConnectorContext, url: string) {
    this.#client = client
    this.#context = context
    this.#url = url
  }

  get note(): HookNote | undefined {
    return this.#note
  }

  /** How many people's calls are told. */
  get count(): number {
    return this.#told.size
  }

  tells(personId: string): boolean {
    return this.#standing.has(personId) && this.#told.has(personId)
  }

  heard(personId: string): void {
    this.#told.add(personId)
    this.#heardAt = this.#context.clock.wall()
  }

  /** The webhooks of people, which do not end by themselves. */
  inspect(): SubscriptionView {
    return {
      ...{ kind: 'telephony_calls', count: this.#standing.size, renewals: this.#made },
      ...(this.#heardAt !== undefined && { heardAt: this.#heardAt }),
      ...(this.#note && { trouble: this.#note.text }),
    }
  }

  /** A round found what had not been told. */
  missed(personId: string): void {
    this.#told.delete(personId)
  }

  /** Of everyone who has consented. */
  async keepAll(grants: Grants, secret: string): Promise<void> {
    this.#note = hookObstacle(this.#context.callbackUrl(), this.#url)
    for (const personId of grants.people) {
      if (this.#context.signal.aborted) return
      await this.keep(personId, grants, secret)
    }
  }

  /** Of one person. */
  async keep(personId: string, grants: Grants, secret: string): Promise<void> {
    const root = this.#context.callbackUrl()
    const as = grants.holderOf(personId)
    if (!as || hookObstacle(root, this.#url)) return
    const { tenant, connector } = this.#context
    const wanted = { name: `Hookswitch ${tenant}/${connector}`, targetUrl: `${root}/calls`, secret }
    const why = await keepWebhook(this.#client, wanted, as)
    if (why === undefined) {
      if (!this.#standing.has(personId)) this.#made += 1
      this.#standing.add(personId)
      return
    }
    this.#standing.delete(personId)
    this.#note = { text: `a webhook cannot be set: ${why}` }
  }
}
