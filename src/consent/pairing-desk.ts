import type { Refusal } from '../core/access.ts'
import type { AccountDoor, OwnToken } from '../core/account-door.ts'
import { ConnectorFailure, type WriteAs } from '../core/connector.ts'
import type { CameBack, RoundTripEnd } from '../core/consent-port.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import type { SentAway } from '../core/provider-port.ts'
import { LastRefusals } from './last-refusals.ts'
import type { Pairing, Pairings } from './pairings.ts'
import { handoverMs, notOurs, type Trip, type Trips, tripMs } from './round-trips.ts'

/** A refresh token that is used twice a day never gets old, and one that was revoked is noticed. */
const renewEveryMs = 12 * 60 * 60_000
const retryMs = 5 * 60_000
const lookEveryMs = 60_000
/** Who is not known any more for so long has left; until then a directory may only not have been read. */
const leftMs = 7 * 24 * 60 * 60_000
/** A token is renewed so long before its end. */
const earlyMs = 5 * 60_000
/** In a window of its own, which tells the page that opened it how it ended, or in the place of the page. */
const tripNames = { window: 'pairing-window', page: 'pairing', handover: 'pairing-handover' } as const

/** A person at the system: where they sign in, and as whom. */
export interface PairingSubject {
  readonly door: AccountDoor
  /** The system's id of the one account that may be theirs. */
  readonly expected: string
  /** What they are called there, for the sign-in page. */
  readonly hint: string
}

export interface PairingParts {
  readonly pairings: Pairings
  readonly trips: Trips
  readonly clock: Clock
  readonly log: Log
  /** In words where a person cannot sign in; undefined where there is no such person. */
  readonly subject: (tenant: string, person: string) => PairingSubject | Refusal | undefined
  readonly tenants: () => Iterable<string>
  /** Somebody signed in, or it came to an end, for better or worse. */
  readonly changed: (tenant: string, person: string) => void
  readonly note: (entry: {
    tenant: string
    person: string
    what: 'person.pair'
    detail: string
  }) => Promise<void>
}

interface Who {
  readonly tenant: string
  readonly person: string
}

/** People signing in with accounts of their own, and the tokens that come of it. */
export class PairingDesk {
  readonly #parts: PairingParts
  readonly #refusals: LastRefusals
  readonly #tokens = new Map<string, OwnToken>()
  readonly #renewing = new Map<string, Promise<OwnToken>>()
  readonly #triedAt = new Map<string, number>()
  /** Whose sign-in this process is about to forget. */
  readonly #leaving = new Set<string>()
  #timer: Timer | undefined
  #stopped = false

  constructor(parts: PairingParts) {
    this.#parts = parts
    this.#refusals = new LastRefusals(parts.clock)
  }

  start(): void {
    this.#timer = this.#parts.clock.after(lookEveryMs, () => void this.#renewDue())
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }

  /** A code by which a window begins the sign-in of this person, without a session of theirs. */
  handOver({
    tenant,
    person,
  }: Who): { readonly code: string; readonly lifeMs: number } | Refusal | undefined {
    const subject = this.#parts.subject(tenant, person)
    if (!subject || 'refused' in subject) return subject
    const what: Who = { tenant, person }
    const { kept: code } = this.#parts.trips.begin(tripNames.handover, { what, lifeMs: handoverMs })
    return { code, lifeMs: handoverMs }
  }

  async takeOver(code: string, redirectUri: string): Promise<SentAway | Refusal> {
    const trip = await this.#parts.trips.end(tripNames.handover, code, this.#isHere)
    if (trip === 'elsewhere') return { refused: notOurs.elsewhere }
    if (trip === 'late' || !trip) return { refused: notOurs.handover }
    const sent = await this.begin({ ...(trip.what as Who), redirectUri, window: true })
    return sent ?? { refused: notOurs.handover }
  }

  readonly #isHere = (what: unknown) => [...this.#parts.tenants()].includes((what as Who).tenant)

