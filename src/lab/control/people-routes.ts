import type { FastifyInstance } from 'fastify'
import type { Tenant } from '../microsoft/tenant.ts'
import type { NewUser } from '../microsoft/user.ts'
import type { Found } from '../people.ts'
import { Body } from './body.ts'
import { Problem } from './problem.ts'
import { mustFind } from './teams-routes.ts'
import type { ControlWorld } from './world.ts'

interface PersonPath {
  readonly Params: { readonly upn: string }
}

const fields = [
  'displayName',
  'extensions',
  'tenant',
  'mail',
  'otherMails',
  'proxyAddresses',
  'userType',
  'accountEnabled',
  'teams',
  'globalAdmin',
]

function userOf(body: Body): Omit<NewUser, 'userPrincipalName'> {
  return {
    mail: body.value('mail') === null ? null : body.text('mail'),
    otherMails: body.texts('otherMails'),
    proxyAddresses: body.texts('proxyAddresses'),
    userType: body.oneOf('userType', ['Member', 'Guest']),
    accountEnabled: body.flag('accountEnabled'),
    teams: body.flag('teams'),
    globalAdmin: body.flag('globalAdmin'),
  }
}

/** The tenant named in the body, that of the person, or the first. */
function tenantOf(world: ControlWorld, body: Body, upn: string): Tenant {
  const id = body.text('tenant')
  const tenant =
    id === undefined
      ? (world.people.find(upn)?.tenant ?? world.tenants.values().next().value)
      : world.tenants.get(id)
  if (tenant) return tenant
  throw new Problem(404, 'No such tenant', `The lab has no tenant ${id ?? 'at all'}.`)
}

function natural(text: unknown, name: string, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0) return value
  throw new Problem(400, 'Bad request', `${name}: must be a whole number, 0 or more`)
}

/** A person with what the systems beside Teams and the phones show of them. */
export function describePerson(world: ControlWorld, found: Found) {
  const { userPrincipalName } = found.person.user
  const systems: Record<string, { readonly shown: string; readonly states: readonly string[] }> = {}
  for (const [name, desk] of world.desks) {
    const shown = desk.shown(userPrincipalName)
    if (shown !== undefined) systems[name] = { shown, states: desk.states }
  }
  return { ...world.people.state(found, world.clock.monotonic()), systems }
}

/** People of the tenants with their phones. */
export function addPeopleRoutes(app: FastifyInstance, world: ControlWorld): void {
  const { people, clock } = world
  app.get<{ Querystring: Record<string, unknown> }>('/lab/state', async (request) => {
    const offset = natural(request.query.offset, 'offset', 0)
    const limit = natural(request.query.limit, 'limit', 1000)
    const shown: unknown[] = []
    let position = 0
    for (const tenant of world.tenants.values()) {
      const from = Math.max(0, offset + shown.length - position)
      const part = tenant.people().slice(from, from + limit - shown.length)
      for (const person of part) shown.push(describePerson(world, { tenant, person }))
      position += tenant.size
    }
    return { at: clock.wall(), total: people.size, addresses: world.addresses, people: shown }
  })
  app.get<PersonPath>('/lab/people/:upn', async (request) =>
    describePerson(world, mustFind(world, request.params.upn)),
  )
  app.put<PersonPath>('/lab/people/:upn', async (request) => {
    const { upn } = request.params
    const body = new Body(request.body, fields)
    const displayName = body.text('displayName')
    const extensions = body.texts('extensions')
    const found = people.put(tenantOf(world, body, upn), { upn, displayName, extensions, user: userOf(body) })
    return describePerson(world, found)
  })
  app.delete<PersonPath>('/lab/people/:upn', async (request, reply) => {
    mustFind(world, request.params.upn)
    people.remove(request.params.upn)
    return reply.code(204).send()
  })
}
