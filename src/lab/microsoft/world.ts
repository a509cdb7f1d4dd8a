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

/** What the routes look at: a request by itself, or a part of a `$batch`. */
export interface GraphCall {
  readonly method: string
  /** Path with query. */
  readonly url: string
  readonly headers: { readonly authorization?: string | undefined; readonly 'client-request-id'?: unknown }
  readonly body: unknown
  readonly visit: Visit
}

export function bearerOf({ headers }: Pick<GraphCall, 'headers'>): string | undefined {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
}

/** What the caller's token grants. */
export function grantOf(
  world: MicrosoftWorld,
  request: Pick<GraphCall, 'headers'>,
): Grant | 'expired' | 'invalid' {
  return world.tokens.check(bearerOf(request) ?? '')
}
