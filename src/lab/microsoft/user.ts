import { createHash } from 'node:crypto'

/** A user as Entra's directory holds it; names are Graph's. */
export interface User {
  /** Entra object id. */
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName: string
  readonly mail: string | null
  readonly otherMails: readonly string[]
  readonly proxyAddresses: readonly string[]
  readonly userType: 'Member' | 'Guest'
  readonly accountEnabled: boolean
  /** Whether the user may use Teams; without it Graph has no presence of them. */
  readonly teams: boolean
  /** May consent for the whole organisation. */
  readonly globalAdmin: boolean
}

/** What has to be said of a user; the rest follows from the UPN. */
export type NewUser = { readonly userPrincipalName: string } & {
  readonly [K in keyof User]?: User[K] | undefined
}

const none: readonly string[] = Object.freeze([])

/** A GUID that is always the same for the same text. */
export function stableGuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export function isGuid(text: string): boolean {
  return guid.test(text)
}

export function makeUser(tenant: string, given: NewUser): User {
  const { userPrincipalName } = given
  const [local = userPrincipalName] = userPrincipalName.split('@')
  return {
    id: given.id ?? stableGuid(`${tenant}/${userPrincipalName.toLowerCase()}`),
    displayName: given.displayName ?? local,
    userPrincipalName,
    mail: given.mail === undefined ? userPrincipalName : given.mail,
    otherMails: given.otherMails ?? none,
    proxyAddresses: given.proxyAddresses ?? none,
    userType: given.userType ?? (userPrincipalName.includes('#EXT#') ? 'Guest' : 'Member'),
    accountEnabled: given.accountEnabled ?? true,
    teams: given.teams ?? true,
    globalAdmin: given.globalAdmin ?? false,
  }
}

/** Many users for measurements: `user00001@domain` and so on. */
export function* generateUsers(count: number, domain: string): Generator<NewUser> {
  const digits = String(count).length
  for (let number = 1; number <= count; number += 1) {
    const name = `user${String(number).padStart(digits, '0')}`
    yield { userPrincipalName: `${name}@${domain}`, displayName: `User ${number}` }
  }
}
