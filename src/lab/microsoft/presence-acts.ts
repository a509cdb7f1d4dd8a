import { GraphRefusal } from './graph-error.ts'
import type { Person } from './person.ts'
import { type Pair, parseDuration, preferredPairs, sessionLife, sessionPairs } from './states.ts'
import type { Tenant } from './tenant.ts'

/** A presence action: its target, the calling application and the request's body. */
export interface Act {
  readonly tenant: Tenant
  readonly person: Person
  readonly clientId: string
  readonly body: Readonly<Record<string, unknown>>
  /** Wall clock, milliseconds. */
  readonly wall: number
  /** Of a preferred state; any life where it is 0 or left out. */
  readonly preferredMaxHours?: number
}

const invalid = (message: string) => new GraphRefusal(400, 'InvalidArgument', message)

function pairOf({ body }: Act, permitted: ReadonlySet<Pair>): Pair {
  const { availability, activity } = body
  if (typeof availability !== 'string' || typeof activity !== 'string') {
    throw invalid('availability and activity must be text.')
  }
  const pair: Pair = `${availability}/${activity}`
  if (permitted.has(pair)) return pair
  throw invalid(`The provided availability and activity are not supported: ${pair}.`)
}

function lifeOf({ body }: Act): number | undefined {
  const given = body.expirationDuration ?? undefined
  if (given === undefined) return undefined
  const life = typeof given === 'string' ? parseDuration(given) : undefined
  if (!life) throw invalid('The provided [ExpirationDuration] is not a duration.')
  return life
}

function sessionOf({ body, clientId }: Act): string {
  const id = body.sessionId
  if (typeof id !== 'string' || id === '') throw invalid('The [SessionId] must not be empty.')
  if (id.toLowerCase() === clientId.toLowerCase()) return clientId
  throw invalid("The [SessionId] must be the calling application's client id.")
}

function setPresence(act: Act): void {
  const id = sessionOf(act)
  const pair = pairOf(act, sessionPairs)
  const lifeMs = lifeOf(act) ?? sessionLife.defaultMs
  if (lifeMs < sessionLife.minMs || lifeMs > sessionLife.maxMs) {
    throw invalid('The provided [ExpirationDuration] is out of range.')
  }
  act.tenant.setSession(act.person, id, { pair, lifeMs })
}

function clearPresence(act: Act): void {
  if (act.tenant.clearSession(act.person, sessionOf(act))) return
  throw new GraphRefusal(404, 'NotFound', 'The presence session does not exist.')
}

/** Graph documents no bounds for the life of a preferred state: a switch sets one. */
function setUserPreferredPresence(act: Act): void {
  const pair = pairOf(act, preferredPairs)
  const lifeMs = lifeOf(act)
  const mostMs = (act.preferredMaxHours || Number.POSITIVE_INFINITY) * 3_600_000
  if (lifeMs !== undefined && lifeMs > mostMs) {
    throw invalid('The provided [ExpirationDuration] is out of range.')
  }
  act.tenant.setPreferred(act.person, pair, lifeMs)
}

function clearUserPreferredPresence(act: Act): void {
  act.tenant.clearPreferred(act.person)
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as Record<string, unknown>) : undefined
}

/** Milliseconds until a dateTimeTimeZone; the lab knows the zone UTC only. */
function untilExpiry(given: unknown, wall: number): number {
  const { dateTime, timeZone } = record(given) ?? {}
  if (typeof dateTime !== 'string' || /(?:Z|[+-]\d\d:\d\d)$/.test(dateTime)) {
    throw invalid('expiryDateTime.dateTime must be a date and time without an offset.')
  }
  if (timeZone !== undefined && timeZone !== null && timeZone !== 'UTC') {
    throw invalid('The lab understands expiryDateTime.timeZone UTC only.')
  }
  const at = Date.parse(`${dateTime.replace(/(\.\d{3})\d+$/, '$1')}Z`)
  if (Number.isNaN(at) || at <= wall) throw invalid('expiryDateTime.dateTime must be in the future.')
  return at - wall
}

function setStatusMessage(act: Act): void {
  const statusMessage = record(act.body.statusMessage)
  const message = record(statusMessage?.message)
  const content = message?.content
  if (typeof content !== 'string') throw invalid('statusMessage.message.content must be text.')
  if ((message?.contentType ?? 'text') !== 'text') {
    throw invalid('statusMessage.message.contentType must be text.')
  }
  const expiry = statusMessage?.expiryDateTime ?? undefined
  act.tenant.setNote(act.person, content, expiry === undefined ? undefined : untilExpiry(expiry, act.wall))
}

/** The actions of a presence, by the last segment of their path. */
export const presenceActs: Readonly<Record<string, (act: Act) => void>> = {
  setPresence,
  clearPresence,
  setUserPreferredPresence,
  clearUserPreferredPresence,
  setStatusMessage,
}
