import type { Grant, Refusal } from '../../core/access.ts'
import { type FindPerson, type GrantRule, grantOf, type ProviderSettings } from './settings.ts'

/** Claims of the ID token, and of userinfo where they are missing there. */
export type Claims = Readonly<Record<string, unknown>>

/** `roles`, or `realm_access.roles` for one inside another. */
export function readClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((at, part) => {
    const inner = typeof at === 'object' && at !== null && Object.hasOwn(at, part)
    return inner ? (at as Claims)[part] : undefined
  }, claims)
}

function fits({ claim, value }: GrantRule, claims: Claims): boolean {
  if (claim === undefined || value === undefined) return true
  const found = readClaim(claims, claim)
  return [found]
    .flat()
    .some((one) => ['string', 'number', 'boolean'].includes(typeof one) && String(one) === value)
}

/**
 * Addresses that say whom of the people somebody is. Of Entra ID (claim `tid`) only the UPN of the tenant's own
 * members: the address of a guest (`acct`, `idp`) is its home tenant's word
 * (learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
 */
export function trustedAddresses(claims: Claims): readonly string[] {
  const { tid, iss, acct, idp } = claims
  const text = (name: string) => (typeof claims[name] === 'string' ? [String(claims[name])] : [])
  const isAddress = (one: string) => /^[^\s@#]+@[^\s@]+$/.test(one)
  if (typeof tid === 'string') {
    const isOwn = String(iss).toLowerCase().includes(`/${tid.toLowerCase()}/`)
    const isGuest = Number(acct) === 1 || (idp !== undefined && idp !== iss && !isHome(idp, tid))
    return isOwn && !isGuest ? [...text('preferred_username'), ...text('upn')].filter(isAddress) : []
  }
  const mail = claims.email_verified === false || claims.email_verified === 'false' ? [] : text('email')
  return [...text('upn'), ...mail].filter(isAddress)
}

/** Entra names the user's own tenant by its older issuer. */
function isHome(idp: unknown, tid: string): boolean {
  return String(idp).toLowerCase() === `https://sts.windows.net/${tid.toLowerCase()}/`
}

/** What the rules give; refused in words that say which claim to set where they give nothing. */
export function judge(
  claims: Claims,
  settings: ProviderSettings,
  findPerson: FindPerson,
): readonly Grant[] | Refusal {
  const { title, grants: rules, trustMail } = settings
  const addresses = trustMail ? trustedAddresses(claims) : []
  const person = (tenant: string) => {
    for (const address of addresses) {
      const found = findPerson(tenant, address.toLowerCase())
      if (found !== undefined) return found
    }
    return undefined
  }
  const fitting = rules.filter((rule) => fits(rule, claims))
  const grants = fitting.flatMap((rule) => grantOf(rule, person) ?? [])
  if (grants.length > 0) return grants
  const who = `${title} knows you as ${nameOf(claims).name}, but`
  const member = fitting[0]
  if (member) {
    const known =
      addresses.length > 0
        ? `nobody of the people of ${member.tenant} has the address ${addresses.join(' or ')}`
        : 'told no address that says whom of the people you are'
    return { refused: `${who} ${known}. An administrator of the hub can add you.` }
  }
  const wanted = [...new Set(rules.map(({ claim, value }) => `${claim} = ${value}`))]
  const more = wanted.length > shown ? ` or ${wanted.length - shown} more` : ''
  // Entra leaves the list out of the token where it is long, and says where it could be asked for.
  const names = readClaim(claims, '_claim_names')
  const overage = typeof names === 'object' && names !== null && 'groups' in names
  const groups = overage ? ' You are in too many groups for the token: use app roles there.' : ''
  return {
    refused: `${who} gave none of the claims that let somebody in here: ${wanted.slice(0, shown).join(', ')}${more}. Whoever administers ${title} can set one.${groups}`,
  }
}

const shown = 5

/** What to call somebody: by the name they sign in with, and for people to read. */
export function nameOf(claims: Claims): { readonly name: string; readonly displayName: string } {
  const first = (...names: string[]) =>
    names.map((one) => claims[one]).find((one) => typeof one === 'string' && one.trim() !== '')
  const name = tidy(first('preferred_username', 'upn', 'email', 'sub') ?? '')
  return { name, displayName: tidy(first('name', 'preferred_username', 'email', 'sub') ?? '') }
}

/** On one line, and not endless: it is shown and logged. */
function tidy(value: unknown): string {
  return String(value)
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
    .slice(0, 200)
}
