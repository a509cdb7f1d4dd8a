import type { FastifyRequest } from 'fastify'
import type { OpenedSession, Refusal } from '../core/access.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { HttpProblem } from './problem.ts'

/** @throws HttpProblem 403 where a password would cross a network in clear. */
export function requireTls(door: Doorkeeper, { ip }: FastifyRequest): void {
  if (door.isSecure || isLoopbackHost(ip.includes(':') ? `[${ip}]` : ip)) return
  throw new HttpProblem(
    403,
    'A password is not taken over a network without TLS. Put a proxy with a certificate in front, and set http.publicUrl to its https address.',
  )
}

/** @throws HttpProblem 429 where the next try has to wait, else the status. */
export function takeSession(result: OpenedSession | Refusal, status: number): OpenedSession {
  if (!('refused' in result)) return result
  const { refused, retryAfterMs } = result
  const wait = retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
  throw new HttpProblem(retryAfterMs === undefined ? status : 429, refused, wait ? { headers: wait } : {})
}
