import type { FastifyInstance } from 'fastify'
import { type FaultTarget, parseFault } from '../faults.ts'
import { type ClientSecret, knownRoles, type Role } from '../microsoft/application.ts'
import { changeSwitches } from '../switches.ts'
import { Body } from './body.ts'
import { Problem } from './problem.ts'
import type { ControlWorld } from './world.ts'

interface ApplicationPath {
  readonly Params: { readonly tenant: string; readonly clientId: string }
}

const bad = (detail: string) => new Problem(400, 'Bad request', detail)

function rolesOf(body: Body): readonly Role[] {
  const given = body.texts('roles') ?? []
  const stranger = given.find((role) => !knownRoles.some((known) => known === role))
  if (stranger) throw bad(`roles: ${stranger} is not one of ${knownRoles.join(', ')}`)
  return given as readonly Role[]
}

function secretsOf(body: Body): readonly ClientSecret[] {
  const given = body.value('secrets') ?? []
  if (!Array.isArray(given)) throw bad('secrets: must be a list of {value, expired?, ends?}')
  return given.map((each) => {
    const secret = new Body(each, ['value', 'expired', 'ends'])
    const ends = secret.text('ends')
    const value = secret.text('value')
    if (value === undefined) throw bad('secrets: each needs a value')
    return { value, expired: secret.flag('expired') ?? false, ...(ends !== undefined && { ends }) }
  })
}

function addApplications(app: FastifyInstance, world: ControlWorld): void {
  app.put<ApplicationPath>('/lab/tenants/:tenant/applications/:clientId', async (request, reply) => {
    const { tenant, clientId } = request.params
    if (!world.tenants.has(tenant))
      throw new Problem(404, 'No such tenant', `The lab has no tenant ${tenant}.`)
    const body = new Body(request.body, [
      'secrets',
      'certificates',
      'roles',
      'redirectUris',
      'tokenLifeSeconds',
      'multiTenant',
    ])
    const tokenLifeSeconds = body.number('tokenLifeSeconds')
    try {
      const isShared = body.flag('multiTenant') ?? false
      const application = {
        clientId,
        secrets: secretsOf(body),
        certificates: body.texts('certificates') ?? [],
        roles: rolesOf(body),
        redirectUris: body.texts('redirectUris') ?? [],
        ...(tokenLifeSeconds !== undefined && { tokenLifeSeconds }),
        ...(isShared && { multiTenant: true, tellsDirectoryRoles: true }),
      }
      // Nobody has consented to it yet, not even its home.
      if (isShared) world.entra.publish(application)
      else world.entra.register(tenant, application)
    } catch (error) {
      throw error instanceof Problem
        ? error
        : bad('certificates: one of them is not a certificate in PEM form')
    }
    return reply.code(204).send()
  })
}

/** Switches, faults, time and the request log. */
export function addWorkshopRoutes(app: FastifyInstance, world: ControlWorld): void {
  const { switches, faults, requests, clock } = world
  app.get('/lab/switches', async () => switches)
  app.patch('/lab/switches', async (request) => {
    const body = request.body
    if (typeof body !== 'object' || body === null) throw bad('body: must be a JSON object')
    const problems = changeSwitches(switches, body as Record<string, unknown>)
    if (problems.length > 0) throw bad(problems.join('; '))
    return switches
  })
  app.get('/lab/faults', async () => ({ faults: faults.list() }))
  app.post('/lab/faults', async (request, reply) => {
    const body = request.body
    if (typeof body !== 'object' || body === null) throw bad('body: must be a JSON object')
    const fault = parseFault(body as Record<string, unknown>)
    if (typeof fault === 'string') throw bad(fault)
    faults.add(fault)
    return reply.code(201).send({ faults: faults.list() })
  })
  app.delete('/lab/faults', async (_request, reply) => {
    faults.clear()
    return reply.code(204).send()
  })
  app.get('/lab/clock', async () => ({ wall: clock.wall(), monotonic: clock.monotonic() }))
  app.post('/lab/clock', async (request) => {
    clock.advance(new Body(request.body, ['advanceMs']).number('advanceMs') ?? 0)
    return { wall: clock.wall(), monotonic: clock.monotonic() }
  })
  app.get<{ Querystring: { since?: string; limit?: string; target?: FaultTarget } }>(
    '/lab/requests',
    async (request) => {
      const { since = '0', limit = '10000', target } = request.query
      const [from, most] = [Number(since), Number(limit)]
      if (!(from >= 0) || !(most >= 1)) throw bad('since and limit: must be numbers')
      const found = requests.since(from, most)
      const next = found.at(-1)?.sequence ?? Math.min(from, requests.last)
      return { requests: target ? found.filter((each) => each.target === target) : found, next }
    },
  )
  addApplications(app, world)
}
