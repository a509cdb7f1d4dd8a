import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { AccessPort, OpenedSession, Refusal, Session } from '../core/access.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { HttpProblem } from './problem.ts'
import type { Route } from './route.ts'

const name = Type.String({ minLength: 1, maxLength: 320, description: 'A mail address or a short name.' })
const password = Type.String({ minLength: 1, maxLength: 256 })

const signInBody = Type.Object({ name, password }, { additionalProperties: false, title: 'Sign-in' })

const setUpBody = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 100, description: 'Of the link on the console.' }),
    name,
    displayName: Type.String({ minLength: 1, maxLength: 200 }),
    password: Type.String({ minLength: 1, maxLength: 256, description: 'At least 12 characters.' }),
  },
  { additionalProperties: false, title: 'First account' },
)

const sessionSchema = Type.Object(
  {
    setUp: Type.Boolean({ description: 'Whether anybody has an account.' }),
    open: Type.Boolean({ description: 'Everyone on this machine may do everything.' }),
    account: Type.Optional(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        displayName: Type.String(),
        grants: Type.Array(Type.Object({ role: Type.String() }, { additionalProperties: true })),
      }),
    ),
    until: Type.Optional(Type.Number({ description: 'When it ends, milliseconds since 1970.' })),
  },
  { title: 'Session' },
)

const answers = { 200: { description: 'Who is signed in.', schema: sessionSchema } } as const

/** Signing in and out, and the first account; without accounts only that there are none. The secret is in a cookie that no script can read. */
export function createSessionRoutes(access: AccessPort | undefined, door: Doorkeeper): Route[] {
  const show = (session: Session | undefined) => ({
    setUp: access?.isSetUp ?? false,
    open: door.isOpen,
    ...(session && { account: withoutDates(session.account), until: session.until }),
  })
  const take = (result: OpenedSession | Refusal, status: number): OpenedSession => {
    if (!('refused' in result)) return result
    const { refused, retryAfterMs } = result
    const wait = retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
    throw new HttpProblem(retryAfterMs === undefined ? status : 429, refused, wait ? { headers: wait } : {})
  }
  const requireTls = ({ ip }: FastifyRequest) => {
    if (door.isSecure || isLoopbackHost(ip.includes(':') ? `[${ip}]` : ip)) return
    throw new HttpProblem(
      403,
      'A password is not taken over a network without TLS. Put a proxy with a certificate in front, and set http.publicUrl to its https address.',
    )
  }
  const about = { scope: undefined, answers } as const
  const showSession: Route = {
    ...{ ...about, method: 'GET', path: '/session', operationId: 'showSession' },
    summary: 'Who is signed in',
    handle: async (request, reply) => show(await door.findSession(request, reply)),
  }
  if (!access) return [showSession]
  return [
    showSession,
    {
      ...{ ...about, method: 'POST', path: '/session', operationId: 'signIn', body: { ...signInBody } },
      summary: 'Sign in with a password',
      handle: async (request, reply) => {
        requireTls(request)
        const wish = request.body as Static<typeof signInBody>
        const session = take(await access.signIn({ ...wish, from: request.ip }), 401)
        door.letIn(reply, session)
        return show(session)
      },
    },
    {
      ...{ ...about, method: 'DELETE', path: '/session', operationId: 'signOut' },
      summary: 'Sign out',
      handle: async (request, reply) => {
        await door.letOut(request, reply)
        return show(undefined)
      },
    },
    {
      ...{ ...about, method: 'POST', path: '/set-up', operationId: 'setUp', body: { ...setUpBody } },
      summary: 'Create the first account',
      description: 'Once, with the code of the link that the console shows at the start.',
      handle: async (request, reply) => {
        requireTls(request)
        const session = take(await access.setUp(request.body as Static<typeof setUpBody>), 403)
        door.letIn(reply, session)
        return show(session)
      },
    },
  ]
}

function withoutDates({ id, name: own, displayName, grants }: Session['account']) {
  return { id, name: own, displayName, grants }
}
