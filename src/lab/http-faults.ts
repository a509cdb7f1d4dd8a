import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EmulatorWorld } from './emulator.ts'
import type { Fault, FaultTarget } from './faults.ts'
import { shorten } from './request-log.ts'

/** Names of fields whose value is a secret. */
const secretFields = new Set([
  'client_secret',
  'password',
  'access_token',
  'refresh_token',
  'assertion',
  'secret',
  'code',
])

function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return shorten(body)
  const shown = Object.entries(body).map(([name, value]) => [
    name,
    secretFields.has(name) ? '(hidden)' : value,
  ])
  return shorten(Object.fromEntries(shown))
}

export interface DisturbedApp {
  readonly target: FaultTarget
  /** The body of an answer with this status in the system's own form. */
  errorBody(status: number): unknown
}

/** Logs, disturbs and delays every request of an HTTP emulator; a request takes effect on arrival. */
export function addHttpFaults(
  app: FastifyInstance,
  world: Pick<EmulatorWorld, 'clock' | 'faults' | 'requests'>,
  { target, errorBody }: DisturbedApp,
): void {
  const { clock, faults, requests } = world
  const struck = new WeakMap<FastifyRequest, readonly Fault[]>()
  const entries = new WeakMap<FastifyRequest, ReturnType<typeof requests.add>>()
  app.addHook('preHandler', async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, url: path, body } = request
    const shown = body === undefined || body === null ? {} : { body: withoutSecrets(body) }
    entries.set(request, requests.add({ target, method, path, ...shown }))
    const found = faults.take(target, path)
    struck.set(request, found)
    const cut = found.some(({ kind, when }) => kind === 'refuse' || (kind === 'drop' && when !== 'after'))
    if (cut) {
      reply.hijack()
      request.raw.socket.destroy()
      return
    }
    const fault = found.find(({ kind }) => kind === 'status')
    if (!fault) return
    const status = fault.status ?? 500
    if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter))
    await reply.code(status).send(errorBody(status))
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const entry = entries.get(request)
    if (entry) entry.status = reply.statusCode
    const found = struck.get(request) ?? []
    const delay = found.reduce((sum, { kind, ms }) => sum + (kind === 'slow' ? (ms ?? 0) : 0), 0)
    if (delay > 0) {
      await new Promise<void>((resolve) => {
        clock.after(delay, resolve)
      })
    }
    if (found.some(({ kind, when }) => kind === 'drop' && when === 'after')) request.raw.socket.destroy()
    return payload
  })
}
