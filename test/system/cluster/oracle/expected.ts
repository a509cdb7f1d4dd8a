/** What everybody should see at the end, from what people did and nothing else; it knows nothing of the hub. */

interface Doing {
  inCall: boolean
  dnd: boolean
}

export type Deed = 'call' | 'hangUp' | 'phoneDnd' | 'phoneFree' | 'teamsDnd' | 'teamsFree'

/** What somebody is doing, in one word. */
export type Act = 'free' | 'inCall' | 'dnd'

/** How one person should look in every system. */
export interface Look {
  /** In Teams, availability/activity. */
  readonly shown: string
  /** What is picked in Teams. */
  readonly preferred: string | null
  /** Sessions of applications in Teams. */
  readonly sessions: number
  /** The phone is in do not disturb. */
  readonly silent: boolean
}

const calling = 'Busy/InACall'
const silence = 'DoNotDisturb/DoNotDisturb'

export class Oracle {
  readonly #doing = new Map<string, Doing>()
  readonly #free: ReadonlyMap<string, string>
  /** Who is busy because another system said so. */
  readonly #said = new Set<string>()

  /** `free`: what Teams shows of each by itself. */
  constructor(free: ReadonlyMap<string, string>) {
    this.#free = free
    for (const upn of free.keys()) this.#doing.set(upn, { inCall: false, dnd: false })
  }

  /**
   * What somebody can do now: a call and do not disturb at once are tried elsewhere. Everybody has one place for do not disturb:
   * whoever takes it back at one and presses it at the other, where it still stands, has pressed nothing.
   */
  possible(upn: string): readonly Deed[] {
    const { inCall, dnd } = this.#doing.get(upn)!
    const isAtPhone = placeOf(upn) === 'phone'
    if (inCall) return ['hangUp']
    if (dnd) return [isAtPhone ? 'phoneFree' : 'teamsFree']
    return ['call', isAtPhone ? 'phoneDnd' : 'teamsDnd']
  }

  did(upn: string, deed: Deed): void {
    const doing = this.#doing.get(upn)!
    if (deed === 'call' || deed === 'hangUp') doing.inCall = deed === 'call'
    else doing.dnd = deed === 'phoneDnd' || deed === 'teamsDnd'
  }

  /** Another system says that somebody is in a call, or does not any more. */
  says(upn: string, busy: boolean): void {
    if (busy) this.#said.add(upn)
    else this.#said.delete(upn)
  }

  act(upn: string): Act {
    const { inCall, dnd } = this.#doing.get(upn)!
    if (inCall || this.#said.has(upn)) return 'inCall'
    return dnd ? 'dnd' : 'free'
  }

  /** Everybody who does something. */
  busy(): readonly string[] {
    return [...this.#doing.keys()].filter((upn) => this.act(upn) !== 'free')
  }

  look(upn: string): Look {
    const act = this.act(upn)
    if (act === 'inCall') return { shown: calling, preferred: null, sessions: 1, silent: false }
    if (act === 'dnd') return { shown: silence, preferred: silence, sessions: 0, silent: true }
    return { shown: this.#free.get(upn)!, preferred: null, sessions: 0, silent: false }
  }
}

/** Where somebody presses do not disturb, by the number in the name. */
export function placeOf(upn: string): 'phone' | 'teams' {
  return Number(/\d+/.exec(upn)?.[0] ?? 0) % 20 < 10 ? 'phone' : 'teams'
}
