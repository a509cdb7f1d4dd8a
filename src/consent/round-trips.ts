/** One way of a browser to a system and back; see access/oidc for how state, nonce and verifier come about. */
export interface Trip {
  readonly kept: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** What it was begun for. */
  readonly what?: unknown
}

/** Begins and ends ways, wherever they were begun; what a browser keeps ends one once. */
export interface Trips {
  begin(name: string, wish: { readonly what: unknown; readonly lifeMs?: number }): Trip
  /** `elsewhere`: this hub cannot go on with it, and it has not ended. */
  end(
    name: string,
    kept: string | undefined,
    isHere: (what: unknown) => boolean,
  ): Promise<Trip | 'late' | 'elsewhere' | undefined>
}

/** How long somebody may take at the system, milliseconds. */
export const tripMs = 10 * 60_000
/** A window that is to open at once has opened by then, milliseconds. */
export const handoverMs = 2 * 60_000

/** Why a way that came back is none of ours. */
export const notOurs = {
  late: 'This took more than ten minutes. Begin again.',
  handover: 'This window was opened too late, or once before. Close it and begin again in Teams.',
  unknown: 'This was not begun in this browser, or has ended already. Begin again.',
  elsewhere: 'The hub that goes on with this is being replaced. Try again in a moment.',
} as const
