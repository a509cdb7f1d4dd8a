import Type, { type Static } from 'typebox'
import type { ConfigPort } from '../core/config-port.ts'
import { takeDone } from './config-answer.ts'
import { linkPlanSchema, trialBody, trialSchema } from './link-schemas.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

const tenantParams = Type.Object({
  tenant: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the tenant.' }),
})

/** What the links of a tenant are made of, and what others would have changed. */
export function createLinkRoutes(configurationOf: Seen<ConfigPort>): readonly Route[] {
  const shared = { scope: 'admin', about: 'tenant', params: { ...tenantParams } } as const
  const tenantOf = (params: unknown) => (params as Static<typeof tenantParams>).tenant
  return [
    {
      ...{ ...shared, method: 'GET', path: '/config/tenants/:tenant/links', operationId: 'describeLinks' },
      summary: 'The systems and links of a tenant as they run, and the presets they start from',
      answers: { 200: { description: 'The plan.', schema: linkPlanSchema } },
      handle: (request) => takeDone(configurationOf(request).links(tenantOf(request.params))),
    },
    {
      ...{ ...shared, method: 'POST', path: '/config/tenants/:tenant/links/try', operationId: 'tryLinks' },
      summary: 'What links that are not saved would have changed in the past',
      description:
        'Runs the kept history against them; nothing is saved or written. At most seven days. Noted in the audit log.',
      bodyLimit: 1024 * 1024,
      body: { ...trialBody },
      answers: { 200: { description: 'What would have been different.', schema: trialSchema } },
      handle: async (request) => {
        const { links, hours } = request.body as Static<typeof trialBody>
        const trial = { tenant: tenantOf(request.params), links, hours }
        return takeDone(await configurationOf(request).tryLinks(trial, whoAsks(request)))
      },
    },
  ]
}
