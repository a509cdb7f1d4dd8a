import { createHash } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure, type CredentialEnd } from '../../core/connector.ts'
import type { Workings } from '../../core/workings.ts'
import { RequestBudget } from '../kit/budget.ts'
import { digestOf, nameClient } from '../kit/client-name.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { keepSecret, readSecret, type SecretPlace } from '../kit/kept-secret.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import { type Granted, TokenHolder } from '../kit/token-holder.ts'
import type { Account } from './config.ts'
import { type Signed, signIn } from './sign-in.ts'

/** Requests under way at a time. */
const width = 8
const secretName = 'serviceAppToken'

const words = {
  who: 'the Service App',
  fix: 'Check clientId, clientSecret and refreshToken against the Service App at developer.webex.com; an administrator may have to authorize it again in Control Hub, which makes a new refresh token.',
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** What is once per Service App and organization in this process: its token and its request budget. */
export class Credential {
  readonly queue: RequestQueue
  readonly token: TokenHolder
  readonly #account: Account
  readonly #context: Pick<ConnectorContext, 'fetch' | 'clock'>
  /** By the memory, of which each instance has one. */
  readonly #places = new Map<SecretPlace['memory'], SecretPlace>()
  #refreshToken: string | undefined
  #endsAt: number | undefined

  constructor(account: Account, context: Pick<ConnectorContext, 'fetch' | 'clock'>) {
    this.#account = account
    this.#context = context
    const { clock } = context
    const { requestsPer30s } = account
    const budget = new RequestBudget({ start: requestsPer30s, ceiling: requestsPer30s }, clock.monotonic())
    this.queue = new RequestQueue(budget, clock, width)
    this.token = new TokenHolder(clock, () => this.#ask())
  }

  /** Whoever uses it remembers for it, should Webex ever exchange the refresh token. */
  join({ memory, sealed }: SecretPlace): void {
    this.#places.set(memory, { memory, ...(sealed && { sealed }) })
  }

  /** When the refresh token ends unless it is used. */
  ends(): readonly CredentialEnd[] {
    return this.#endsAt === undefined ? [] : [{ setting: 'refreshToken', at: this.#endsAt }]
  }

  inspect(): Workings {
    return { ...this.queue.inspect(), token: this.token.inspect() }
  }

  async #ask(): Promise<Granted> {
    const configured = this.#account.refreshToken
    const remembered = await this.#remembered()
    const known = this.#refreshToken ?? remembered
    try {
      return await this.#use(known ?? configured)
    } catch (error) {
      const refused = error instanceof ConnectorFailure && error.kind === 'auth-failed'
      // An administrator authorized anew: what stands in the configuration is newer than what is remembered.
      if (!refused || known === undefined || known === configured) throw error
      return this.#use(configured)
    }
  }

  async #use(refreshToken: string): Promise<Granted> {
    const { url, clientId, clientSecret } = this.#account
    const form = {
      ...{ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret },
      refresh_token: refreshToken,
    }
    const signed = await signIn(this.#context, url, { form, words })
    await this.#keep(refreshToken, signed)
    return { value: signed.access, lifeMs: signed.lifeMs }
  }

  async #keep(used: string, { refresh, refreshLifeMs }: Signed): Promise<void> {
    this.#refreshToken = refresh ?? used
    this.#endsAt = refreshLifeMs === undefined ? undefined : this.#context.clock.wall() + refreshLifeMs
    if (this.#refreshToken === used) return
    const body = { of: digest(this.#account.refreshToken), refreshToken: this.#refreshToken }
    await Promise.all([...this.#places.values()].map((place) => keepSecret(place, secretName, body)))
  }

  /** Only what came of the token that is configured now. */
  async #remembered(): Promise<string | undefined> {
    const of = digest(this.#account.refreshToken)
    const all = await Promise.all([...this.#places.values()].map((place) => readSecret(place, secretName)))
    const fitting = all.map(fieldsOf).find((kept) => kept.of === of)
    return textOf(fitting?.refreshToken)
  }
}

/** See ConnectorDefinition.clientsOf: one Service App has a refresh token for each organization. */
export function nameAccount({ url, clientId, refreshToken }: Account): string {
  return nameClient('webex', url, clientId, digestOf(refreshToken))
}

/** The one of this Service App and organization. */
export function shareCredential(account: Account, context: ConnectorContext): Credential {
  const { url, clientId, clientSecret, refreshToken } = account
  const key = digest(JSON.stringify([url, clientId, clientSecret, refreshToken]))
  const credential = context.shared(`webex ${key}`, () => new Credential(account, context))
  credential.join(context)
  return credential
}
