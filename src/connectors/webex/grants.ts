import { createHmac } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { isSignedBy } from '../kit/hmac.ts'
import { fieldsOf } from '../kit/http.ts'
import { keepSecret, readSecret } from '../kit/kept-secret.ts'
import { type Granted, TokenHolder } from '../kit/token-holder.ts'
import type { Settings } from './config.ts'
import { type Signed, signIn } from './sign-in.ts'

/** Who has consented; each one's token is a secret of its own, so that one that does not open is not written over. */
const memoryKey = 'grants'
const secretName = (personId: string) => `grant ${personId}`
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

/** Consents of people to tell their calls: one refresh token each, sealed on the disk. */
export class Grants {
  readonly #url: string
  readonly #integration: Integration
  readonly #context: ConnectorContext
  readonly #listed = new Set<string>()
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
    const { memory, log } = this.#context
    const listed = Object.entries(fieldsOf(await memory.get(memoryKey)))
    for (const [personId, kept] of listed) {
      this.#listed.add(personId)
      // A version before this one kept the token itself there, in clear.
      const isClear = typeof kept === 'string'
      const token = isClear ? kept : await readSecret(this.#context, secretName(personId))
      if (typeof token === 'string') this.#hold(personId, token)
      if (isClear) await keepSecret(this.#context, secretName(personId), kept)
    }
    if (listed.some(([, kept]) => typeof kept === 'string')) await this.#saveList()
    const shut = listed.length - this.#refresh.size
    if (shut > 0) {
      const fix = 'Configure the key that sealed them, or let these people consent again.'
      log.warn('consents of people do not open', { people: shut, fix })
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
    await keepSecret(this.#context, secretName(personId), refresh)
    this.#listed.add(personId)
    await this.#saveList()
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
      await keepSecret(this.#context, secretName(personId), signed.refresh)
    }
    return { value: signed.access, lifeMs: signed.lifeMs }
  }

  #signIn(form: Readonly<Record<string, string>>, timeoutMs?: number): Promise<Signed> {
    const { id, secret } = this.#integration
    const whole = { ...form, client_id: id, client_secret: secret }
    return signIn(this.#context, this.#url, { form: whole, words, ...(timeoutMs && { timeoutMs }) })
  }

  #saveList(): Promise<void> {
    return this.#context.memory.set(
      memoryKey,
      Object.fromEntries([...this.#listed].map((personId) => [personId, true])),
    )
  }
}

const sign = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('hex')
