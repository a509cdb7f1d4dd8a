import { createHash, timingSafeEqual } from 'node:crypto'
import type { IssuedToken } from '../core/token-port.ts'
import { HttpProblem } from './problem.ts'

export type Scope = 'read' | 'signal' | 'ring' | 'admin'

export interface ApiToken {
  /** Appears in the log; the token itself never does. */
  readonly name: string
  readonly token: string
  readonly scopes: readonly Scope[]
  /** Group of viewers from whom people may be hidden. */
  readonly viewer?: string
  /** Ids of the tenants that it reaches; all where left out. */
  readonly tenants?: readonly string[]
}

/** A tenant, or some people of it, and what a caller may do there. */
export interface Stretch {
  readonly tenant: string
  readonly scopes: readonly Scope[]
  /** Left out, the tenant itself is reached with all that is in it. */
  readonly only?: 'people' | { readonly groups: readonly string[] } | { readonly person: string }
}

/** Who is asking. Without any token configured everyone on this machine may do everything. */
export interface Caller {
  readonly name: string
  /** Without `reach` they hold everywhere. */
  readonly scopes: readonly Scope[]
  readonly viewer?: string
  /** Where the caller may do anything at all; everywhere where left out. */
  readonly reach?: readonly Stretch[]
  /** Id of a token that was made in the portal. */
  readonly token?: string
  /** Of somebody who signed in. */
  readonly account?: { readonly id: string; readonly session?: string }
  /** When the session or the token ends, wall clock in milliseconds; for good where left out. */
  readonly until?: number
}

/** What somebody needs for an operation. */
export interface Need {
  readonly scope: Scope
  /** What the operation concerns: people, or a tenant as a whole. Left out: the whole hub. */
  readonly about?: 'people' | 'tenant' | undefined
  /** Whoever it is about may do it, too. */
  readonly self?: true | undefined
}

export const localCaller: Caller = { name: 'local', scopes: ['admin'] }

function callerOf({ name, scopes, viewer, tenants }: ApiToken): Caller {
  return {
    ...{ name, scopes },
    ...(viewer !== undefined && { viewer }),
    ...(tenants && { reach: tenants.map((tenant) => ({ tenant, scopes })) }),
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

/** What follows `Bearer` in the header (RFC 6750); undefined where there is nothing. */
export function readBearer(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1]
}

/**
 * Reads `Authorization: Bearer ...` (RFC 6750). Every token is compared, each in constant time on digests of equal
 * length, so that the time taken tells neither which token was near nor how near.
 * @throws HttpProblem 401 without a token or with one that is not known.
 */
export function createAuthenticate(tokens: readonly ApiToken[]): (header: string | undefined) => Caller {
  const known = tokens.map((token) => ({ caller: callerOf(token), digest: digest(token.token) }))
  if (known.length === 0) return () => localCaller
  return (header) => {
    const presented = readBearer(header)
    if (presented === undefined) {
      throw new HttpProblem(401, 'Send a token with the header Authorization: Bearer ....', {
        headers: { 'www-authenticate': 'Bearer realm="hookswitch"' },
      })
    }
    const offered = digest(presented)
    let caller: Caller | undefined
    for (const one of known) {
      if (timingSafeEqual(one.digest, offered)) caller = one.caller
    }
    if (caller) return caller
    throw new HttpProblem(
      401,
      'This token is not known here. Compare it with http.tokens of the configuration; one that was made in the portal may be revoked or expired.',
      {
        headers: { 'www-authenticate': 'Bearer realm="hookswitch", error="invalid_token"' },
      },
    )
  }
}

function holds(scopes: readonly Scope[], scope: Scope): boolean {
  if (scopes.includes('admin') || scopes.includes(scope)) return true
  // Who may read everything learns nothing more by asking whether one call shall ring.
  return scope === 'ring' && scopes.includes('read')
}

function allows({ only, scopes }: Stretch, { scope, about, self }: Need): boolean {
  if (about === undefined || (about === 'tenant' && only !== undefined)) return false
  return holds(scopes, scope) || (self === true && typeof only === 'object' && 'person' in only)
}

/** The caller of a token that was made in the portal. */
export function callerOfIssued({ id, name, scopes, tenants, expiresAt }: IssuedToken): Caller {
  const caller = callerOf({ name, scopes, token: '', ...(tenants && { tenants }) })
  return { ...caller, token: id, ...(expiresAt !== undefined && { until: expiresAt }) }
}

/** Where the caller may do what needs this; undefined stands for everywhere, an empty list for nowhere. */
export function stretchesFor(caller: Caller, need: Need): readonly Stretch[] | undefined {
  if (caller.reach) return caller.reach.filter((stretch) => allows(stretch, need))
  return holds(caller.scopes, need.scope) ? undefined : []
}

/** @throws HttpProblem 403 where the caller is no person who signed in. */
export function requireAccount(caller: Caller): void {
  if (caller.account) return
  throw new HttpProblem(403, 'This is for people who signed in.')
}

/** @throws HttpProblem 403 where the caller may do this nowhere. */
export function requireScope(caller: Caller, need: Need): void {
  if (stretchesFor(caller, need)?.length !== 0) return
  if (caller.account) throw new HttpProblem(403, `The account "${caller.name}" may not do this.`)
  const { scope } = need
  const lacks = caller.reach
    ? `reaches only some tenants, or has not the scope ${scope}`
    : `has not the scope ${scope}, which this needs`
  throw new HttpProblem(403, `The token "${caller.name}" ${lacks}.`, {
    headers: {
      'www-authenticate': `Bearer realm="hookswitch", error="insufficient_scope", scope="${scope}"`,
    },
  })
}
