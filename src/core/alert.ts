/** What an operator should know of and can do something about. */
export const problemKinds = [
  'signIn',
  'connectorDown',
  'tenantDown',
  'secretExpiring',
  'staleWrite',
  'contested',
  'sharedSession',
  'routing',
  'configuration',
  'store',
  'nats',
  'clock',
] as const
/** See `problemKinds`. */
export type ProblemKind = (typeof problemKinds)[number]

/** Something that is wrong now. The same key is the same problem, however often it is found. */
export interface Problem {
  readonly key: string
  readonly kind: ProblemKind
  /** One line: what, and where. */
  readonly title: string
  /** What is known of it, in whole sentences. */
  readonly text: string
  /** What to do. */
  readonly fix?: string
  /** Wall clock, milliseconds. */
  readonly since: number
  readonly tenant?: string
  /** Id of the person it is about, where it is about one. */
  readonly person?: string
  /** The same problem is told once more whenever this changes: it has become more urgent. */
  readonly again?: string
}

/** A problem that was raised and is not over. */
export interface AlertView extends Problem {
  /** Wall clock, milliseconds. */
  readonly raisedAt: number
  /** False while quiet hours hold it back. */
  readonly told: boolean
}

/** How one way of telling people fares. */
export interface ChannelView {
  readonly name: string
  /** Messages that were not taken yet. */
  readonly waiting: number
  /** Why the last attempt failed; absent after one that did not. */
  readonly trouble?: string
  /** Wall clock of the last message that was taken, milliseconds. */
  readonly sentAt?: number
}

/** What the API shows of alerts. */
export interface AlertPort {
  current(tenant?: string): readonly AlertView[]
  channels(): readonly ChannelView[]
}
