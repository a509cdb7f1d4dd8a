import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Refusal } from '../core/access.ts'
import {
  actionItemsSchema,
  bulkBody,
  confirmBody,
  consentQuery,
  consentSchema,
  findingsSchema,
  madeLinkSchema,
  personConsentSchema,
  registrationQuery,
  registrationSchema,
  tenantBody,
  tryBody,
} from './consent-schemas.ts'
import { originFor } from './oidc-routes.ts'
import { tenantQuery } from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import { apiPrefix, type Route, type Seen } from './route.ts'
import { whoAsks } from './who.ts'
import type { SeenConsent } from './within-consent.ts'

/** Nothing of a tenant that is not reached is told: it is as if it were not there. */
export function found<Answer>(answer: Answer | Refusal | undefined, tenant: string): Answer {
  if (answer === undefined) throw new HttpProblem(404, `There is no tenant "${tenant}".`)
  if (typeof answer === 'object' && answer !== null && 'refused' in answer)
    throw new HttpProblem(409, answer.refused)
  return answer as Answer
}

/** @throws HttpProblem 409 where browsers cannot come back to the hub. */
export function originOf(request: FastifyRequest, publicUrl: string | undefined): string {
  const origin = originFor(request, publicUrl)
  if (typeof origin === 'object') throw new HttpProblem(409, origin.refused)
  return origin
}

const tenantOf = (request: FastifyRequest) => (request.query as Static<typeof consentQuery>).tenant

/** What an administrator sees and does: /consent and what is below it, /action-items. */
export function createConsentRoutes(
  consentOf: Seen<SeenConsent>,
  publicUrl: string | undefined,
): readonly Route[] {
  return [
    ...readingRoutes(consentOf, publicUrl),
    ...linkRoutes(consentOf, publicUrl),
    ...peopleRoutes(consentOf),
  ]
}

function readingRoutes(consentOf: Seen<SeenConsent>, publicUrl: string | undefined): readonly Route[] {
  return [
    {
      ...{ method: 'GET', path: '/action-items', operationId: 'listActionItems' },
      ...{ scope: 'read', about: 'tenant', query: { ...tenantQuery } },
      summary: 'What has to be done until all is well, and what is done',
      answers: { 200: { description: 'The items, open ones first.', schema: actionItemsSchema } },
      handle: async (request) => ({
        items: await consentOf(request).actionItems((request.query as { tenant?: string }).tenant),
      }),
    },
    {
      ...{ method: 'GET', path: '/consent', operationId: 'readConsent' },
      ...{ scope: 'read', about: 'tenant', query: { ...consentQuery } },
      summary: 'For whom the hub may act in a tenant, and how it was allowed',
      answers: { 200: { description: 'The consent.', schema: consentSchema } },
      handle: (request) => found(consentOf(request).status(tenantOf(request)), tenantOf(request)),
    },
    {
      ...{ method: 'GET', path: '/consent/registration', operationId: 'describeRegistration' },
      ...{ scope: 'admin', about: 'tenant', query: { ...registrationQuery } },
      summary: 'How to register an application of one\u2019s own',
      description: 'Redirect URIs, permissions with why, and scripts, all from the same data.',
      answers: { 200: { description: 'The registration.', schema: registrationSchema } },
      handle: (request) => {
        const wish = request.query as Static<typeof registrationQuery>
        const origin = originOf(request, publicUrl)
        return found(consentOf(request).registration({ ...wish, origin }), wish.tenant)
      },
    },
    {
      ...{ method: 'POST', path: '/consent/try', operationId: 'tryPermissions' },
      ...{ scope: 'admin', about: 'tenant', body: { ...tryBody } },
      summary: 'Try each permission on one person',
      description: 'Leaves no trace on the person: it reads, or with `write` also writes and takes back.',
      answers: { 200: { description: 'Each permission by itself, in words.', schema: findingsSchema } },
      handle: async (request) => {
        const { connector, settings, ...wish } = request.body as Static<typeof tryBody>
        const sent = settings as Readonly<Record<string, unknown>> | undefined
        const asked = consentOf(request).tryPermissions({ ...wish, connector, settings: sent })
        return { findings: found(await asked, wish.tenant) }
      },
    },
  ]
}

