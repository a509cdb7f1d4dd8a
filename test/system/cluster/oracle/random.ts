/** The same numbers for the same seed, between 0 and 1 (mulberry32, public domain). */
export type Random = () => number

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pickOf = <Thing>(things: readonly Thing[], random: Random): Thing =>
  things[Math.floor(random() * things.length)]!

export function shuffled<Thing>(things: readonly Thing[], random: Random): readonly Thing[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ thing }) => thing)
}
