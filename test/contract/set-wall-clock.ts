import type { Clock } from '../../src/core/ports.ts'

/** `clock` with a wall clock that somebody has set: off by what `offMs` says at the moment. Its timers go on as they were. */
export const withWallOff = (clock: Clock, offMs: () => number): Clock => ({
  wall: () => clock.wall() + offMs(),
  monotonic: () => clock.monotonic(),
  after: (delayMs, callback) => clock.after(delayMs, callback),
})
