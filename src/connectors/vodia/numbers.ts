import type { Party } from '../../core/observation.ts'

/** What tells an inside number from an outside one in a tenant. */
export interface Numbering {
  readonly domain: string
  /** Numbers and aliases of every account: extensions, queues, ring groups, auto attendants ... */
  readonly accounts: ReadonlySet<string>
  /** The tenant's star codes as they are dialled. */
  readonly starCodes: ReadonlySet<string>
  readonly outsideDigits: number
}

/** A number or address as it stands in a call, without display name and scheme. */
export interface Dialled {
  readonly user: string
  readonly host: string | undefined
}

/** Reads `1001`, `1001@example.com`, `sip:+1425...@trunk;user=phone`, `"Anna" <sip:1001@example.com>`. */
export function readDialled(text: string): Dialled {
  const inner = /<([^>]*)>/.exec(text)?.[1] ?? text
  const plain = inner.trim().replace(/^(sips?|tel):/i, '')
  const [user = '', host] = plain.split(/[;?]/)[0]!.split('@')
  return { user: user.trim(), host: host?.replace(/:\d+$/, '').toLowerCase() }
}

/** Words in the place of a number that only a call from outside has. */
const withheld = /^(anonymous|private|withheld|restricted|unavailable)$/i

export function isFeatureCode({ user }: Dialled, { starCodes }: Pick<Numbering, 'starCodes'>): boolean {
  return /^[*#]/.test(user) || starCodes.has(user)
}

/**
 * Whose number this is. The PBX does not say (its pages name no such field): an account of the tenant is internal, as
 * many digits as an outside number has are external, and what is neither, a short number that is no account, stays
 * unknown.
 */
export function partyOf(dialled: Dialled, numbering: Numbering): Party {
  const { user, host } = dialled
  if (user === '') return 'unknown'
  if (isFeatureCode(dialled, numbering)) return 'internal'
  const here = host === undefined || host === numbering.domain || host === 'localhost'
  if (numbering.accounts.has(user)) return here ? 'internal' : 'unknown'
  if (withheld.test(user) || user.startsWith('+')) return 'external'
  const digits = user.replace(/[\s().-]/g, '')
  if (/^\d+$/.test(digits)) return digits.length >= numbering.outsideDigits ? 'external' : 'unknown'
  return here ? 'unknown' : 'external'
}
