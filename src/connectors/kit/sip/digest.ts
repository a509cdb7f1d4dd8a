import { createHash, randomBytes } from 'node:crypto'
import { parseChallenge, splitList } from './header-values.ts'
import { headerLines, type SipResponse } from './message.ts'

export interface Challenge {
  readonly proxy: boolean
  readonly realm: string
  readonly nonce: string
  readonly opaque: string | undefined
  readonly algorithm: string
  readonly hash: 'md5' | 'sha256'
  /** True when the server offers quality of protection `auth`; false for the older form without. */
  readonly qop: boolean
  /** The credentials were right, only the nonce was too old. */
  readonly stale: boolean
}

const hashes: Readonly<Record<string, 'md5' | 'sha256'>> = { MD5: 'md5', 'SHA-256': 'sha256' }

/**
 * The first challenge of a 401 or 407 that can be answered (RFC 3261 section 22, RFC 8760); undefined when there is
 * none: another scheme, an unknown algorithm, or only `auth-int`.
 */
export function readChallenge(response: SipResponse): Challenge | undefined {
  const proxy = response.status === 407
  for (const line of headerLines(response, proxy ? 'proxy-authenticate' : 'www-authenticate')) {
    const { scheme, parameters } = parseChallenge(line)
    const algorithm = (parameters.get('algorithm') ?? 'MD5').toUpperCase()
    const hash = hashes[algorithm]
    const offered = parameters.get('qop')
    const qop = offered !== undefined && splitList(offered.toLowerCase()).includes('auth')
    const nonce = parameters.get('nonce')
    if (scheme !== 'digest' || !hash || nonce === undefined || (offered && !qop)) continue
    return {
      proxy,
      realm: parameters.get('realm') ?? '',
      nonce,
      opaque: parameters.get('opaque'),
      algorithm,
      hash,
      qop,
      stale: parameters.get('stale')?.toLowerCase() === 'true',
    }
  }
  return undefined
}

/** The answer to a challenge (RFC 2617 section 3.2.2): the value of Authorization or Proxy-Authorization. */
export function answerChallenge(
  challenge: Challenge,
  about: {
    readonly username: string
    readonly password: string
    readonly method: string
    readonly uri: string
    /** How often this nonce was used, this time included. */
    readonly count: number
    readonly cnonce?: string
  },
): string {
  const digest = (text: string) => createHash(challenge.hash).update(text).digest('hex')
  const secret = digest(`${about.username}:${challenge.realm}:${about.password}`)
  const subject = digest(`${about.method}:${about.uri}`)
  const nc = about.count.toString(16).padStart(8, '0')
  const cnonce = about.cnonce ?? randomBytes(8).toString('hex')
  const response = challenge.qop
    ? digest(`${secret}:${challenge.nonce}:${nc}:${cnonce}:auth:${subject}`)
    : digest(`${secret}:${challenge.nonce}:${subject}`)
  const parts = [
    `username=${quote(about.username)}`,
    `realm=${quote(challenge.realm)}`,
    `nonce=${quote(challenge.nonce)}`,
    `uri=${quote(about.uri)}`,
    `response="${response}"`,
    `algorithm=${challenge.algorithm}`,
  ]
  if (challenge.opaque !== undefined) parts.push(`opaque=${quote(challenge.opaque)}`)
  if (challenge.qop) parts.push('qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`)
  return `Digest ${parts.join(', ')}`
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
