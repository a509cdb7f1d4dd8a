import { createHash, timingSafeEqual } from 'node:crypto'
import { HttpProblem } from './problem.ts'

export type Scope = 'read' | 'signal' | 'ring' | 'admin'

export interface ApiToken {
  /** Appears in the log; the token itself never does. */
  readonly name: string
  readonly token: string
  readonly scopes: readonly Scope[]
  /** Group of viewers from whom people may be hidden. */
  readonly viewer?: string
}

/** Who is asking. Without any token configured everyone on this machine may do everything. */
export interface Caller {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly viewer?: string
}

export const localCaller: Caller = { name: 'local', scopes: ['admin'] }

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}

/**
 * Reads `Authorization: Bearer ...` (RFC 6750). Every token is compared, each in constant time on digests of equal
 * length, so that the time taken tells neither which token was near nor how near.
 * @throws HttpProblem 401 without a token or with one that is not known.
 */
export function createAuthenticate(tokens: readonly ApiToken[]): (header: string | undefined) => Caller {
  const known = tokens.map((token) => ({ token, digest: digest(token.token) }))
  if (known.length === 0) return () => localCaller
  return (header) => {
    const [, presented] = /^Bearer +([\x21-\x7e]+) *$/i.exec(header ?? '') ?? []
    if (presented === undefined) {
      throw new HttpProblem(401, 'Send a token with the header Authorization: Bearer ....', {
        headers: { 'www-authenticate': 'Bearer realm="hookswitch"' },
      })
    }
    const offered = digest(presented)
    let caller: Caller | undefined
    for (const one of known) {
      if (timingSafeEqual(one.digest, offered)) caller = one.token
    }
    if (caller) return caller
    throw new HttpProblem(
      401,
      'This token is not known here. Compare it with http.tokens of the configuration.',
      {
        headers: { 'www-authenticate': 'Bearer realm="hookswitch", error="invalid_token"' },
      },
    )
  }
}

/** @throws HttpProblem 403 where the caller's token has not the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes('admin') || caller.scopes.includes(scope)) return
  // Who may read everything learns nothing more by asking whether one call shall ring.
  if (scope === 'ring' && caller.scopes.includes('read')) return
  throw new HttpProblem(403, `The token "${caller.name}" has not the scope ${scope}, which this needs.`, {
    headers: {
      'www-authenticate': `Bearer realm="hookswitch", error="insufficient_scope", scope="${scope}"`,
    },
  })
}
