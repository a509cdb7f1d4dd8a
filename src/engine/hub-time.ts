import type { Clock } from '../core/ports.ts'

/** What the wall clock should have shown at a moment of monotonic time, milliseconds. */
export interface Begun {
  readonly wall: number
  readonly monotonic: number
}

/**
 * The time all rules work with: the wall clock at the start of the process plus monotonic time since. A step of the
 * wall clock moves nothing; after a restart, stored times are comparable again.
 */
export interface HubTime {
  now(): number
  /** When this process began. */
  readonly start: number
}

/** `begun`: what it shows now where left out. */
export function createHubTime(clock: Clock, begun?: Begun): HubTime {
  const { wall: start, monotonic: origin } = begun ?? { wall: clock.wall(), monotonic: clock.monotonic() }
  return { start, now: () => start + (clock.monotonic() - origin) }
}
