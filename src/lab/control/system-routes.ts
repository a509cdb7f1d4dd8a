import type { FastifyInstance } from 'fastify'
import { Body } from './body.ts'
import { describePerson } from './people-routes.ts'
import { Problem } from './problem.ts'
import { mustFind } from './teams-routes.ts'
import type { ControlWorld } from './world.ts'

interface DeskPath {
  readonly Params: { readonly system: string; readonly upn: string }
}

/** What a person picks in the client of a system beside Teams and the phones. */
export function addSystemRoutes(app: FastifyInstance, world: ControlWorld): void {
  app.put<DeskPath>('/lab/systems/:system/people/:upn', async (request) => {
    const { system, upn } = request.params
    const desk = world.desks.get(system)
    if (!desk) {
      const known = [...world.desks.keys()].join(', ') || 'none'
      throw new Problem(
        404,
        'No such system',
        `The lab runs no ${system} with states to pick; it runs: ${known}.`,
      )
    }
    const found = mustFind(world, upn)
    const state = new Body(request.body, ['state']).oneOf('state', desk.states)
    if (state === undefined)
      throw new Problem(400, 'Bad request', `state: is needed, one of ${desk.states.join(', ')}`)
    const at = world.clock.wall()
    if (!desk.pick(found.person.user.userPrincipalName, state)) {
      throw new Problem(404, 'Not found', `${system} does not know ${upn}.`)
    }
    return { at, ...describePerson(world, found) }
  })
}
