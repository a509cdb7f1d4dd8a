import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance } from 'fastify'

const asking = new AsyncLocalStorage<string>()

/** The network address from which the request came that is being answered; undefined for what the hub does by itself. */
export function whence(): string | undefined {
  return asking.getStore()
}

/** Lets whatever a request causes know from where it came. */
export function rememberWhence(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => asking.run(request.ip, done))
  // A body arrives in events of its connection, which belong to no request.
  app.addHook('preValidation', (request, _reply, done) => asking.run(request.ip, done))
}
