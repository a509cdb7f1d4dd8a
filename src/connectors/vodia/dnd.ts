import { fieldsOf } from '../kit/http.ts'
import { flagOf, textIn } from './fields.ts'

/** Do not disturb of an extension as `GET /rest/user/{account}/dnd` tells it. */
export interface VodiaDnd {
  readonly on: boolean
  readonly reason: string
  /** Seconds, or undefined where it ends by nobody but a person. */
  readonly expires: number | undefined
}

/**
 * The vendor publishes "state, reason text, expiry time, call forward destination and hint"; `state`, `reason` and
 * `expires` are the names of the request and are expected in the answer. Undefined when it says neither on nor off.
 */
export function decodeDnd(json: unknown): VodiaDnd | undefined {
  const fields = typeof json === 'boolean' ? { state: json } : fieldsOf(json)
  const on = ['state', 'dnd', 'enabled', 'active']
    .map((name) => fields[name])
    .find((each) => each !== undefined)
  const state = on === undefined ? undefined : flagOf(on)
  if (state === undefined) return undefined
  const expires = Number(textIn(fields, ['expires', 'expiry', 'expiration', 'duration']) ?? Number.NaN)
  return {
    on: state,
    reason: textIn(fields, ['reason', 'dnd_reason', 'dnd_cust_reason']) ?? '',
    expires: expires > 0 ? expires : undefined,
  }
}
