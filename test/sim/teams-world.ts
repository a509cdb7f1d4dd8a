/**
 * A model of an aggregate like Teams, written from Microsoft's description alone
 * (learn.microsoft.com/graph/cloud-communications-manage-presence-state): nothing of it knows the hub. Pairs are
 * written `availability/activity`; all times are monotonic milliseconds.
 */

/** `observed`: a preferred Available or Busy gives way to a call, as vendors report; `documented`: it masks it. */
export type Aggregation = 'documented' | 'observed'

export interface Preferred {
  readonly pair: string
  readonly until: number
  readonly by: 'person' | 'hub'
  readonly at: number
}

export interface TeamsState {
  /** The session of the person's own clients; undefined while signed out. */
  readonly client: string | undefined
  readonly inCall: boolean
  readonly preferred: Preferred | undefined
  /** The hub's application session. */
  readonly app: { readonly pair: string; readonly until: number } | undefined
}

const strength = ['doNotDisturb', 'busy', 'available', 'away']
const yielding = new Set(['available/available', 'busy/busy'])
const calling = new Set(['busy/inACall', 'busy/inAConferenceCall', 'doNotDisturb/presenting'])

function rank(pair: string): number {
  const found = strength.indexOf(pair.slice(0, pair.indexOf('/')))
  return 2 * (found < 0 ? strength.length : found) + (calling.has(pair) ? 0 : 1)
}

/** What Teams shows at a moment. */
export function aggregate(state: TeamsState, at: number, mode: Aggregation): string {
  const sessions: string[] = []
  if (state.inCall) sessions.push('busy/inACall')
  if (state.client) sessions.push(state.client)
  if (state.app && at < state.app.until) sessions.push(state.app.pair)
  const first = sessions.sort((a, b) => rank(a) - rank(b))[0]
  if (!first) return 'offline/offline'
  const preferred = state.preferred && at < state.preferred.until ? state.preferred.pair : undefined
  if (!preferred) return first
  if (mode === 'observed' && yielding.has(preferred) && calling.has(first)) return first
  return preferred
}

const signedIn: TeamsState = {
  client: 'available/available',
  inCall: false,
  preferred: undefined,
  app: undefined,
}

const dayMs = 24 * 3_600_000

/** `failing`: reads succeed, writes fail. `mute`: nothing is heard any more, and nothing says so. */
export type Fault =
  | { readonly kind: 'down' | 'failing' | 'mute' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }

/** Everyone's state with its history, because a read may show what was true some time ago. */
export class TeamsWorld {
  readonly mode: Aggregation
  readonly #now: () => number
  readonly #preferredLifeMs: number
  readonly #history = new Map<string, { readonly at: number; readonly state: TeamsState }[]>()
  /** While set, requests do not succeed. */
  fault: Fault | undefined
  /** When writes were turned away with the wish to wait. */
  readonly refusals: number[] = []

  constructor(
    now: () => number,
    mode: Aggregation,
    about: { readonly addresses: readonly string[]; readonly preferredLifeMs?: number },
  ) {
    this.#now = now
    this.mode = mode
    this.#preferredLifeMs = about.preferredLifeMs ?? dayMs
    for (const address of about.addresses) this.#history.set(address, [{ at: 0, state: signedIn }])
  }

  has(address: string): boolean {
    return this.#history.has(address)
  }

  state(address: string): TeamsState {
    return this.#history.get(address)!.at(-1)!.state
  }

  shown(address: string): string {
    return aggregate(this.state(address), this.#now(), this.mode)
  }

  /** What a read shows that looks `lagMs` back, and the version it comes from. */
  read(address: string, lagMs: number): { readonly pair: string; readonly version: number } {
    const at = Math.max(0, this.#now() - lagMs)
    const history = this.#history.get(address)!
    let index = history.length - 1
    while (index > 0 && history[index]!.at > at) index -= 1
    return { pair: aggregate(history[index]!.state, at, this.mode), version: index }
  }

  change(address: string, change: Partial<TeamsState>): void {
    const history = this.#history.get(address)!
    history.push({ at: this.#now(), state: { ...history.at(-1)!.state, ...change } })
  }

  prefer(address: string, pair: string | undefined, by: 'person' | 'hub'): void {
    const at = this.#now()
    this.change(address, {
      preferred: pair ? { pair, until: at + this.#preferredLifeMs, by, at } : undefined,
    })
  }

  /** The same choice, for longer; whose it is does not change. */
  prolong(address: string): void {
    const preferred = this.preferred(address)
    if (preferred)
      this.change(address, { preferred: { ...preferred, until: this.#now() + this.#preferredLifeMs } })
  }

  /** The preferred pair that is in force, if any. */
  preferred(address: string): Preferred | undefined {
    const { preferred } = this.state(address)
    return preferred && this.#now() < preferred.until ? preferred : undefined
  }

  session(address: string): string | undefined {
    const { app } = this.state(address)
    return app && this.#now() < app.until ? app.pair : undefined
  }
}
