import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Grant } from './tokens.ts'
import type { WebexWorld } from './world.ts'

/** A refusal in the form of the Webex REST API: message, list of errors, tracking id. */
export class WebexRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'WebexRefusal'
    this.status = status
  }
}

let tracked = 0

export function errorBody(message: string) {
  tracked += 1
  return { message, errors: [{ description: message }], trackingId: `LAB_${tracked}` }
}

export const notSignedIn =
  'The request requires a valid access token set in the Authorization request header.'

/** 401 without a token, 403 without one of these scopes. */
export function admit(world: WebexWorld, request: FastifyRequest, scopes: readonly string[]): Grant {
  const grant = world.tokens.find(request.headers.authorization)
  if (!grant) throw new WebexRefusal(401, notSignedIn)
  if (!scopes.some((scope) => grant.scopes.includes(scope))) {
    throw new WebexRefusal(
      403,
      'The server understood the request, but refused to fulfil it because the scope is missing.',
    )
  }
  return grant
}

/** The extension of the person whose token it is; Service Apps are nobody. */
export function personOf(grant: Grant): string {
  if (grant.as === 'serviceApp') throw new WebexRefusal(403, 'This is not available to Service Apps.')
  return grant.as.extension
}

export function addErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    const refusal = error instanceof WebexRefusal ? error : new WebexRefusal(400, 'The request is invalid.')
    reply.code(refusal.status).send(errorBody(refusal.message))
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(errorBody('The requested resource could not be found.')),
  )
}
