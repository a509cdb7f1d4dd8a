import type { AccessPort, Account, OpenedSession, Refusal, Session } from '../core/access.ts'
import type { AuditAct, AuditEntry } from '../core/history.ts'
import type { Clock } from '../core/ports.ts'
import type { SharedRows } from '../core/shared-rows.ts'
import { AccountBook, foldName } from './account-book.ts'
import { AccountDesk, tenantsOf } from './account-desk.ts'
import { Attempts, type Counted } from './attempts.ts'
import { OutsideAccounts, type OutsidePerson, outsideId } from './oidc/outside-accounts.ts'
import { weakness } from './password.ts'
import { type OutsideTie, SessionBook, type SessionLife } from './session-book.ts'
import { SetUpOffers } from './set-up-offers.ts'

const setUpTries = [{ key: 'set-up', free: 5 }]

export interface AccessParts {
  readonly rows: SharedRows
  /** Of several hubs: where wrong tries are counted together. */
  readonly attempts?: SharedRows
  /** Name of this hub among several. */
  readonly node?: string
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
  readonly #note: NonNullable<AccessParts['note']>
  readonly #accounts: AccountBook
  readonly #sessions: SessionBook
  readonly #outside: OutsideAccounts
  readonly #hasProviders: boolean
  readonly #attempts: Attempts
  readonly #offers: SetUpOffers
  readonly #rows: SharedRows

  constructor(parts: AccessParts) {
    const { rows, clock, life, outside = new Set(), note = async () => {} } = parts
    this.#rows = rows
    this.#accounts = new AccountBook(rows, clock)
    this.#sessions = new SessionBook(rows, clock, life)
    this.#outside = new OutsideAccounts(rows, clock, outside)
    this.#attempts = new Attempts(clock, parts.attempts)
    this.#offers = new SetUpOffers(rows, clock, parts.node ?? '')
    this.#hasProviders = outside.size > 0
    this.#note = note
    const [accounts, sessions, attempts] = [this.#accounts, this.#sessions, this.#attempts]
    this.accounts = new AccountDesk({
      ...{ rows, accounts, sessions, attempts, clock, note },
      outside: this.#outside,
    })
  }

  watchEnds(listener: (account: string) => void): void {
    this.#sessions.watchEnds(listener)
  }

  async load(): Promise<void> {
    this.#rows.watch(() => this.#read())
    await this.#attempts.load()
    await this.#rows.turn(async () => {
      await this.#read()
      await this.#sessions.sweep()
      await this.#outside.sweep(this.#sessions.accounts())
    })
  }

  async #read(): Promise<void> {
    await this.#accounts.load()
    // Whom a session names has to be known before it.
    await this.#outside.load()
    await this.#sessions.load()
    await this.#offers.load()
  }

  get isSetUp(): boolean {
    return this.hasPasswords || this.#hasProviders
  }

  get hasPasswords(): boolean {
    return this.#accounts.size > 0
  }

  /** A new code for the first account; the one that this hub offered before is void. For the console only. */
  offerSetUp(): Promise<string> {
    return this.#rows.turn(() => this.#offers.offer())
  }

  async setUp({
    code,
    name,
    displayName,
    password,
  }: Parameters<AccessPort['setUp']>[0]): Promise<OpenedSession | Refusal> {
    const waiting = await this.#attempts.judge(setUpTries)
    if (waiting) return waiting
    const done = await this.#rows.turn(async () => {
      if (this.hasPasswords) return { refused: 'This hub is set up already. Sign in.' }
      if (!this.#offers.has(code)) return undefined
      const weak = weakness(password, name)
      if (weak !== undefined) return { refused: weak }
      // First, so that of requests at once only one is let in.
      await this.#offers.end()
      const wish = { name, displayName, password, grants: [{ role: 'operator' }] } as const
      const account = await this.#accounts.add(wish)
      if (!account) return { refused: 'This name is taken.' }
      return this.#begin(account, 'by the set-up link')
    })
    if (done) return done
    await this.#attempts.begin(setUpTries)
    return {
      refused: 'This set-up link is not valid any more. Restart the hub: its console shows a new one.',
    }
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
    const waiting = await this.#attempts.begin(counted)
    if (waiting) return waiting
    const checked = await this.#accounts.check(name, password)
    const opened =
      checked &&
      (await this.#rows.turn(async () => (checked.holds() ? this.#begin(checked.account, '') : undefined)))
    if (!opened) {
      await this.#noteRefused(name, counted)
      return { refused: 'Name or password is wrong.' }
    }
    await this.#attempts.succeeded(counted)
    return opened
  }

  async find(key: string): Promise<(Session & { readonly renewed?: string }) | undefined> {
    const found = await this.#sessions.find(key)
    const account = found && this.#accountOf(found.account)
    if (!account) return undefined
    const { id, since, until, renewed } = found
    const hasPassword = this.#accounts.get(account.id) !== undefined
    return { account, id, since, until, hasPassword, ...(renewed !== undefined && { renewed }) }
  }

  lasts(session: string): boolean {
    return this.#sessions.lasts(session)
  }

  async signOut(key: string): Promise<void> {
    const owner = this.#sessions.ownerOf(key)
    const account = owner === undefined ? undefined : this.#accountOf(owner)
    if (account) await this.#noteSession('session.end', account, 'signed out')
    await this.#rows.turn(() => this.#sessions.close(key))
  }

  #accountOf(id: string): Account | undefined {
    return this.#accounts.get(id) ?? this.#outside.get(id)
  }

  /** A session for somebody whom a provider has just vouched for. */
  async admit(person: OutsidePerson, tie: OutsideTie): Promise<OpenedSession> {
    return this.#rows.turn(async () => {
      const account = await this.#outside.put(person, tie.provider)
      await this.#noteSession('session.begin', account, `by ${tie.provider}`)
      return this.#open(account, tie)
    })
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
    const ended = await this.#rows.turn(() => this.#sessions.closeOutside(provider, { sid, account }))
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
    const wait = await this.#attempts.judge(counted)
    if (!wait) return
    const account = this.#accounts.named(name)
    const who = account?.name ?? 'nobody'
    const detail = `too many wrong passwords; the next after ${Math.ceil((wait.retryAfterMs ?? 0) / 1000)} s`
    for (const tenant of tenantsOf(account?.grants ?? []))
      await this.#note({ tenant, who, what: 'session.refuse', about: who, detail })
  }
}
