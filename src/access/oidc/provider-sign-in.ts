import { randomBytes } from 'node:crypto'
import type { OpenedSession, Refusal } from '../../core/access.ts'
import type { Clock, Log } from '../../core/ports.ts'
import type { ProviderPort, SentAway } from '../../core/provider-port.ts'
import type { Access } from '../access.ts'
import { judge, nameOf } from './claims.ts'
import { describeFailure } from './failure.ts'
import { LogoutTokens } from './logout-token.ts'
import { Provider, skewSeconds } from './provider.ts'
import { RoundTrips, type TripKeeper, tripMs } from './round-trips.ts'
import { type FindPerson, markOfRules, type ProviderSettings } from './settings.ts'

export interface ProviderSignInParts {
  readonly settings: readonly ProviderSettings[]
  readonly access: Pick<Access, 'admit' | 'outsideOf' | 'endOutside'>
  readonly clock: Clock
  readonly trips: TripKeeper
  readonly log: Log
  /** Checks where the provider's addresses lead. */
  readonly fetch: typeof fetch
  readonly findPerson: FindPerson
}

const unknown: Refusal = { refused: 'There is no such provider here. Choose one of the sign-in page.' }
/** Words for the next page wait this long, milliseconds, and so many at most. */
const wordsMs = 10 * 60_000
const mostWords = 1000

/** Sign-in by OpenID Connect: code flow with PKCE, then a session of our own like after a password. */
export class ProviderSignIn implements ProviderPort {
  readonly #parts: ProviderSignInParts
  readonly #providers: ReadonlyMap<string, Provider>
  readonly #trips: RoundTrips
  readonly #logouts: LogoutTokens
  readonly #words = new Map<string, { readonly words: string; readonly until: number }>()

  constructor(parts: ProviderSignInParts) {
    this.#parts = parts
    this.#providers = new Map(
      parts.settings.map((one) => [one.id, new Provider(one, parts.clock, parts.fetch)]),
    )
    this.#trips = new RoundTrips(parts.trips)
    this.#logouts = new LogoutTokens(parts.clock)
  }

  get providers(): ProviderPort['providers'] {
    return this.#parts.settings.map(({ id, title }) => ({ id, title }))
  }

  async begin({
    provider: id,
    redirectUri,
  }: Parameters<ProviderPort['begin']>[0]): Promise<SentAway | Refusal> {
    const provider = this.#providers.get(id)
    if (!provider) return unknown
    const trip = this.#trips.begin(id)
    try {
      return { url: await provider.addressFor(trip, redirectUri), kept: trip.kept, lifeMs: tripMs }
    } catch (error) {
      return this.#failed(provider, error)
    }
  }

  async finish(wish: Parameters<ProviderPort['finish']>[0]): Promise<OpenedSession | Refusal> {
    const { provider: id, redirectUri, query, kept } = wish
    const provider = this.#providers.get(id)
    if (!provider) return unknown
    const trip = await this.#trips.end(id, kept)
    if (trip === 'late') return { refused: 'The sign-in took more than ten minutes. Sign in again.' }
    if (!trip) {
      return {
        refused: `This sign-in was not begun in this browser, or has ended already. Sign in again, at the address ${new URL(redirectUri).origin}.`,
      }
    }
    try {
      const claims = await provider.redeem(trip, new URL(`${redirectUri}?${query}`))
      const { settings } = provider
      const grants = judge(claims, settings, this.#parts.findPerson)
      if ('refused' in grants) {
        this.#parts.log.warn('No rule lets somebody in whom a provider signed in.', { provider: id })
        return grants
      }
      const { name, displayName } = nameOf(claims)
      const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
      const [sid, hint] = [text(claims.sid), text(claims.login_hint)]
      return await this.#parts.access.admit(
        {
          ...{ issuer: claims.iss, subject: claims.sub, displayName, grants },
          // Nobody passes for an account of another kind by its name.
          name: `${name} via ${id}`,
          rules: markOfRules(settings),
        },
        { provider: id, ...(sid !== undefined && { sid }), ...(hint !== undefined && { hint }) },
      )
    } catch (error) {
      return this.#failed(provider, error)
    }
  }

  async signOutUrl(key: string, back: string): Promise<string | undefined> {
    const tie = this.#parts.access.outsideOf(key)
    const provider = tie && this.#providers.get(tie.provider)
    if (!provider) return undefined
    try {
      const { client } = await provider.know()
      const { end_session_endpoint: end } = client.serverMetadata()
      if (end === undefined) return undefined
      const url = new URL(end)
      url.searchParams.set('client_id', provider.settings.clientId)
      url.searchParams.set('post_logout_redirect_uri', back)
      if (tie.hint !== undefined) url.searchParams.set('logout_hint', tie.hint)
      return url.href
    } catch (error) {
      this.#failed(provider, error)
      return undefined
    }
  }

  async endByToken(id: string, token: string): Promise<Refusal | undefined> {
    const provider = this.#providers.get(id)
    if (!provider) return unknown
    const { clientId } = provider.settings
    try {
      const { client, keys } = await provider.know()
      const { issuer } = client.serverMetadata()
      if (!keys) return { refused: `${provider.settings.title} publishes no keys.` }
      const { sid, subject } = await this.#logouts.read(token, { keys, issuer, clientId, skewSeconds })
      const ended = await this.#parts.access.endOutside(id, { sid, issuer, subject })
      this.#parts.log.info('A provider ended sessions.', { provider: id, ended })
      return undefined
    } catch (error) {
      const { message } = error as Error
      this.#parts.log.warn('A logout token was refused.', { provider: id, reason: message })
      return { refused: `The logout token is not valid: ${message}` }
    }
  }

  async endByPage(id: string, { sid, issuer }: Parameters<ProviderPort['endByPage']>[1]): Promise<void> {
    const provider = this.#providers.get(id)
    if (!provider || (issuer !== undefined && issuer !== provider.settings.issuer)) return
    const ended = await this.#parts.access.endOutside(id, { sid })
    if (ended > 0) this.#parts.log.info('A provider ended sessions.', { provider: id, ended })
  }

  leaveWord(words: string): string {
    const id = randomBytes(12).toString('base64url')
    const now = this.#parts.clock.monotonic()
    this.#words.set(id, { words, until: now + wordsMs })
    for (const [one, { until }] of this.#words) {
      if (until > now && this.#words.size <= mostWords) break
      this.#words.delete(one)
    }
    return id
  }

  wordOf(id: string): string | undefined {
    const left = this.#words.get(id)
    return left && left.until > this.#parts.clock.monotonic() ? left.words : undefined
  }

  #failed({ settings: { id, title } }: Provider, error: unknown): Refusal {
    const { words, code } = describeFailure(error, title)
    this.#parts.log.warn('A sign-in by a provider failed.', { provider: id, code })
    return { refused: words }
  }
}
