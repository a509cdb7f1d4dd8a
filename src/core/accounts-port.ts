import type { Account, Grant, OpenedSession, Refusal } from './access.ts'

/** An account as whoever looks after accounts sees it. */
export interface AccountView extends Account {
  /** Signs in with a password; false until one was chosen. */
  readonly hasPassword: boolean
  /** Until when the link for choosing a password works, wall clock, milliseconds; absent where there is none. */
  readonly linkUntil?: number
  /** Id of the provider at which they sign in; its rules say what they may do, and nothing of them is changed here. */
  readonly provider?: string
}

/** Leads to where a password is chosen, once. */
export interface PasswordLink {
  /** Secret; told to who asked for the link and kept nowhere. */
  readonly code: string
  /** Wall clock, milliseconds. */
  readonly until: number
}

/** Who does something with accounts, for the audit log. */
export interface Actor {
  readonly who: string
  /** Whether they look after an account as it is at this moment; every account where left out. Others are none to them. */
  looksAfter?(account: Account): boolean
}

/** An account that is to be. */
export interface AccountWish {
  readonly name: string
  readonly displayName: string
  readonly grants: readonly Grant[]
}

/** Accounts, those of people who signed in at a provider too, as far as they are known here. What is done is in the audit log first. */
export interface AccountsPort {
  /** By name. */
  list(): readonly AccountView[]
  get(id: string): AccountView | undefined
  create(
    wish: AccountWish,
    by: Actor,
  ): Promise<{ readonly account: AccountView; readonly link: PasswordLink } | Refusal>
  /** Other rights end all sessions of the account. Undefined where there is no such account, here and below. */
  change(
    id: string,
    wish: Partial<Omit<AccountWish, 'name'>>,
    by: Actor,
  ): Promise<AccountView | Refusal | undefined>
  remove(id: string, by: Actor): Promise<AccountView | Refusal | undefined>
  /** A new link; the one before it is void. The password that there is stays until another is chosen. */
  link(id: string, by: Actor): Promise<PasswordLink | Refusal | undefined>
  endSessions(id: string, by: Actor): Promise<AccountView | undefined>
  /** Chooses a password by the code of a link; ends all other sessions. */
  choosePassword(wish: {
    readonly code: string
    readonly password: string
    readonly from: string
  }): Promise<OpenedSession | Refusal>
  /** Ends all other sessions. */
  changePassword(
    id: string,
    wish: { readonly current: string; readonly password: string },
    by: Actor,
  ): Promise<OpenedSession | Refusal>
}
