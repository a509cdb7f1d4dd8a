import type { Clock, Log } from '../core/ports.ts'

/** Machines whose clocks are kept differ by less; more precise than asking over the network, milliseconds. */
const differentMs = 2_000

/**
 * When this process begins, for what hubs keep for each other: choices and signals are compared by time, so a hub that begins
 * while its wall clock is wrong would take what is new for old, or what stands for over. Its own wall clock where that agrees
 * with the store's, else the store's; milliseconds since the epoch. Rejects as `ask` does.
 */
export async function findStartTime(
  clock: Clock,
  log: Log,
  ask: () => Promise<number>,
): Promise<{ readonly wall: number; readonly monotonic: number }> {
  const before = clock.monotonic()
  const told = await ask()
  const [wall, monotonic] = [clock.wall(), clock.monotonic()]
  // It was told somewhere between asking and now.
  const [least, most] = [told, told + monotonic - before]
  const offMs = wall < least ? wall - least : Math.max(0, wall - most)
  if (Math.abs(offMs) <= differentMs) return { wall, monotonic }
  log.warn('the wall clock of this machine differs from that of PostgreSQL, which is used; set it', {
    offMs: Math.round(offMs),
  })
  return { wall: (least + most) / 2, monotonic }
}
