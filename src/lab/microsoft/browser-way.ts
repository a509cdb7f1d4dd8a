import type { FastifyReply } from 'fastify'
import { EntraRefusal, entraError } from './entra-errors.ts'
import type { MicrosoftWorld } from './world.ts'

/** What a browser brings to a page of Entra. */
export interface BrowserAsked {
  readonly Params: { readonly tenant: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

interface Asking {
  readonly params: BrowserAsked['Params']
  readonly query: BrowserAsked['Querystring']
}

/**
 * Who asks, and the way back to them. What is wrong with client or redirect URI is told on a page and goes nowhere else.
 * @throws EntraRefusal
 */
export function readWay({ params, query }: Asking, world: MicrosoftWorld, required: readonly string[]) {
  for (const name of ['client_id', 'redirect_uri', ...required])
    if (!query[name]) throw new EntraRefusal(900144, `It must contain '${name}'.`)
  const application = world.entra.published(params.tenant, query.client_id ?? '')
  const redirectUri = query.redirect_uri ?? ''
  if (!application.redirectUris?.includes(redirectUri)) throw new EntraRefusal(50011)
  return {
    application,
    redirectUri,
    /** With the state that came. */
    back(reply: FastifyReply, answer: Readonly<Record<string, string>>) {
      const url = new URL(redirectUri)
      const all = { ...answer, ...(query.state !== undefined && { state: query.state }) }
      for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
      return reply.redirect(url.href, 302)
    },
    describe: (code: number) => entraError(new EntraRefusal(code), { wall: world.clock.wall() }).body,
  }
}
