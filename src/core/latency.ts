/**
 * The way of one change from its source to its target, hop by hop. `received`: from the source's own time to the hub.
 * `decided`: until the person's turn. `sent`: until the intent was stored and handed to the connector. `acknowledged`:
 * until the target's answer. `shown`: until the first read that shows it. `left` is the whole way until the request
 * leaves for the target, `written` the whole way to the answer, `visible` the whole way to the read.
 */
export const hops = [
  'received',
  'decided',
  'sent',
  'acknowledged',
  'shown',
  'left',
  'written',
  'visible',
] as const
/** One leg of the way, or the whole of it. */
export type Hop = (typeof hops)[number]

/** What set a turn going: the earliest source time (wall clock) and when it came in, both milliseconds. */
export interface Trigger extends Received {
  /** Wall clock of the source. */
  readonly sourceAt: number
}

/** When something came in, milliseconds. */
export interface Received {
  /** Wall clock. */
  readonly receivedWall: number
  /** Hub time of the same moment. */
  readonly receivedAt: number
}

/** Figures of one hop over one period, milliseconds; all but the count are absent without a single time. */
export interface LatencyFigures {
  readonly count: number
  readonly p50?: number
  readonly p95?: number
  readonly max?: number
}

/** One hop of one link. */
export interface HopView {
  readonly hop: Hop
  readonly hour: LatencyFigures
  readonly day: LatencyFigures
}

/** One link with its hops, in the order of `hops`. */
export interface LinkLatency {
  readonly tenant: string
  readonly link: string
  readonly hops: readonly HopView[]
  /** What the link's preset promises from the source to the acknowledged write, milliseconds. */
  readonly promiseMs?: number
  /** Whether 95 of 100 writes of the last day kept the promise; absent without a promise or a write. */
  readonly kept?: boolean
}
