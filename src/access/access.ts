import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AccessPort, Account, OpenedSession, Refusal, Session } from '../core/access.ts'
import type { AuditAct, AuditEntry } from '../core/history.ts'
import type { Clock, Store } from '../core/ports.ts'
import { AccountBook, foldName } from './account-book.ts'
import { AccountDesk, tenantsOf } from './account-desk.ts'
import { Attempts, type Counted, tooMany } from './attempts.ts'
import { OutsideAccounts, type OutsidePerson, outsideId } from './oidc/outside-accounts.ts'
import { weakness } from './password.ts'
import { type OutsideTie, SessionBook, type SessionLife } from './session-book.ts'

/** How long the set-up link of a start works, milliseconds. */
const setUpMs = 60 * 60_000
const setUpTries = [{ key: 'set-up', free: 5 }]

export interface AccessParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly clock: Clock
  readonly life: SessionLife
  /** Writes the audit log. */
  readonly note?: (entry: AuditEntry) => Promise<void>
  /** Marks of the rules of each provider where people may sign in as well. */
  readonly outside?: ReadonlySet<string>
}

/** Accounts with passwords, their sessions, and the first one by a link that the console shows. */
export class Access implements AccessPort {
  readonly accounts: AccountDesk
  readonly #clock: Clock
  readonly #note: NonNullable<AccessParts['note']>
  readonly #accounts: AccountBook
  readonly #sessions: SessionBook
  readonly #outside: OutsideAccounts
  readonly #hasProviders: boolean
  readonly #attempts = new Attempts()
  #setUp: { readonly hash: Buffer; readonly until: number } | undefined

  constructor({ store, clock, life, outside = new Set(), note = async () => {} }: AccessParts) {
    this.#clock = clock
    this.#accounts = new AccountBook(store, clock)
    this.#sessions = new SessionBook(store, clock, life)
    this.#outside = new OutsideAccounts(store, clock, outside)
    this.#hasProviders = outside.size > 0
    this.#note = note
    const [accounts, sessions, attempts] = [this.#accounts, this.#sessions, this.#attempts]
    this.accounts = new AccountDesk({
      ...{ accounts, sessions, attempts, clock, note },
      outside: this.#outside,
    })
  }

  watchEnds(listener: (account: string) => void): void {
    this.#sessions.watchEnds(listener)
  }

  async load(): Promise<void> {
    await this.#accounts.load()
    await this.#sessions.load()
    await this.#outside.load(this.#sessions.accounts())
  }

  get isSetUp(): boolean {
    return this.hasPasswords || this.#hasProviders
  }

  get hasPasswords(): boolean {
    return this.#accounts.size > 0
  }

  /** A new code for the first account; the one before it is void. For the console only. */
  offerSetUp(): string {
    const code = randomBytes(18).toString('base64url')
    this.#setUp = { hash: digest(code), until: this.#clock.monotonic() + setUpMs }
    return code
  }

  async setUp(wish: Parameters<AccessPort['setUp']>[0]): Promise<OpenedSession | Refusal> {
    const { code, name, displayName, password } = wish
    if (this.hasPasswords) return { refused: 'This hub is set up already. Sign in.' }
    const waiting = this.#tooMany(setUpTries)
    if (waiting) return waiting
    const offer = this.#setUp
    if (!offer || this.#clock.monotonic() >= offer.until || !timingSafeEqual(offer.hash, digest(code))) {
      this.#attempts.begin(setUpTries, this.#clock.monotonic())
      return {
        refused: 'This set-up link is not valid any more. Restart the hub: its console shows a new one.',
      }
    }
    const weak = weakness(password, name)
    if (weak !== undefined) return { refused: weak }
    this.#setUp = undefined
    const account = await this.#accounts.add({ name, displayName, password, grants: [{ role: 'operator' }] })
    return account ? this.#begin(account, 'by the set-up link') : { refused: 'This name is taken.' }
  }

  async signIn({
    name,
    password,
    from,
  }: Parameters<AccessPort['signIn']>[0]): Promise<OpenedSession | Refusal> {
    const folded = foldName(name)
    // From elsewhere, somebody cannot be locked out of their account with a few wrong passwords.
    const counted = [
      { key: `${folded} from ${from}`, free: 5 },
      { key: `from ${from}`, free: 30 },
      { key: folded, free: 50 },
    ]
    const waiting = this.#tooMany(counted)
    if (waiting) return waiting
    this.#attempts.begin(counted, this.#clock.monotonic())
    const account = await this.#accounts.check(name, password)
    if (!account) {
      await this.#noteRefused(name, counted)
      return { refused: 'Name or password is wrong.' }
    }
    this.#attempts.succeeded(counted)
    return this.#begin(account, '')
  }

  async find(key: string): Promise<(Session & { readonly renewed?: string }) | undefined> {
    const found = await this.#sessions.find(key)
    const account = found && this.#accountOf(found.account)
    if (!account) return undefined
    const { since, until, renewed } = found
    const hasPassword = this.#accounts.get(account.id) !== undefined
    return { account, since, until, hasPassword, ...(renewed !== undefined && { renewed }) }
  }

  async signOut(key: string): Promise<void> {
    const owner = this.#sessions.ownerOf(key)
    const account = owner === undefined ? undefined : this.#accountOf(owner)
    if (account) await this.#noteSession('session.end', account, 'signed out')
    await this.#sessions.close(key)
  }

  #accountOf(id: string): Account | undefined {
    return this.#accounts.get(id) ?? this.#outside.get(id)
  }