function linkRoutes(consentOf: Seen<SeenConsent>, publicUrl: string | undefined): readonly Route[] {
  const common = { scope: 'admin', about: 'tenant' } as const
  const answers = { 200: { description: 'The consent.', schema: consentSchema } } as const
  return [
    {
      ...{ ...common, method: 'POST', path: '/consent/link', operationId: 'makeConsentLink' },
      summary:
        'A link by which an administrator of Microsoft 365 consents to the operator\u2019s application',
      description:
        'For seven days and one consent; whoever opens it needs no account here. Told once; the one before it is void. Noted in the audit log.',
      body: { ...tenantBody },
      answers: { 201: { description: 'The link.', schema: madeLinkSchema } },
      handle: async (request, reply) => {
        const { tenant } = request.body as Static<typeof tenantBody>
        const origin = originOf(request, publicUrl)
        const made = found(await consentOf(request).makeLink({ tenant, who: whoAsks(request) }), tenant)
        return reply.code(201).send({ ...made.link, url: `${origin}${apiPrefix}/consent/links/${made.code}` })
      },
    },
    {
      ...{ ...common, method: 'DELETE', path: '/consent/link', operationId: 'endConsentLink' },
      ...{ summary: 'Take the link back', query: { ...consentQuery }, answers },
      handle: async (request) => {
        const tenant = tenantOf(request)
        return found(await consentOf(request).endLink({ tenant, who: whoAsks(request) }), tenant)
      },
    },
    {
      ...{ ...common, method: 'POST', path: '/consent/confirm', operationId: 'confirmConsent' },
      summary: 'Switch on what somebody consented to',
      description:
        'The organisation is the one that the token of whoever signed in names. Until then nothing is read or written there. Noted in the audit log.',
      ...{ body: { ...confirmBody }, answers },
      handle: async (request) => {
        const { tenant, proof } = request.body as Static<typeof confirmBody>
        return found(await consentOf(request).confirm({ tenant, proof, who: whoAsks(request) }), tenant)
      },
    },
    {
      ...{ ...common, method: 'DELETE', path: '/consent', operationId: 'withdrawConsent' },
      summary: 'Take a consent back',
      description: 'What the hub wrote is withdrawn, and nothing is done in its name any more.',
      ...{ query: { ...consentQuery }, answers },
      handle: async (request) => {
        const tenant = tenantOf(request)
        return found(await consentOf(request).withdraw({ tenant, who: whoAsks(request) }), tenant)
      },
    },
  ]
}

function peopleRoutes(consentOf: Seen<SeenConsent>): readonly Route[] {
  const schema = Type.Object({ people: Type.Array(personConsentSchema) })
  const common = { path: '/consent/people', scope: 'admin', about: 'tenant' } as const
  return [
    {
      ...{ ...common, method: 'GET', operationId: 'listPeoplesConsent', query: { ...consentQuery } },
      summary: 'Who has agreed, and whose sign-in is healthy',
      answers: { 200: { description: 'Everyone of the tenant, by id.', schema } },
      handle: (request) => ({ people: consentOf(request).people(tenantOf(request)) }),
    },
    {
      ...{ ...common, method: 'POST', operationId: 'switchPeople', body: { ...bulkBody } },
      summary: 'Switch sync on or off for several people',
      description: 'Counts in a tenant whose mode is optIn. Noted in the audit log.',
      answers: { 200: { description: 'Those who are known.', schema } },
      handle: async (request) => {
        const body = request.body as Static<typeof bulkBody>
        return { people: await consentOf(request).switchPeople({ ...body, who: whoAsks(request) }) }
      },
    },
  ]
}
