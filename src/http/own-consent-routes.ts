import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { HubPort } from '../core/view.ts'
import { awayCookie } from './away-cookie.ts'
import { found, originOf } from './consent-routes.ts'
import { handoverSchema, personConsentSchema, sentAwaySchema, switchBody } from './consent-schemas.ts'
import {
  noSuchPerson,
  type PersonParams,
  personParams,
  type TenantQuery,
  tenantQuery,
} from './people-routes.ts'
import { apiPrefix, type Route, type Seen } from './route.ts'
import { whoAsks } from './who.ts'
import type { SeenConsent } from './within-consent.ts'

export interface OwnConsentContext {
  readonly consentOf: Seen<SeenConsent>
  readonly hubOf: Seen<HubPort>
  readonly publicUrl: string | undefined
  readonly secure: boolean
}

/** Where the system sends a browser back after pairing: to be registered there. */
export const pairingCallback = `${apiPrefix}/pairing/callback`

/** /people/{key}/consent and /people/{key}/pairing: what everyone decides for themselves. */
export function createOwnConsentRoutes(context: OwnConsentContext): readonly Route[] {
  const { consentOf, publicUrl, secure } = context
  const place = (request: FastifyRequest) => {
    const { key } = request.params as PersonParams
    const person = context.hubOf(request).person(key, (request.query as TenantQuery).tenant)
    if (!person) throw noSuchPerson(key)
    return { tenant: person.tenant, person: person.id }
  }
  const common = {
    path: '/people/:key/consent',
    scope: 'admin',
    about: 'people',
    self: true,
    ...{ params: { ...personParams }, query: { ...tenantQuery } },
    answers: { 200: { description: 'What they agreed to.', schema: personConsentSchema } },
  } as const
  const pairing = { ...common, path: '/people/:key/pairing' } as const
  return [
    {
      ...{ ...common, method: 'GET', operationId: 'readPersonConsent' },
      summary: 'What a person has agreed to, and how their own sign-in is doing',
      handle: (request) => {
        const { tenant, person } = place(request)
        return found(consentOf(request).person({ tenant, person }), tenant)
      },
    },
    {
      ...{ ...common, method: 'PUT', operationId: 'switchPerson', body: { ...switchBody } },
      summary: 'Switch sync on or off for a person',
      description:
        'Counts in a tenant whose mode is optIn: switched off, what was written is taken back within seconds. Noted in the audit log.',
      handle: async (request) => {
        const { tenant, person } = place(request)
        const { on } = request.body as Static<typeof switchBody>
        const wish = { tenant, people: [person], on, who: whoAsks(request) }
        const [now] = await consentOf(request).switchPeople(wish)
        return found(now, tenant)
      },
    },
    {
      ...{ ...pairing, method: 'POST', operationId: 'beginPairing' },
      summary: 'Sign in with one\u2019s own account at the system',
      description:
        'Answers where the browser goes; only the account that matches the person is taken. The browser that asked must go there itself.',
      answers: { 200: { description: 'Where to go.', schema: sentAwaySchema } },
      handle: async (request, reply) => {
        const { tenant, person } = place(request)
        const redirectUri = `${originOf(request, publicUrl)}${pairingCallback}`
        const sent = found(await consentOf(request).beginPairing({ tenant, person, redirectUri }), tenant)
        reply.header('set-cookie', awayCookie(sent.kept, { secure, lifeMs: sent.lifeMs }))
        return { url: sent.url }
      },
    },
    {
      ...{ ...pairing, path: `${pairing.path}/code`, method: 'POST', operationId: 'handOverPairing' },
      summary: 'Sign in with one\u2019s own account in a window',
      description:
        'Answers a code for `POST /pairing/code`, which begins the sign-in in a window that has no session. It works once, for two minutes, and only the account that matches the person is taken.',
      answers: { 200: { description: 'The code.', schema: handoverSchema } },
      handle: (request) => {
        const { tenant, person } = place(request)
        return found(consentOf(request).handOverPairing({ tenant, person }), tenant)
      },
    },
    {
      ...{ ...pairing, method: 'DELETE', operationId: 'unpair' },
      summary: 'Forget a person\u2019s own sign-in',
      description: 'What was written with it is taken back first. Noted in the audit log.',
      handle: async (request) => {
        const { tenant, person } = place(request)
        return found(await consentOf(request).unpair({ tenant, person, who: whoAsks(request) }), tenant)
      },
    },
  ]
}