  /** A session for somebody whom a provider has just vouched for. */
  async admit(person: OutsidePerson, tie: OutsideTie): Promise<OpenedSession> {
    const account = await this.#outside.put(person, tie.provider)
    await this.#noteSession('session.begin', account, `by ${tie.provider}`)
    return this.#open(account, tie)
  }

  outsideOf(key: string): OutsideTie | undefined {
    return this.#sessions.outsideOf(key)
  }

  /** The provider ended its session, or every session of a subject. Returns how many of ours ended with it. */
  async endOutside(
    provider: string,
    of: {
      readonly sid?: string | undefined
      readonly issuer?: string
      readonly subject?: string | undefined
    },
  ): Promise<number> {
    const { sid, issuer, subject } = of
    const account = issuer === undefined || subject === undefined ? undefined : outsideId(issuer, subject)
    const ended = await this.#sessions.closeOutside(provider, { sid, account })
    for (const id of new Set(ended)) {
      const whose = this.#outside.get(id)
      if (whose) await this.#noteSession('session.end', whose, `by ${provider}`)
    }
    return ended.length
  }

  async #begin(account: Account, detail: string): Promise<OpenedSession> {
    await this.#noteSession('session.begin', account, detail)
    return this.#open(account)
  }

  async #noteSession(what: AuditAct, { name, grants }: Account, detail: string): Promise<void> {
    for (const tenant of tenantsOf(grants)) await this.#note({ tenant, who: name, what, about: name, detail })
  }

  async #open(account: Account, tie?: OutsideTie): Promise<OpenedSession> {
    const { key, since, until } = await this.#sessions.open(account.id, tie)
    return { account, key, since, until }
  }

  /** Once for each wait that a wrong password begins. A name that is nobody's is not repeated: it may be a mistyped password. */
  async #noteRefused(name: string, counted: readonly Counted[]): Promise<void> {
    const wait = this.#tooMany(counted)
    if (!wait) return
    const account = this.#accounts.named(name)
    const who = account?.name ?? 'nobody'
    const detail = `too many wrong passwords; the next after ${Math.ceil((wait.retryAfterMs ?? 0) / 1000)} s`
    for (const tenant of tenantsOf(account?.grants ?? []))
      await this.#note({ tenant, who, what: 'session.refuse', about: who, detail })
  }

  #tooMany(counted: readonly Counted[]): Refusal | undefined {
    return tooMany(this.#attempts, { counted, clock: this.#clock })
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
