import { fieldsOf } from '../kit/http.ts'

/** `errcode` of an answer, whose HTTP status is 200 all the same (developer guide, Error Code and Error Message). */
export const codes = {
  noInterface: 10001,
  tokenExpired: 10004,
  /** Not on the vendor's page; clients wait a minute. */
  tokenLimit: 10023,
  /** An empty list is answered so by some interfaces. */
  noData: 60001,
  addressBlocked: 70004,
} as const

/** Undefined for an answer that has none: it came from somebody else. */
export function readErrcode(json: unknown): number | undefined {
  const { errcode } = fieldsOf(json)
  return typeof errcode === 'number' ? errcode : undefined
}
