import { createHmac } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { isSignedBy } from '../kit/hmac.ts'
import { fieldsOf } from '../kit/http.ts'
import { type Granted, TokenHolder } from '../kit/token-holder.ts'
import type { Settings } from './config.ts'
import { type Signed, signIn } from './sign-in.ts'

const memoryKey = 'grants'
/** A person has this long to consent. */
const stateMs = 10 * 60_000
/** A browser waits for the answer. */
const browserMs = 3_000
const scopes = 'spark:calls_read spark:people_read'

const words = {
  who: 'the consent of a person',
  fix: 'Let the person open the consent page again; check integrationId and integrationSecret.',
}

type Integration = NonNullable<Settings['integration']>

/** Consents of people to tell their calls: one refresh token each, kept in the connector's memory. */
export class Grants {
  readonly #url: string
  readonly #integration: Integration
  readonly #context: ConnectorContext
  readonly #refresh = new Map<string, string>()
  readonly #holders = new Map<string, TokenHolder>()

  constructor(url: string, integration: Integration, context: ConnectorContext) {
    this.#url = url
    this.#integration = integration
    this.#context = context
  }

  /** Ids of the people who have consented. */
  get people(): readonly string[] {
    return [...this.#refresh.keys()]
  }

  holderOf(personId: string): TokenHolder | undefined {
    return this.#holders.get(personId)
  }

  async load(): Promise<void> {
    for (const [personId, token] of Object.entries(fieldsOf(await this.#context.memory.get(memoryKey)))) {
      if (typeof token === 'string') this.#hold(personId, token)
    }
  }

  /** Where a person consents; `secret` signs the state that comes back. */
  consentPage(redirectUri: string, secret: string): string {
    const at = String(Math.floor(this.#context.clock.wall()))
    const query = new URLSearchParams({
      ...{ client_id: this.#integration.id, response_type: 'code', redirect_uri: redirectUri, scope: scopes },
      state: `${at}.${sign(at, secret)}`,
    })
    return `${this.#url}/authorize?${query}`
  }

  /** Whether a person comes from our consent page, and lately. */
  knowsState(state: string, secret: string): boolean {
    const [at = '', signature = ''] = state.split('.')
    const age = this.#context.clock.wall() - Number(at)
    const genuine = isSignedBy(Buffer.from(at), signature, { algorithm: 'sha256', secret })
    return genuine && age >= 0 && age <= stateMs
  }

  /** What a code is worth; nothing is kept yet, for nobody knows whose it is. Throws ConnectorFailure. */
  redeem(code: string, redirectUri: string): Promise<Signed> {
    return this.#signIn({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, browserMs)
  }

  /** Keeps the consent of this person. */
  async keep(personId: string, { refresh }: Pick<Signed, 'refresh'>): Promise<void> {
    if (refresh === undefined) {
      throw new ConnectorFailure('unexpected', 'Webex gave no refresh token with the consent.')
    }
    this.#hold(personId, refresh)
    await this.#save()
  }

  #hold(personId: string, refreshToken: string): void {
    this.#refresh.set(personId, refreshToken)
    this.#holders.set(personId, new TokenHolder(this.#context.clock, () => this.#ask(personId)))
  }

  async #ask(personId: string): Promise<Granted> {
    const before = this.#refresh.get(personId) ?? ''
    const signed = await this.#signIn({ grant_type: 'refresh_token', refresh_token: before })
    if (signed.refresh !== undefined && signed.refresh !== before) {
      this.#refresh.set(personId, signed.refresh)
      await this.#save()
    }
    return { value: signed.access, lifeMs: signed.lifeMs }
  }

  #signIn(form: Readonly<Record<string, string>>, timeoutMs?: number): Promise<Signed> {
    const { id, secret } = this.#integration
    const whole = { ...form, client_id: id, client_secret: secret }
    return signIn(this.#context, this.#url, { form: whole, words, ...(timeoutMs && { timeoutMs }) })
  }

  #save(): Promise<void> {
    return this.#context.memory.set(memoryKey, Object.fromEntries(this.#refresh))
  }
}

const sign = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('hex')
