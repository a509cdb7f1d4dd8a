import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Listens on loopback only, at a free port for 0; answers the address without a trailing slash. */
export async function listenNear(
  app: Pick<FastifyInstance, 'listen' | 'server'>,
  port: number,
): Promise<string> {
  await app.listen({ host: '127.0.0.1', port })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}
