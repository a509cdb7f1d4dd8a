import { createHash, randomBytes } from 'node:crypto'
import type { Account, Grant, OpenedSession, Refusal } from '../core/access.ts'
import type { AccountsPort, AccountView, AccountWish, Actor, PasswordLink } from '../core/accounts-port.ts'
import type { AuditAct, AuditEntry } from '../core/history.ts'
import type { Clock } from '../core/ports.ts'
import type { SharedRows } from '../core/shared-rows.ts'
import type { AccountBook } from './account-book.ts'
import type { Attempts } from './attempts.ts'
import type { OutsideAccounts } from './oidc/outside-accounts.ts'
import { hashPassword, weakness } from './password.ts'
import type { SessionBook } from './session-book.ts'

/** How long a link for choosing a password works, milliseconds: over a weekend. */
const linkMs = 3 * 24 * 60 * 60_000

const lastOperator = {
  refused:
    'This is the last operator who can sign in. Make somebody else one first, who has chosen a password.',
}

export interface AccountDeskParts {
  readonly accounts: AccountBook
  readonly sessions: SessionBook
  readonly outside: Pick<OutsideAccounts, 'list' | 'view'>
  readonly attempts: Attempts
  readonly rows: SharedRows
  readonly clock: Clock
  readonly note: (entry: AuditEntry) => Promise<void>
}

/** Which account, and who wants something done with it. */
interface Asked {
  readonly id: string
  readonly by: Actor
}

/** Looks after accounts, one act after another: what an act has checked still holds when it is done. */
export class AccountDesk implements AccountsPort {
  readonly #parts: AccountDeskParts
  #last: Promise<unknown> = Promise.resolve()

  constructor(parts: AccountDeskParts) {
    this.#parts = parts
  }

