import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ConfigPort } from '../core/config-port.ts'
import type { JsonSchema } from '../core/connector.ts'
import type { HistoryPort } from '../core/history-port.ts'
import type { HubPort } from '../core/view.ts'
import type { Need, Scope } from './authorize.ts'
import type { Veil } from './veil.ts'

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

export interface RouteAnswer {
  readonly description: string
  /** Absent where there is no body. */
  readonly schema?: object
  /** Of the body; `application/json` unless told. */
  readonly mediaType?: string
}

/**
 * One operation of the API. The same object is served, validates the request and is described in the OpenAPI
 * document, so that none of the three can differ from the others.
 */
export interface Route {
  readonly method: Method
  /** Below `/api/v1` unless `absolute`; parameters as `:key`. */
  readonly path: string
  readonly absolute?: true
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  /** What the caller must be allowed to do; `account` needs somebody who signed in; undefined answers everyone. */
  readonly scope: Scope | 'account' | undefined
  /** What it concerns; left out: the whole hub, so that who reaches less may not do it. */
  readonly about?: 'people' | 'tenant'
  /**
   * It concerns one tenant; where none is named, the only one that can be meant. Where several can, a function chooses among
   * what is answered for each, undefined for one that does not answer; without a function that is refused.
   */
  readonly oneTenant?: true | ((answers: readonly (string | undefined)[]) => string)
  /** Whoever it is about may do it, too. */
  readonly self?: true
  readonly params?: JsonSchema
  readonly query?: JsonSchema
  readonly body?: JsonSchema
  /** Bytes; 64 kB unless told. */
  readonly bodyLimit?: number
  /** By status; the problems that every operation has are added. */
  readonly answers: Readonly<Record<number, RouteAnswer>>
  handle(request: FastifyRequest, reply: FastifyReply): unknown
}

export const apiPrefix = '/api/v1'

export function fullPath({ path, absolute }: Route): string {
  return absolute ? path : apiPrefix + path
}

/** What the caller of a route needs; undefined where everyone is answered. */
export function needOf({ scope, about, self }: Route): Need | 'account' | undefined {
  return scope === undefined || scope === 'account' ? scope : { scope, about, self }
}

/** A port as the caller of a request sees it: with nothing in it but what they reach. */
export type Seen<Port> = (request: FastifyRequest) => Port

/** What the routes are made from. */
export interface RouteContext {
  readonly hub: Seen<HubPort>
  /** Who may see reasons. */
  readonly veil: Veil
  /** The past, where the hub keeps an audit log. */
  readonly history: Seen<HistoryPort> | undefined
  /** Where the configuration is kept; undefined where the API does not show it. */
  readonly configuration: ConfigPort['source'] | undefined
}
