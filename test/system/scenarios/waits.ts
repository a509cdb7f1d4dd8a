import type { World } from '../e2e/world.ts'

type Lab = Pick<World, 'lab'>

/** Vendors' promises: Swyx 3 s towards Teams, 5 s from Teams (requirements SW-30, SW-12); a setting adds what it delays. */
const promised = { outMs: 3_000, inMs: 5_000 }

/** The answers that one change may have to wait for: that of a request under way, and its own. Milliseconds. */
export const answersMs = ({ lab }: Lab): number => 2 * lab.switches.latencyMs[1]

/** Until Teams shows what a phone did, milliseconds. */
export const outMs = (world: Lab): number => promised.outMs + answersMs(world)

/** Until the other side shows what was done in Teams, milliseconds: reads may be late too. */
export const inMs = (world: Lab): number => promised.inMs + world.lab.switches.readLagMs + answersMs(world)

/** Longer than any write needs to settle, milliseconds. */
export const settledMs = (world: Lab): number => 18_000 + world.lab.switches.readLagMs + answersMs(world)