  async begin(
    who: Who & { readonly redirectUri: string; readonly window?: true },
  ): Promise<SentAway | Refusal | undefined> {
    const { tenant, person, redirectUri, window } = who
    const subject = this.#parts.subject(tenant, person)
    if (!subject || 'refused' in subject) return subject
    this.#refusals.drop(keyOf(tenant, person))
    const what: Who = { tenant, person }
    const trip = this.#parts.trips.begin(tripNames[window ? 'window' : 'page'], { what })
    try {
      const url = await subject.door.addressFor({ ...trip, redirectUri }, subject.hint)
      return { url, kept: trip.kept, lifeMs: tripMs }
    } catch (error) {
      return { refused: this.#wordsOf(error) }
    }
  }

  /** Why the last sign-in of somebody came to nothing. */
  refusalOf(tenant: string, person: string): { readonly at: number; readonly words: string } | undefined {
    return this.#refusals.of(keyOf(tenant, person))
  }

  async end(came: CameBack): Promise<RoundTripEnd> {
    const { trips } = this.#parts
    const page = await trips.end(tripNames.page, came.kept, this.#isHere)
    const trip = page ?? (await trips.end(tripNames.window, came.kept, this.#isHere))
    if (trip === 'elsewhere') return { refused: notOurs.elsewhere, again: true }
    const inWindow = trip !== undefined && trip !== page && { window: true as const }
    if (trip === 'late') return { refused: notOurs.late, ...inWindow }
    if (!trip) return { refused: notOurs.unknown, ...inWindow }
    const who = trip.what as Who
    const ended = await this.#redeem(who, trip, came)
    if ('refused' in ended) this.#refusals.put(keyOf(who.tenant, who.person), ended.refused)
    return { ...ended, ...inWindow }
  }

  async #redeem({ tenant, person }: Who, trip: Trip, { redirectUri, query }: CameBack) {
    const subject = this.#parts.subject(tenant, person)
    if (!subject) return { refused: notOurs.unknown }
    if ('refused' in subject) return subject
    try {
      const answer = new URL(`${redirectUri}?${query}`)
      const { account, token } = await subject.door.redeem({ ...trip, redirectUri }, answer)
      if (account.id.toLowerCase() !== subject.expected.toLowerCase()) {
        return {
          refused: `You signed in as ${account.name}, but ${person} is another account there${subject.hint === '' ? '' : ` (${subject.hint})`}. Nothing was kept. Sign in with the account of ${person}.`,
        }
      }
      await this.#parts.note({ tenant, person, what: 'person.pair', detail: account.name })
      const now = Math.round(this.#parts.clock.wall())
      await this.#parts.pairings.put(tenant, person, {
        account,
        at: now,
        renewedAt: now,
        refresh: token.refresh,
      })
      this.#tokens.set(keyOf(tenant, person), token)
      this.#parts.changed(tenant, person)
      return {
        done: `You signed in as ${account.name}. From now on your calls are shown in Teams with this sign-in.`,
      }
    } catch (error) {
      return { refused: this.#wordsOf(error) }
    }
  }

  /** Nothing new is written with it; `forget` follows when what was written is taken back. */
  async leave(tenant: string, person: string): Promise<boolean> {
    const pairing = this.#parts.pairings.of(tenant).get(person)
    if (!pairing) return false
    this.#leaving.add(keyOf(tenant, person))
    await this.#parts.pairings.put(tenant, person, { ...pairing, leaving: true })
    this.#parts.changed(tenant, person)
    return true
  }

  /** Unless they signed in again in the meantime. */
  async forget(tenant: string, person: string): Promise<void> {
    this.#leaving.delete(keyOf(tenant, person))
    if (this.#parts.pairings.of(tenant).get(person)?.leaving) await this.#remove(tenant, person)
  }

  /** With the token that is still good for a while. */
  async #remove(tenant: string, person: string): Promise<void> {
    this.#tokens.delete(keyOf(tenant, person))
    this.#triedAt.delete(keyOf(tenant, person))
    await this.#parts.pairings.remove(tenant, person)
  }

  /** The person's token, for a write. */
  async tokenFor(tenant: string, person: string, again?: { readonly refused: string }): ReturnType<WriteAs> {
    const fix = 'The person signs in again with their own account.'
    const pairing = this.#parts.pairings.of(tenant).get(person)
    if (!pairing) return { refused: 'The person has not signed in with their own account.', fix }
    if (pairing.trouble?.isFinal) return { refused: pairing.trouble.words, fix }
    const key = keyOf(tenant, person)
    const token = this.#tokens.get(key)
    const isGood = token && token.until - earlyMs > this.#parts.clock.monotonic()
    if (token && isGood && token.access !== again?.refused) return { token: token.access }
    try {
      return { token: (await this.#renew(tenant, person)).access }
    } catch (error) {
      const isFinal = this.#parts.pairings.of(tenant).get(person)?.trouble?.isFinal
      const refused = this.#wordsOf(error)
      return isFinal ? { refused, fix } : { refused, fix, retryAfterMs: 60_000 }
    }
  }

  /** One at a time for each person: each use of a refresh token gives the next one. */
  #renew(tenant: string, person: string): Promise<OwnToken> {
    const key = keyOf(tenant, person)
    const running = this.#renewing.get(key) ?? this.#renewNow(tenant, person)
    this.#renewing.set(key, running)
    const done = () => this.#renewing.delete(key)
    running.then(done, done)
    return running
  }

  async #renewNow(tenant: string, person: string): Promise<OwnToken> {
    const { clock, pairings, subject: find } = this.#parts
    const key = keyOf(tenant, person)
    this.#triedAt.set(key, clock.monotonic())
    const pairing = pairings.of(tenant).get(person)!
    try {
      const refresh = pairings.refreshOf(tenant, person)
      if (refresh === undefined)
        throw new ConnectorFailure('auth-failed', 'The kept sign-in cannot be opened.')
      const subject = find(tenant, person)
      if (!subject || 'refused' in subject) {
        throw new ConnectorFailure('not-ready', subject?.refused ?? 'The person is not known at the system.')
      }
      const token = await subject.door.renew(refresh)
      const { trouble, ...rest } = pairings.of(tenant).get(person) ?? pairing
      await pairings.put(tenant, person, {
        ...{ ...rest, renewedAt: Math.round(clock.wall()) },
        ...(token.refresh !== refresh && { refresh: token.refresh }),
      })
      this.#tokens.set(key, token)
      if (trouble) this.#parts.changed(tenant, person)
      return token
    } catch (error) {
      await this.#keepTrouble(tenant, person, error)
      throw error
    }
  }

  async #keepTrouble(tenant: string, person: string, error: unknown): Promise<void> {
    const { pairings, clock, log } = this.#parts
    const pairing = pairings.of(tenant).get(person)
    if (!pairing) return
    const failure = error instanceof ConnectorFailure ? error : undefined
    const isFinal = failure?.kind === 'auth-failed'
    const since = pairing.trouble?.since ?? Math.round(clock.wall())
    const words = this.#wordsOf(error)
    const fix = failure?.fix
    const next: Pairing = {
      ...pairing,
      trouble: { since, words, isFinal, ...(fix !== undefined && { fix }) },
    }
    await pairings.put(tenant, person, next)
    if (isFinal) this.#tokens.delete(keyOf(tenant, person))
    log.warn('The sign-in of a person cannot be renewed.', { tenant, person, isFinal, reason: words })
    this.#parts.changed(tenant, person)
  }

  async #renewDue(): Promise<void> {
    const { clock, pairings, tenants } = this.#parts
    for (const tenant of tenants()) {
      for (const [person, pairing] of [...pairings.of(tenant)]) {
        if (this.#stopped) return
        await this.#look(tenant, person, pairing).catch((error: unknown) =>
          this.#parts.log.error('A sign-in could not be looked after.', { tenant, person, error }),
        )
      }
    }
    if (!this.#stopped) this.#timer = clock.after(lookEveryMs, () => void this.#renewDue())
  }

  async #look(tenant: string, person: string, pairing: Pairing): Promise<void> {
    const { clock, subject: find } = this.#parts
    const key = keyOf(tenant, person)
    // The process that was to forget it has ended.
    if (pairing.leaving && !this.#leaving.has(key)) return this.forget(tenant, person)
    const subject = find(tenant, person)
    if (!subject && clock.wall() - pairing.renewedAt >= leftMs) return this.#remove(tenant, person)
    if (!subject || 'refused' in subject || !this.#isDue(key, pairing)) return
    await this.#renew(tenant, person).catch(() => undefined)
  }

  #isDue(key: string, { leaving, trouble, renewedAt }: Pairing): boolean {
    if (leaving || trouble?.isFinal) return false
    const { clock } = this.#parts
    const tried = this.#triedAt.get(key)
    if (tried !== undefined && clock.monotonic() - tried < retryMs) return false
    return trouble !== undefined || clock.wall() - renewedAt >= renewEveryMs
  }

  #wordsOf(error: unknown): string {
    if (error instanceof ConnectorFailure) return [error.message, error.fix].filter(Boolean).join(' ')
    this.#parts.log.error('A sign-in of a person broke.', { error })
    return 'Something unexpected happened. The log of the hub says more.'
  }
}

function keyOf(tenant: string, person: string): string {
  return `${tenant}\n${person}`
}
