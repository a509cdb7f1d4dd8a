import type { Switches } from '../switches.ts'
import { GraphRefusal } from './graph-error.ts'
import { matches, readFilter } from './odata.ts'
import { may } from './permissions.ts'
import type { Person } from './person.ts'
import type { Tenant } from './tenant.ts'
import type { Grant } from './tokens.ts'
import { isGuid, type User } from './user.ts'

/** Properties that User.ReadBasic.All may see. */
const basic = ['id', 'displayName', 'userPrincipalName', 'mail'] as const
const whole = [...basic, 'otherMails', 'proxyAddresses', 'userType', 'accountEnabled'] as const
type Property = (typeof whole)[number]

/** A user without `$select` comes with these (learn.microsoft.com/graph/api/user-list). */
const byDefault: readonly Property[] = basic

export interface UserQuery {
  readonly tenant: Tenant
  readonly grant: Grant
  readonly switches: Pick<Switches, 'hiddenProperties'>
  readonly parameters: URLSearchParams
}

function selected({ parameters, grant, switches }: UserQuery): readonly Property[] {
  const given = parameters.get('$select')
  if (given === null || given === '') return byDefault
  const names = given.split(',').map((name) => name.trim().toLowerCase())
  const known = names.map((name) => {
    const found = whole.find((property) => property.toLowerCase() === name)
    if (found) return found
    throw new GraphRefusal(
      400,
      'BadRequest',
      `Parsing OData Select and Expand failed: no property '${name}'.`,
    )
  })
  const seen = may(grant, 'readWholeUsers')
    ? known
    : known.filter((name) => basic.some((one) => one === name))
  if (seen.length < known.length && switches.hiddenProperties === 'refused') {
    const message =
      'Insufficient privileges to complete the operation: User.ReadBasic.All sees basic properties only.'
    throw new GraphRefusal(403, 'Authorization_RequestDenied', message)
  }
  return ['id', ...seen.filter((name) => name !== 'id')]
}

function pick(user: User, properties: readonly Property[]): Record<string, unknown> {
  return Object.fromEntries(properties.map((property) => [property, user[property]]))
}

function pageSize(parameters: URLSearchParams): number {
  const given = parameters.get('$top')
  if (given === null) return 100
  const top = Number(given)
  if (Number.isInteger(top) && top >= 1 && top <= 999) return top
  throw new GraphRefusal(400, 'Request_UnsupportedQuery', `Invalid page size specified: '${given}'.`)
}

const understood = new Set(['$select', '$top', '$filter', '$skiptoken', '$count'])

/** One page of `GET /users`. `self`: the URL asked, for the next link. Throws GraphRefusal. */
export function userPage(query: UserQuery, self: string): Record<string, unknown> {
  const { parameters, tenant } = query
  for (const name of parameters.keys()) {
    if (name.startsWith('$') && !understood.has(name)) {
      throw new GraphRefusal(400, 'Request_UnsupportedQuery', `The lab does not support ${name} on users.`)
    }
  }
  const properties = selected(query)
  const filter = parameters.get('$filter')
  const conditions = filter === null ? undefined : readFilter(filter)
  const people = conditions
    ? tenant.people().filter(({ user }) => matches(user, conditions))
    : tenant.people()
  const token = parameters.get('$skiptoken')
  const from = token === null ? 0 : Number(/^lab(\d+)$/.exec(token)?.[1])
  if (Number.isNaN(from))
    throw new GraphRefusal(400, 'Directory_ExpiredPageToken', 'The page token is invalid.')
  const to = from + pageSize(parameters)
  const value = people.slice(from, to).map(({ user }) => pick(user, properties))
  const context = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users' }
  if (to >= people.length) return { ...context, value }
  const next = new URL(self)
  next.searchParams.set('$skiptoken', `lab${to}`)
  return { ...context, '@odata.nextLink': next.href, value }
}

/** `GET /users/{id or userPrincipalName}`. */
export function oneUser(query: UserQuery, key: string): Record<string, unknown> {
  const properties = selected(query)
  const person: Person | undefined = isGuid(key) ? query.tenant.byId(key) : query.tenant.byUpn(key)
  if (!person) {
    const message = `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`
    throw new GraphRefusal(404, 'Request_ResourceNotFound', message)
  }
  const context = 'https://graph.microsoft.com/v1.0/$metadata#users/$entity'
  return { '@odata.context': context, ...pick(person.user, properties) }
}
