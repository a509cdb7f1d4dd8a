import { batchSize } from './people.ts'

export interface PaceInput {
  readonly people: number
  readonly batches: number
  /** Requests per 30 s that the budget allows now. */
  readonly limit: number
  readonly sweepMs: number
  readonly peoplePerSecond: number
}

const windowMs = 30_000
const leaseMarginMs = 15_000
/** What a person may notice (requirement SW-12): Teams to the phone within 5 s. */
export const promisedMs = 5_000

/** Time that one round over everybody takes, milliseconds: at most half the budget goes into it while there is room. */
export function roundMs(input: PaceInput): number {
  return Math.max(
    input.sweepMs,
    (input.people / input.peoplePerSecond) * 1000,
    (input.batches * windowMs) / (input.limit / 2),
  )
}

/** The same while writes and other reads want all they can get: the sweep's own quarter, milliseconds. */
export function pressedRoundMs(input: PaceInput): number {
  return Math.max(roundMs(input), (input.batches * windowMs) / (input.limit / 4))
}

/** Requests per 30 s that the sweep wants. */
export function sweepNeed(input: PaceInput): number {
  return (input.batches * windowMs) / roundMs(input)
}

/** How long what was read may be believed without another round, milliseconds. */
export function leaseMs(input: PaceInput): number {
  return Math.ceil(3 * pressedRoundMs(input) + leaseMarginMs)
}

/** People of one tenant who can be read within `periodMs` whatever else is going on. */
export function peopleWithin(periodMs: number, limit: number): number {
  return Math.floor((periodMs * limit) / 4 / windowMs) * batchSize
}
