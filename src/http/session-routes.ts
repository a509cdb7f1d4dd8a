import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { AccessPort, Session } from '../core/access.ts'
import type { ProviderPort } from '../core/provider-port.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { originFor } from './oidc-routes.ts'
import { requireTls, takeSession } from './password-door.ts'
import type { Route } from './route.ts'
import { readSessionCookie } from './session-cookie.ts'

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
    ownPassword: Type.Optional(
      Type.Boolean({ description: 'The account has a password here, which can be changed.' }),
    ),
    until: Type.Optional(Type.Number({ description: 'When it ends, milliseconds since 1970.' })),
    passwords: Type.Optional(
      Type.Boolean({ description: 'Whether anybody has one; told beside providers.' }),
    ),
    providers: Type.Optional(
      Type.Array(Type.Object({ id: Type.String(), title: Type.String() }), {
        description: 'Where one may sign in: a browser goes to `/api/v1/sign-in/{id}`.',
      }),
    ),
    signOutUrl: Type.Optional(
      Type.String({ description: 'After signing out: where it ends at the provider as well.' }),
    ),
  },
  { title: 'Session' },
)

const answers = { 200: { description: 'Who is signed in.', schema: sessionSchema } } as const

export interface ProvidersBeside {
  readonly providers: ProviderPort
  readonly publicUrl: string | undefined
}

/** Signing in and out, and the first account; without accounts only that there are none. The secret is in a cookie that no script can read. */
export function createSessionRoutes(
  access: AccessPort | undefined,
  door: Doorkeeper,
  beside?: ProvidersBeside,
): Route[] {
  const show = (session: Session | undefined) => ({
    setUp: access?.isSetUp ?? false,
    open: door.isOpen,
    ...(beside && { providers: beside.providers.providers, passwords: access?.hasPasswords ?? false }),
    ...(session && { account: withoutDates(session.account), until: session.until }),
    ...(session?.hasPassword && { ownPassword: true }),
  })
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
        requireTls(door, request)
        const wish = request.body as Static<typeof signInBody>
        const session = takeSession(await access.signIn({ ...wish, from: request.ip }), 401)
        door.letIn(reply, session)
        return show(session)
      },
    },
    {
      ...{ ...about, method: 'DELETE', path: '/session', operationId: 'signOut' },
      summary: 'Sign out',
      handle: async (request, reply) => {
        const signOutUrl = beside && (await leaveProvider(request, beside, door))
        await door.letOut(request, reply)
        return { ...show(undefined), ...(signOutUrl !== undefined && { signOutUrl }) }
      },
    },
    {
      ...{ ...about, method: 'POST', path: '/set-up', operationId: 'setUp', body: { ...setUpBody } },
      summary: 'Create the first account',
      description: 'Once, with the code of the link that the console shows at the start.',
      handle: async (request, reply) => {
        requireTls(door, request)
        const session = takeSession(await access.setUp(request.body as Static<typeof setUpBody>), 403)
        door.letIn(reply, session)
        return show(session)
      },
    },
  ]
}

/** Where the browser ends the session at its provider, which then sends it back here. */
async function leaveProvider(
  request: FastifyRequest,
  { providers, publicUrl }: ProvidersBeside,
  { isSecure }: Doorkeeper,
) {
  const key = readSessionCookie(request.headers.cookie, isSecure)
  const origin = originFor(request, publicUrl)
  if (key === undefined || typeof origin === 'object') return undefined
  return providers.signOutUrl(key, `${origin}/`)
}

function withoutDates({ id, name: own, displayName, grants }: Session['account']) {
  return { id, name: own, displayName, grants }
}
