import type { Clock } from '../core/ports.ts'

/**
 * The time all rules work with: the wall clock at the start of the process plus monotonic time since. A step of the
 * wall clock moves nothing; after a restart, stored times are comparable again.
 */
export interface HubTime {
  now(): number
  /** When this process began. */
  readonly start: number
}

export function createHubTime(clock: Clock): HubTime {
  const start = clock.wall()
  const origin = clock.monotonic()
  return { start, now: () => start + (clock.monotonic() - origin) }
}
