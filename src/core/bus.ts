/** How nodes of one installation talk to each other. Messages are JSON; nothing here outlives a moment. */

/** Why a question got no answer. */
export type BusFailureKind =
  /** Nobody answers at this subject; said at once. */
  | 'nobody'
  /** Somebody listens, and did not answer in time. */
  | 'late'
  /** Whoever answers could not; the message is theirs. */
  | 'refused'
  /** This node has no connection to the others now. */
  | 'away'
  /** More than one message carries. */
  | 'tooLarge'

/** What became of a question, or why a message was not sent. */
export class BusFailure extends Error {
  readonly kind: BusFailureKind

  constructor(kind: BusFailureKind, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'BusFailure'
    this.kind = kind
  }
}

/** Ends what was begun; idempotent. */
export interface BusEnd {
  end(): void
}

/**
 * Subjects are words of letters, digits, `-` and `_`, joined by dots. What one node tells, in one order, is heard in that order by each
 * that listens, itself included, or not at all: who relies on it repairs what was missed.
 */
export interface Bus {
  /** To whoever listens now; dropped while this node is away. @throws BusFailure tooLarge */
  tell(subject: string, message: unknown): void
  /** `*` as a word of the subject stands for any one. */
  hear(subject: string, heard: (message: unknown, subject: string) => void): BusEnd
  /** The first answer of whoever answers there. @throws BusFailure */
  ask(subject: string, message: unknown, withinMs: number): Promise<unknown>
  /** An error that is thrown reaches whoever asked as `refused`, with its message. */
  answer(subject: string, answered: (message: unknown) => Promise<unknown> | unknown): BusEnd
  /** Whether the other nodes can be reached; told at each change. Returns how to stop. */
  watch(changed: (connected: boolean) => void): BusEnd
  readonly connected: boolean
  /** Ends everything. Idempotent. */
  close(): Promise<void>
}
