/** Headers that sign a message with each of the secrets. `at` is wall clock, milliseconds. */
export type Sign = (
  secrets: readonly string[],
  message: { readonly id: string; readonly at: number; readonly body: string },
) => Readonly<Record<string, string>>

/** Who is told of changes, and of which. */
export interface Subscription {
  readonly tenant: string
  readonly id: string
  readonly url: string
  /** The newest first; each signs. */
  readonly secrets: readonly string[]
  /** Ids of people; undefined is everyone. */
  readonly people: ReadonlySet<string> | undefined
  /** Ids of connectors whose own states are told; empty tells the state that the board shows. */
  readonly systems: readonly string[]
}

/** An event on its way to one subscription. */
export interface Waiting {
  readonly id: string
  /** Id of the person whom it is about. */
  readonly person: string
  /** Grows with every event of the hub, over restarts. */
  readonly sequence: number
  /** When it happened, wall clock, milliseconds. */
  readonly at: number
  /** Since when it waits (a replay begins anew), wall clock, milliseconds. */
  readonly since: number
  /** JSON of the event. */
  readonly body: string
}

/** An event that was given up. */
export interface Dead extends Waiting {
  readonly failedAt: number
  readonly attempts: number
  readonly reason: string
}
