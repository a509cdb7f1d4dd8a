import { randomBytes } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'

/** What an API key may do (`ApiKey` of the vendor's description). */
export interface ApiKey {
  readonly key: string
  readonly scope: string
  readonly domain: string
  readonly readonly: boolean
  readonly allowedModels: '*' | readonly string[]
}

export interface Account {
  readonly clientId: string
  readonly clientSecret: string
  readonly username: string
  readonly password: string
  readonly domain: string
  readonly scope: string
  /** The first step answers without a token. */
  readonly secondFactor: boolean
}

const lifeSeconds = 3600

const encode = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url')

/** Keys, accounts, and the tokens that were granted. A refresh token is good for one use. */
export class Credentials {
  readonly #clock: Clock
  readonly #tokens = new Map<string, number>()
  readonly #refresh = new Set<string>()
  key: ApiKey
  account: Account
  refused = 0
  granted = 0
  /** A refresh is answered with 200 and no token, as some releases do. */
  emptyRefresh = false

  constructor(clock: Clock, given: { readonly key?: ApiKey; readonly account?: Account }) {
    this.#clock = clock
    this.key = given.key ?? {
      ...{ key: 'nsd_lab-key', scope: 'Office Manager', domain: 'lab.example' },
      ...{ readonly: false, allowedModels: '*' },
    }
    this.account = given.account ?? {
      ...{ clientId: 'hookswitch', clientSecret: 'lab-secret', username: 'admin@lab.example' },
      ...{ password: 'lab-password', domain: 'lab.example', scope: 'Office Manager', secondFactor: false },
    }
  }

  /** What the caller may do; undefined for nobody. */
  admits(header: string | undefined): Pick<ApiKey, 'scope' | 'domain' | 'readonly'> | undefined {
    const [scheme, value = ''] = (header ?? '').split(' ')
    if (scheme !== 'Bearer') return undefined
    if (value === this.key.key) return this.key
    const endsAt = this.#tokens.get(value)
    if (endsAt === undefined || endsAt <= this.#clock.monotonic()) return undefined
    const { scope, domain } = this.account
    return { scope, domain, readonly: false }
  }

  isKey(header: string | undefined): boolean {
    return header === `Bearer ${this.key.key}`
  }

  /** True for the right client, user and password. */
  knows(body: Readonly<Record<string, unknown>>): boolean {
    const { clientId, clientSecret, username, password } = this.account
    const client = body.client_id === clientId && body.client_secret === clientSecret
    return client && body.username === username && body.password === password
  }

  grant(): { readonly token: string; readonly refresh: string; readonly expiresIn: number } {
    const token = randomBytes(16).toString('hex')
    return this.#remember(token, randomBytes(16).toString('hex'))
  }

  /** The same as JSON Web Tokens, whose life stands in them. */
  grantJwt(): { readonly token: string; readonly refresh: string } {
    const exp = Math.floor(this.#clock.wall() / 1000) + lifeSeconds
    const make = (kind: string) =>
      `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ exp, kind })}.${randomBytes(8).toString('hex')}`
    return this.#remember(make('access'), make('refresh'))
  }

  /** Uses it up. */
  takeRefresh(value: unknown): boolean {
    return typeof value === 'string' && this.#refresh.delete(value)
  }

  revokeAll(): void {
    this.#tokens.clear()
  }

  #remember(token: string, refresh: string) {
    this.#tokens.set(token, this.#clock.monotonic() + lifeSeconds * 1000)
    this.#refresh.add(refresh)
    this.granted += 1
    return { token, refresh, expiresIn: lifeSeconds }
  }
}
