import Type, { type Static } from 'typebox'
import type { TabPort } from '../core/tab-port.ts'
import { originOf } from './consent-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route } from './route.ts'

const body = Type.Object(
  {
    token: Type.String({ minLength: 1, maxLength: 16_384, description: 'As TeamsJS hands it to the page.' }),
  },
  { additionalProperties: false, title: 'Tab sign-in' },
)

const schema = Type.Object(
  {
    key: Type.String({ description: 'Sent as `Authorization: Bearer tab.KEY`; for an hour.' }),
    tenant: Type.String(),
    person: Type.String({ description: 'Id of the person.' }),
    until: Type.Number({ description: 'When it ends, milliseconds since 1970.' }),
  },
  { title: 'Tab session' },
)

/** POST /tab/session: signing in inside Teams, where no cookie of ours can be relied on. */
export function createTabRoutes(tab: TabPort, publicUrl: string | undefined): readonly Route[] {
  return [
    {
      ...{ method: 'POST', path: '/tab/session', operationId: 'signInByTab', scope: undefined },
      summary: 'Sign in by the token that Teams hands to the tab',
      description:
        'The signature, issuer, audience, times and scope of the token are checked; its organisation has to be that of a connector, and its account that of a person.',
      body: { ...body },
      answers: { 200: { description: 'The session: a member, with a say about themselves.', schema } },
      handle: async (request) => {
        const { token } = request.body as Static<typeof body>
        const { host } = new URL(originOf(request, publicUrl))
        const begun = await tab.begin({ token, host })
        if ('refused' in begun) throw new HttpProblem(403, begun.refused)
        return begun
      },
    },
  ]
}