  list(): readonly AccountView[] {
    const own = this.#parts.accounts.list().flatMap(({ id }) => this.#parts.accounts.view(id) ?? [])
    return [...own, ...this.#parts.outside.list()]
  }

  get(id: string): AccountView | undefined {
    return this.#parts.accounts.view(id) ?? this.#parts.outside.view(id)
  }

  create(wish: AccountWish, by: Actor) {
    const { accounts } = this.#parts
    return this.#inTurn(async () => {
      if (accounts.size === 0) return { refused: 'The first account is made with the set-up link.' }
      if (accounts.has(wish.name)) return { refused: 'This name is taken.' }
      const grants = tidy(wish.grants)
      const detail = `${wish.name}, ${describe(grants)}`
      await this.#note('account.create', { about: wish.name, grants, detail, by })
      const made = await accounts.add({ ...wish, grants })
      if (!made) return { refused: 'This name is taken.' }
      const link = await this.#newLink(made.id)
      return { account: this.get(made.id)!, link }
    })
  }

  change(id: string, { displayName, grants: wanted }: Partial<Omit<AccountWish, 'name'>>, by: Actor) {
    return this.#withOwn({ id, by }, async (account) => {
      const { accounts, sessions } = this.#parts
      const grants = wanted && tidy(wanted)
      if (grants && !isOperator(grants) && this.#isLastOperator(account)) return lastOperator
      const told = [...account.grants, ...(grants ?? [])]
      const detail = `${account.name}, ${grants ? describe(grants) : 'display name'}`
      await this.#note('account.change', { about: account.name, grants: told, detail, by })
      await accounts.change(id, {
        ...(displayName !== undefined && { displayName }),
        // Who was given the link may be somebody who could not give these rights.
        ...(grants && { grants, link: 'void' as const }),
      })
      if (grants) await sessions.closeAll(id)
      return this.get(id)
    })
  }

  remove(id: string, by: Actor) {
    return this.#withOwn({ id, by }, async (account) => {
      if (this.#isLastOperator(account)) return lastOperator
      await this.#noteOf('account.delete', account, by)
      await this.#parts.accounts.remove(id)
      await this.#parts.sessions.closeAll(id)
      return account
    })
  }

  link(id: string, by: Actor): Promise<PasswordLink | Refusal | undefined> {
    return this.#withOwn({ id, by }, async (account) => {
      await this.#noteOf('account.link', account, by)
      return this.#newLink(id)
    })
  }

  endSessions(id: string, by: Actor) {
    return this.#withAccount({ id, by }, async (account) => {
      await this.#noteOf('session.end', account, by)
      await this.#parts.sessions.closeAll(id)
      return account
    })
  }

  async choosePassword(
    wish: Parameters<AccountsPort['choosePassword']>[0],
  ): Promise<OpenedSession | Refusal> {
    const { code, password, from } = wish
    const { accounts, attempts } = this.#parts
    const counted = [{ key: `link from ${from}`, free: 20 }]
    const waiting = await attempts.judge(counted)
    if (waiting) return waiting
    const account = await this.#inTurn(async () => accounts.findLink(hashOf(code)))
    if (!account) {
      await attempts.begin(counted)
      return { refused: 'This link is not valid any more. Ask for a new one.' }
    }
    const weak = weakness(password, account.name)
    if (weak !== undefined) return { refused: weak }
    return this.#setPassword(account, { password, code, by: { who: account.name } })
  }

  async changePassword(
    id: string,
    { current, password }: { readonly current: string; readonly password: string },
    by: Actor,
  ): Promise<OpenedSession | Refusal> {
    const { accounts, attempts } = this.#parts
    const account = accounts.get(id)
    if (!account) return { refused: 'This account has no password here. Change it where you sign in.' }
    const counted = [{ key: `password of ${id}`, free: 5 }]
    const waiting = await attempts.begin(counted)
    if (waiting) return waiting
    const checked = await accounts.check(account.name, current)
    const isRight = checked !== undefined && (await this.#inTurn(async () => checked.holds()))
    if (!isRight) return { refused: 'The present password is wrong.' }
    await attempts.succeeded(counted)
    const weak = weakness(password, account.name)
    if (weak !== undefined) return { refused: weak }
    return this.#setPassword(account, { password, by })
  }

  async #setPassword(
    account: Account,
    { password, code, by }: { readonly password: string; readonly code?: string; readonly by: Actor },
  ): Promise<OpenedSession | Refusal> {
    const { accounts, sessions } = this.#parts
    const hash = await hashPassword(password)
    return this.#inTurn(async () => {
      const isVoid = code === undefined ? !this.get(account.id) : !accounts.findLink(hashOf(code))
      if (isVoid) return { refused: 'This link is not valid any more. Ask for a new one.' }
      await this.#noteOf('account.password', account, by)
      await accounts.change(account.id, { password: hash, link: 'void' })
      await sessions.closeAll(account.id)
      const { key, since, until } = await sessions.open(account.id)
      return { account, key, since, until }
    })
  }

  async #newLink(id: string): Promise<PasswordLink> {
    const code = randomBytes(24).toString('base64url')
    const until = Math.round(this.#parts.clock.wall()) + linkMs
    await this.#parts.accounts.change(id, { link: { hash: hashOf(code), until } })
    return { code, until }
  }

  #isLastOperator({ id, grants, hasPassword }: AccountView): boolean {
    return hasPassword && isOperator(grants) && !this.#parts.accounts.hasOtherOperator(id)
  }

  #withAccount<Answer>(
    { id, by }: Asked,
    act: (account: AccountView) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    return this.#inTurn(async () => {
      const account = this.get(id)
      return account && (by.looksAfter?.(account) ?? true) ? act(account) : undefined
    })
  }

  /** Of somebody who signs in at a provider nothing is kept that could be changed. */
  #withOwn<Answer>(
    asked: Asked,
    act: (account: AccountView) => Promise<Answer>,
  ): Promise<Answer | Refusal | undefined> {
    return this.#withAccount<Answer | Refusal>(asked, async (account) => {
      if (account.provider === undefined) return act(account)
      return {
        refused: `${account.name} signs in at the provider ${account.provider}: its rules (signIn.providers) say what they may do. Here they can be signed out.`,
      }
    })
  }

  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#last.then(() => this.#parts.rows.turn(act))
    this.#last = turn.catch(() => {})
    return turn
  }

  #noteOf(what: AuditAct, { name, grants }: Account, by: Actor): Promise<void> {
    return this.#note(what, { about: name, grants, detail: name, by })
  }

  /** In the log of every tenant that it concerns; without a tenant for an operator. */
  async #note(
    what: AuditAct,
    of: {
      readonly about: string
      readonly grants: readonly Grant[]
      readonly detail: string
      readonly by: Actor
    },
  ): Promise<void> {
    const { about, grants, detail, by } = of
    for (const tenant of tenantsOf(grants)) {
      await this.#parts.note({ tenant, who: by.who, what, about, detail })
    }
  }
}

/** Whose audit log tells of an account; the empty word stands for the hub. */
export function tenantsOf(grants: readonly Grant[]): ReadonlySet<string> {
  const found = grants.map((grant) => (grant.role === 'operator' ? '' : grant.tenant))
  return new Set(found.length > 0 ? found : [''])
}

function isOperator(grants: readonly Grant[]): boolean {
  return grants.some(({ role }) => role === 'operator')
}

/** Ids of people are in lower case. */
function tidy(grants: readonly Grant[]): readonly Grant[] {
  return grants.map((grant) =>
    grant.role === 'member' ? { ...grant, person: grant.person.toLowerCase() } : grant,
  )
}

function describe(grants: readonly Grant[]): string {
  const words = grants.map((grant) => {
    if (grant.role === 'operator') return 'operator'
    const of = grant.role === 'supervisor' && grant.groups ? ` (${grant.groups.join(', ')})` : ''
    return `${grant.role} of ${grant.role === 'member' ? `${grant.person} in ` : ''}${grant.tenant}${of}`
  })
  return words.length > 0 ? words.join(', ') : 'no rights'
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
