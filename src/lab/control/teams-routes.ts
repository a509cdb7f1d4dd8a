import type { FastifyInstance } from 'fastify'
import { clientPairs, type Pair, parseDuration, preferredPairs } from '../microsoft/states.ts'
import type { Found } from '../people.ts'
import { Body } from './body.ts'
import { Problem } from './problem.ts'
import type { ControlWorld } from './world.ts'

interface PersonPath {
  readonly Params: { readonly upn: string }
}

export function mustFind({ people }: ControlWorld, upn: string): Found {
  const found = people.find(upn)
  if (found) return found
  throw new Problem(404, 'No such person', `The lab has nobody with the UPN ${upn}.`)
}

/** A pair from the body, in any letter case; null is said with null. */
function pairOf(body: Body, name: string, permitted: ReadonlySet<Pair>): Pair | null {
  const given = body.value(name)
  if (given === null) return null
  const text = typeof given === 'string' ? given.toLowerCase() : ''
  const found = [...permitted].find((pair) => pair.toLowerCase() === text)
  if (found) return found
  throw new Problem(400, 'Bad request', `${name}: must be null or one of ${[...permitted].join(', ')}`)
}

function lifeOf(body: Body): number | undefined {
  const given = body.text('expires')
  if (given === undefined) return undefined
  const life = parseDuration(given)
  if (life) return life
  throw new Problem(400, 'Bad request', 'expires: must be an ISO 8601 duration such as PT1H')
}

/** What a person does in Teams. Every answer carries `at`, the wall clock of the act in milliseconds. */
export function addTeamsRoutes(app: FastifyInstance, world: ControlWorld): void {
  const at = '/lab/teams/:upn'
  const answer = (found: Found, done: number, more: Record<string, unknown> = {}) => ({
    shown: found.tenant.shown(found.person),
    ...more,
    at: done,
  })
  app.put<PersonPath>(`${at}/client`, async (request) => {
    const found = mustFind(world, request.params.upn)
    const state = pairOf(new Body(request.body, ['state']), 'state', clientPairs)
    const done = world.clock.wall()
    found.tenant.setClient(found.person, state)
    return answer(found, done)
  })
  app.post<PersonPath>(`${at}/call`, async (request) => {
    const found = mustFind(world, request.params.upn)
    const incoming = new Body(request.body, ['incoming']).flag('incoming') ?? false
    const done = world.clock.wall()
    if (incoming) return answer(found, done, { outcome: found.tenant.offerCall(found.person) })
    found.tenant.setInCall(found.person, true)
    return answer(found, done, { outcome: 'answered' })
  })
  app.delete<PersonPath>(`${at}/call`, async (request) => {
    const found = mustFind(world, request.params.upn)
    const done = world.clock.wall()
    found.tenant.setInCall(found.person, false)
    return answer(found, done)
  })
  app.put<PersonPath>(`${at}/status`, async (request) => {
    const found = mustFind(world, request.params.upn)
    const body = new Body(request.body, ['status', 'expires'])
    const status = pairOf(body, 'status', preferredPairs)
    const life = lifeOf(body)
    const done = world.clock.wall()
    if (status === null) found.tenant.clearPreferred(found.person)
    else found.tenant.setPreferred(found.person, status, life)
    return answer(found, done)
  })
  app.post<PersonPath>(`${at}/revoke`, async (request) => {
    const found = mustFind(world, request.params.upn)
    const done = world.clock.wall()
    world.entra.revokeSignIns(found.person.user.id)
    return answer(found, done)
  })
  app.put<PersonPath>(`${at}/outOfOffice`, async (request) => {
    const found = mustFind(world, request.params.upn)
    const body = new Body(request.body, ['on', 'message'])
    const message = body.text('message') ?? 'Out of office'
    const done = world.clock.wall()
    found.tenant.setOutOfOffice(found.person, body.mustFlag('on') ? message : undefined)
    return answer(found, done)
  })
}
