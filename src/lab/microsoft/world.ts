import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../core/ports.ts'
import type { Fault, Faults, FaultTarget } from '../faults.ts'
import type { LoggedRequest, RequestLog } from '../request-log.ts'
import type { Switches } from '../switches.ts'
import type { Entra } from './entra.ts'
import type { Quota } from './quota.ts'
import type { Tenant } from './tenant.ts'
import type { Grant, Tokens } from './tokens.ts'

/** All that the Microsoft routes work on. */
export interface MicrosoftWorld {
  readonly clock: Clock
  readonly switches: Switches
  readonly faults: Faults
  readonly requests: RequestLog
  /** By Entra tenant id. */
  readonly tenants: ReadonlyMap<string, Tenant>
  readonly entra: Entra
  readonly tokens: Tokens
  readonly quota: Quota
  /** From 0 up to 1; for latencies. */
  random(): number
}

/** What is known of a request besides its content. */
export interface Visit {
  readonly target: FaultTarget
  readonly requestId: string
  /** Wall clock, milliseconds. */
  readonly arrivedAt: number
  faults: readonly Fault[]
  entry?: LoggedRequest
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit
  }
}

export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** What the caller's token grants. */
export function grantOf(world: MicrosoftWorld, request: FastifyRequest): Grant | 'expired' | 'invalid' {
  return world.tokens.check(bearerOf(request) ?? '')
}
