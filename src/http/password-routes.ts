import type { Static } from 'typebox'
import type { AccountsPort } from '../core/accounts-port.ts'
import { actorOf } from './account-routes.ts'
import { changePasswordBody, choosePasswordBody, ownSchema } from './account-schemas.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { requireTls, takeSession } from './password-door.ts'
import type { Route } from './route.ts'

/** POST and PUT /session/password: one's own password, by a link or by the present one. */
export function createPasswordRoutes(accounts: AccountsPort, door: Doorkeeper): readonly Route[] {
  const common = {
    path: '/session/password',
    answers: { 200: { description: 'Signed in; every other session has ended.', schema: ownSchema } },
  } as const
  return [
    {
      ...{ ...common, method: 'POST', operationId: 'choosePassword', scope: undefined },
      summary: 'Choose a password by the code of a link, and sign in',
      body: { ...choosePasswordBody },
      handle: async (request, reply) => {
        requireTls(door, request)
        const wish = request.body as Static<typeof choosePasswordBody>
        const session = takeSession(await accounts.choosePassword({ ...wish, from: request.ip }), 403)
        door.letIn(reply, session)
        return { until: session.until }
      },
    },
    {
      ...{ ...common, method: 'PUT', operationId: 'changePassword', scope: 'account' },
      summary: 'Change the password of whoever is signed in',
      body: { ...changePasswordBody },
      handle: async (request, reply) => {
        requireTls(door, request)
        const wish = request.body as Static<typeof changePasswordBody>
        const { id } = request.caller!.account!
        const session = takeSession(await accounts.changePassword(id, wish, actorOf(request)), 403)
        door.letIn(reply, session)
        return { until: session.until }
      },
    },
  ]
}
