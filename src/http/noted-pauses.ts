import type { FastifyRequest } from 'fastify'
import type { PersonView } from '../core/view.ts'
import type { Route, RouteContext } from './route.ts'
import { whoAsks } from './who.ts'

/** Routes that pause or resume somebody and answer with the person: noted in the audit log, seen through the veil. */
export function notePauses(
  routes: readonly Route[],
  { history, veil }: Pick<RouteContext, 'history' | 'veil'>,
): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    handle: async (request, reply) => {
      const person = (await route.handle(request, reply)) as PersonView
      const what = resumes(request) ? 'person.resume' : 'person.pause'
      const { tenant, id } = person
      await history?.(request).note({
        tenant,
        who: whoAsks(request),
        what,
        about: id,
        detail: wishText(request),
      })
      return veil.person(person, request.caller)
    },
  }))
}

function resumes({ method, query }: FastifyRequest): boolean {
  return method === 'DELETE' || (query as { readonly for?: string }).for === 'off'
}

/** The wish as it was asked for: `minutes 30, link pbx to teams`. */
function wishText({ query, body }: FastifyRequest): string {
  const asked = { ...(query as object), ...(body as object | undefined) }
  const told = Object.entries(asked).filter(([key]) => key !== 'tenant')
  return told.map(([key, value]) => `${key} ${String(value)}`).join(', ')
}
