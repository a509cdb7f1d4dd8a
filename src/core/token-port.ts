/** What a token that was made in the portal may do; `admin` is everything. */
export type TokenScope = 'read' | 'signal' | 'ring' | 'admin'

/** A token that was made here, without the secret itself. Times are wall clock, milliseconds. */
export interface IssuedToken {
  readonly id: string
  /** Appears in the log beside what the token was used for. */
  readonly name: string
  readonly scopes: readonly TokenScope[]
  /** Ids of the tenants that it reaches; all where left out. */
  readonly tenants?: readonly string[]
  readonly createdAt: number
  readonly createdBy: string
  /** It works until then; for good where left out. */
  readonly expiresAt?: number
}

/** A token that is to be. */
export interface TokenWish {
  readonly name: string
  readonly scopes: readonly TokenScope[]
  readonly tenants?: readonly string[] | undefined
  readonly expiresAt?: number | undefined
}

/** Tokens for programs that are made and revoked while the hub runs. What is done is in the audit log first. */
export interface TokenPort {
  /** The newest first. */
  list(): readonly IssuedToken[]
  /** `secret` is told this once, and kept nowhere: only its digest is. */
  issue(wish: TokenWish, who: string): Promise<{ readonly token: IssuedToken; readonly secret: string }>
  /** False where there is none of that id. */
  revoke(id: string, who: string): Promise<boolean>
  /** Whose secret this is; undefined for none, a revoked or an expired one. */
  find(secret: string): IssuedToken | undefined
  /** Told the id of each token that was revoked. */
  watchEnds(listener: (id: string) => void): void
}
