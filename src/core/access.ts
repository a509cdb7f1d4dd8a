/** Who signs in to the hub, and what they may do there. A person whose presence is kept is something else. */

/**
 * `operator` runs the hub for every tenant, `admin` a tenant, `supervisor` watches the board of groups of a tenant,
 * `member` is one person of a tenant and has a say about themselves only.
 */
export type Role = 'operator' | 'admin' | 'supervisor' | 'member'

/** A role, and where it holds. */
export type Grant =
  | { readonly role: 'operator' }
  | { readonly role: 'admin'; readonly tenant: string }
  /** Groups as people have them in the configuration; all of the tenant where left out. */
  | { readonly role: 'supervisor'; readonly tenant: string; readonly groups?: readonly string[] }
  /** `person` is the id: the UPN in lower case. */
  | { readonly role: 'member'; readonly tenant: string; readonly person: string }

/** Somebody who can sign in. */
export interface Account {
  /** Never used again for somebody else. */
  readonly id: string
  /** What they sign in with, in lower case: a mail address or a short name. */
  readonly name: string
  readonly displayName: string
  readonly grants: readonly Grant[]
  /** Wall clock, milliseconds. */
  readonly createdAt: number
}

/** A signed-in account. */
export interface Session {
  readonly account: Account
  /** Wall clock, milliseconds: when it began, and when it ends whatever happens. */
  readonly since: number
  readonly until: number
  /** The same for all its keys, which cannot be made of it. */
  readonly id?: string
  /** The account has a password here, which its owner can change. */
  readonly hasPassword?: boolean
}

/** A session with what the browser is to keep. */
export interface OpenedSession extends Session {
  /** Secret; sent with every request. */
  readonly key: string
}

/** Why nobody is signed in; in words for who asked. */
export interface Refusal {
  readonly refused: string
  /** How long to wait before the next try, milliseconds. */
  readonly retryAfterMs?: number
}

/** What the API needs to know of accounts and sessions. */
export interface AccessPort {
  /** Told the id of an account when sessions of it are ended: by signing out, by other rights, by another password. */
  watchEnds?(listener: (account: string) => void): void
  /** Whether anybody can sign in: until then the hub is open to this machine, or to the set-up link. */
  readonly isSetUp: boolean
  /** Whether anybody has a password; without one there are providers at most. */
  readonly hasPasswords: boolean
  /** Creates the first account, an operator; the code is of the link that the console showed, and works once. */
  setUp(wish: {
    readonly code: string
    readonly name: string
    readonly displayName: string
    readonly password: string
  }): Promise<OpenedSession | Refusal>
  /** `from` is the caller's network address: too many wrong passwords are slowed down by it, and by name. */
  signIn(wish: {
    readonly name: string
    readonly password: string
    readonly from: string
  }): Promise<OpenedSession | Refusal>
  /** Undefined where the key is of no session any more. `renewed` is a new key in the place of an old one. */
  find(key: string): Promise<(Session & { readonly renewed?: string }) | undefined>
  signOut(key: string): Promise<void>
  /** Whether the session of this id still lasts, without counting as a use. */
  lasts?(session: string): boolean
}
