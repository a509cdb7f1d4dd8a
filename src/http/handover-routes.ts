import type { Static } from 'typebox'
import { awayCookie } from './away-cookie.ts'
import { originOf } from './consent-routes.ts'
import { handoverBody, sentAwaySchema } from './consent-schemas.ts'
import { pairingCallback } from './own-consent-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route } from './route.ts'
import type { TripContext } from './trip-routes.ts'

/** POST /pairing/code: a window that a page of Teams opened has no session; the code says whose sign-in it begins. */
export function createHandoverRoutes({ consent, publicUrl, secure }: TripContext): readonly Route[] {
  return [
    {
      ...{ method: 'POST', path: '/pairing/code', operationId: 'takePairingOver', scope: undefined },
      summary: 'Begin a sign-in that was handed over, in this window',
      description: 'Answers where the window goes; it must go there itself.',
      body: { ...handoverBody },
      answers: { 200: { description: 'Where to go.', schema: sentAwaySchema } },
      handle: async (request, reply) => {
        const { code } = request.body as Static<typeof handoverBody>
        const redirectUri = originOf(request, publicUrl) + pairingCallback
        const sent = await consent.takePairingOver({ code, redirectUri })
        if ('refused' in sent) throw new HttpProblem(409, sent.refused)
        reply.header('set-cookie', awayCookie(sent.kept, { secure, lifeMs: sent.lifeMs }))
        return { url: sent.url }
      },
    },
  ]
}
