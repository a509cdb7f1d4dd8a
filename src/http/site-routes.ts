import Type, { type Static } from 'typebox'
import type { SitePort } from '../core/site-port.ts'
import { type TenantQuery, tenantQuery } from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })
const ids = (description: string) => Type.Array(Type.String(), { description })

const siteView = Type.Object(
  {
    tenant: Type.String(),
    name: Type.String(),
    connectors: ids('That it may run; empty until it is enrolled.'),
    configured: ids('That the configuration has there.'),
    enrolledAt: Type.Optional(time('Left out until it is enrolled.')),
    enrolledBy: Type.Optional(Type.String({ description: 'Who made its code.' })),
    link: Type.Enum(['up', 'down'], { description: '`up`: it is connected now.' }),
    version: Type.Optional(Type.String({ description: 'Of the program there.' })),
    lastHeardAt: Type.Optional(time('Left out until it has connected since the hub runs.')),
    skew: Type.Optional(
      Type.Enum(['older', 'newer'], { description: 'Where its program is not of the version of this hub.' }),
    ),
    roundTripMs: Type.Optional(Type.Integer({ description: 'There and back over the link, milliseconds.' })),
    clockBehindMs: Type.Optional(
      Type.Integer({
        description:
          'How far its clock is behind the clock of the hub, milliseconds; negative where it is ahead. Left out unless it is by more than 2 s.',
      }),
    ),
    detail: Type.Optional(Type.String({ description: 'Why it is not connected.' })),
    runsOutAt: Type.Optional(
      time('While it is not connected: from when on it takes back what was written there.'),
    ),
  },
  { title: 'Site', description: 'A program near a phone system that runs connectors for the hub.' },
)

const codeBody = Type.Object(
  {
    tenant: Type.String({ minLength: 1, maxLength: 64 }),
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Of the site; left out: the one that the connectors name in the configuration.',
      }),
    ),
    connectors: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description: 'Ids of the connectors that it may run.',
    }),
  },
  { additionalProperties: false, title: 'SiteWish' },
)

const siteParams = Type.Object({ name: Type.String({ minLength: 1, maxLength: 64 }) })
const siteQuery = Type.Object({ tenant: Type.String({ minLength: 1, maxLength: 64 }) })

/** GET /sites, POST /sites/codes, DELETE /sites/:name. */
export function createSiteRoutes(sites: Seen<SitePort>): readonly Route[] {
  const shared = { scope: 'admin', about: 'tenant' } as const
  return [
    {
      ...{ ...shared, method: 'GET', path: '/sites', operationId: 'listSites' },
      summary: 'Sites: programs near phone systems that run connectors for the hub',
      query: { ...tenantQuery },
      answers: {
        200: { description: 'The sites.', schema: Type.Object({ sites: Type.Array(siteView) }) },
      },
      handle: async (request) => ({
        sites: await sites(request).list((request.query as TenantQuery).tenant),
      }),
    },
    {
      ...{ ...shared, method: 'POST', path: '/sites/codes', operationId: 'issueSiteCode' },
      summary: 'Make a code that enrols a site',
      description: 'The code is told this once; it works once, for an hour.',
      body: { ...codeBody },
      answers: {
        200: {
          description: 'The code.',
          schema: Type.Object({
            tenant: Type.String(),
            name: Type.String(),
            connectors: ids('That it may run.'),
            code: Type.String(),
            expiresAt: time('It works until then.'),
          }),
        },
      },
      handle: async (request) => {
        const { name, ...wish } = request.body as Static<typeof codeBody>
        const answer = await sites(request).issueCode({ ...wish, name }, whoAsks(request))
        if ('refused' in answer) throw new HttpProblem(422, `${answer.refused} ${answer.fix}`)
        return answer
      },
    },
    {
      ...{ ...shared, method: 'DELETE', path: '/sites/:name', operationId: 'revokeSite' },
      summary: 'Revoke a site',
      description: 'Its connection ends at once, and it is not let in again. What was written there stays.',
      params: { ...siteParams },
      query: { ...siteQuery },
      answers: { 200: { description: 'Revoked.', schema: Type.Object({ revoked: Type.Boolean() }) } },
      handle: async (request) => {
        const { name } = request.params as Static<typeof siteParams>
        const { tenant } = request.query as Static<typeof siteQuery>
        if (await sites(request).revoke(tenant, name, whoAsks(request))) return { revoked: true }
        throw new HttpProblem(404, 'There is no such site.')
      },
    },
  ]
}
