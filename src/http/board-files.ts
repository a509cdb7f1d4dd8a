import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { tabHeaders, windowHeaders, windowPath } from './security-headers.ts'

/** Serves the built board at /. Nothing is served that was not there when the hub started. */
export async function registerBoardFiles(app: FastifyInstance, staticDir: string): Promise<boolean> {
  if (!existsSync(join(staticDir, 'index.html'))) return false
  await app.register(fastifyStatic, {
    root: staticDir,
    wildcard: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (response, path) => {
      // Built files carry a hash in their name; the page that names them must always be fresh.
      const hashed = path.includes('/assets/')
      response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/tab', (_request, reply) => {
    reply.removeHeader('x-frame-options')
    return reply.headers(tabHeaders).header('cache-control', 'no-cache').sendFile('tab.html')
  })
  app.get(windowPath, (_request, reply) =>
    reply.headers(windowHeaders).header('cache-control', 'no-cache').sendFile('pairing.html'),
  )
  return true
}
