import Type, { type Static } from 'typebox'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'
import type { TokensSeen } from './within-tokens.ts'

const scopes = Type.Array(Type.Enum(['read', 'signal', 'ring', 'admin']), { minItems: 1, uniqueItems: true })
const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })

const issuedSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ description: 'Appears in the log beside what the token was used for.' }),
    scopes,
    tenants: Type.Optional(
      Type.Array(Type.String(), { description: 'That it reaches; all where left out.' }),
    ),
    createdAt: time('When it was made.'),
    createdBy: Type.String(),
    expiresAt: Type.Optional(time('It works until then.')),
  },
  { title: 'IssuedToken' },
)

const wishBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes,
    tenants: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
        minItems: 1,
        uniqueItems: true,
        maxItems: 100,
      }),
    ),
    expiresAt: Type.Optional(time('It works until then; for good where left out.')),
  },
  { additionalProperties: false, title: 'TokenWish' },
)

const tokenParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) })

/** GET and POST /tokens, DELETE /tokens/:id. */
export function createTokenRoutes(tokensOf: Seen<TokensSeen>): readonly Route[] {
  const shared = { scope: 'admin', about: 'tenant' } as const
  return [
    {
      ...{ ...shared, method: 'GET', path: '/tokens', operationId: 'listTokens' },
      summary: 'Tokens for programs that were made here',
      description: 'Those of the configuration (`http.tokens`) are not among them.',
      answers: {
        200: { description: 'The tokens.', schema: Type.Object({ tokens: Type.Array(issuedSchema) }) },
      },
      handle: (request) => ({ tokens: tokensOf(request).list() }),
    },
    {
      ...{ ...shared, method: 'POST', path: '/tokens', operationId: 'issueToken' },
      summary: 'Make a token for a program',
      description: 'The secret is told this once. It works at once.',
      body: { ...wishBody },
      answers: {
        200: {
          description: 'The token, and its secret.',
          schema: Type.Object({ token: issuedSchema, secret: Type.String() }),
        },
      },
      handle: (request) => tokensOf(request).issue(request.body as Static<typeof wishBody>, whoAsks(request)),
    },
    {
      ...{ ...shared, method: 'DELETE', path: '/tokens/:id', operationId: 'revokeToken' },
      summary: 'Revoke a token',
      description: 'It is refused from now on, and its event streams end.',
      params: { ...tokenParams },
      answers: { 200: { description: 'Revoked.', schema: Type.Object({ revoked: Type.Boolean() }) } },
      handle: async (request) => {
        const { id } = request.params as Static<typeof tokenParams>
        if (await tokensOf(request).revoke(id, whoAsks(request))) return { revoked: true }
        throw new HttpProblem(404, 'There is no such token.')
      },
    },
  ]
}
