/** What everybody should see at the end, from what people did and nothing else; it knows nothing of the hub. */

interface Doing {
  inCall: boolean
  dnd: boolean
}

export type Deed = 'call' | 'hangUp' | 'dndOn' | 'dndOff'

export class Oracle {
  readonly #doing = new Map<string, Doing>()
  readonly #free: ReadonlyMap<string, string>

  /** `free`: what Teams shows of each by itself. */
  constructor(free: ReadonlyMap<string, string>) {
    this.#free = free
    for (const upn of free.keys()) this.#doing.set(upn, { inCall: false, dnd: false })
  }

  /** What somebody can do now: a call and do not disturb at once are tried elsewhere. */
  possible(upn: string): readonly Deed[] {
    const { inCall, dnd } = this.#doing.get(upn)!
    if (inCall) return ['hangUp']
    return dnd ? ['dndOff'] : ['call', 'dndOn']
  }

  did(upn: string, deed: Deed): void {
    const doing = this.#doing.get(upn)!
    if (deed === 'call' || deed === 'hangUp') doing.inCall = deed === 'call'
    else doing.dnd = deed === 'dndOn'
  }

  /** As Teams should show it. */
  shown(upn: string): string {
    const { inCall, dnd } = this.#doing.get(upn)!
    if (inCall) return 'Busy/InACall'
    return dnd ? 'DoNotDisturb/DoNotDisturb' : this.#free.get(upn)!
  }

  /** Whether the phone should be in do not disturb. */
  isSilent(upn: string): boolean {
    return this.#doing.get(upn)!.dnd
  }
}

/** The same numbers for the same seed, between 0 and 1 (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
