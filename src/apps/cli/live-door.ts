import { createServer } from 'node:http'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { Reach } from '../hub/reach.ts'

/** An address that a system outside can reach while the door is open, or why there is none. */
export interface LiveDoor {
  readonly at: { readonly url: string } | { readonly missing: string }
  close(): Promise<void>
}

const longestToken = 2_000

/**
 * Stands in for a hub that does not run: listens where it would, and answers the handshake of Microsoft's change
 * notifications (learn.microsoft.com/graph/change-notifications-delivery-webhooks): the token comes back as text.
 */
export async function openLiveDoor(
  { http }: Pick<ResolvedConfig, 'http'>,
  at: { readonly tenant: string; readonly connector: string },
): Promise<LiveDoor> {
  const shut = (missing: string): LiveDoor => ({ at: { missing }, close: async () => {} })
  if (http.publicUrl === undefined) {
    return shut(
      'no public address is configured: set http.publicUrl to an https address that leads here from the internet, stop the hub, and repeat the check',
    )
  }
  const url = new Reach(http.publicUrl).contextFor(at.tenant, at.connector).callbackUrl()!
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://door').searchParams.get('validationToken')
    const known = request.method === 'POST' && token !== null && token.length <= longestToken
    request.resume()
    response.writeHead(known ? 200 : 202, {
      'content-type': 'text/plain',
      'x-content-type-options': 'nosniff',
    })
    response.end(known ? token : '')
  })
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve)
    server.listen(http.port, http.host, () => resolve(undefined))
  })
  if (failure) {
    return shut(
      `the check cannot listen at ${http.host}:${http.port} (${failure.code}), where ${http.publicUrl} leads: stop the hub and repeat the check`,
    )
  }
  return {
    at: { url },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
