import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Codes } from './codes.ts'
import { EntraRefusal } from './entra-errors.ts'
import { isShared } from './shared-endpoints.ts'
import type { MicrosoftWorld } from './world.ts'

interface TenantPath {
  readonly Params: { readonly tenant: string }
}

const rootOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`

/** Token endpoint, discovery document and keys of every tenant. */
export function addTokenRoutes(app: FastifyInstance, world: MicrosoftWorld, codes: Codes): void {
  app.post<TenantPath>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    const { tenant } = request.params
    const form = request.body as Record<string, string> | null | undefined
    if (!request.headers['content-type']?.includes('x-www-form-urlencoded') || !form) {
      throw new EntraRefusal(900144, "It must be a form with 'grant_type'.")
    }
    reply.header('cache-control', 'no-store, no-cache')
    const asked = {
      tenant,
      form,
      audiences: [
        `${rootOf(request)}/${tenant}/oauth2/v2.0/token`,
        `${rootOf(request)}/${tenant}/v2.0`,
        `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
      ],
      secretExpired: request.visit.faults.some(({ kind }) => kind === 'expired-secret'),
    }
    if (form.grant_type === 'refresh_token') return codes.renew(form, await world.entra.prove(asked), tenant)
    if (form.grant_type !== 'authorization_code') return world.entra.grant(asked)
    const issuer = `${rootOf(request)}/${tenant}/v2.0`
    return codes.redeem(form, await world.entra.prove(asked), issuer)
  })
  app.get<TenantPath>('/:tenant/v2.0/.well-known/openid-configuration', async (request) => {
    const { tenant } = request.params
    if (!world.tenants.has(tenant) && !isShared(tenant))
      throw new EntraRefusal(90002, `Tenant '${tenant}' is not one of the lab's.`)
    const root = `${rootOf(request)}/${tenant}`
    return {
      issuer: isShared(tenant) ? `${rootOf(request)}/{tenantid}/v2.0` : `${root}/v2.0`,
      token_endpoint: `${root}/oauth2/v2.0/token`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      http_logout_supported: true,
      frontchannel_logout_supported: true,
      jwks_uri: `${root}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['PS256', 'RS256'],
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    }
  })
  app.get<TenantPath>('/:tenant/discovery/v2.0/keys', async () => ({ keys: [world.tokens.publicKey] }))
}
