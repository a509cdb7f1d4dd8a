/**
 * What can wait in a connector or the hub. `turns`: people whose state is to be worked out or stored. `answers`: writes
 * that were sent and not answered; `putOff`: writes that the system put off or did not answer, to be sent again. The others are requests in front of a request budget, the most urgent first.
 */
export const queueNames = [
  'turns',
  'answers',
  'putOff',
  'withdraw',
  'write',
  'settle',
  'hot',
  'sweep',
] as const
/** See `queueNames`. */
export type QueueName = (typeof queueNames)[number]

/** How much waits in one queue; one in which nothing waits is left out of lists. */
export interface QueueView {
  readonly queue: QueueName
  readonly depth: number
  /** Since when the first of them waits, wall clock, milliseconds; left out where that is not kept. */
  readonly oldestAt?: number
}

/** How many requests a system lets us make, and how it was with that. */
export interface BudgetView {
  /** Sent within the last 30 s. */
  readonly used: number
  /** Allowed within 30 s, now. */
  readonly limit: number
  /** To which it may grow. */
  readonly ceiling: number
  /** By how much it grows with each 30 s without a refusal; 0 where it is at its ceiling. */
  readonly growth: number
  /** Nothing is sent until then, because the system said so; wall clock, milliseconds. */
  readonly blockedUntil?: number
  /** How often the system asked for fewer requests (429) since the budget was opened. */
  readonly refusals: number
  /** The refusals that the budget has not recovered from: it is below what it was, or nothing may be sent. */
  readonly throttled?: ThrottleView
}

/** A time in which a system asks for fewer requests. Wall clock, milliseconds. */
export interface ThrottleView {
  /** The first refusal of it. */
  readonly since: number
  readonly lastAt: number
  /** What the last one told to wait, milliseconds. */
  readonly retryAfterMs: number
}

/** One kind of notification that a system was asked for. */
export interface SubscriptionView {
  /** In the vendor's words: `call`, `dialog`. */
  readonly kind: string
  /** How many are in force. */
  readonly count: number
  /** When the first of them ends unless it is renewed, wall clock, milliseconds; left out where they do not end. */
  readonly expiresAt?: number
  /** How often one was made or renewed since the connector began. */
  readonly renewals: number
  /** Of the last notification, wall clock, milliseconds. */
  readonly heardAt?: number
  /** Why there are none, or not all. */
  readonly trouble?: string
}

/** The access token that a connector works with. */
export interface TokenView {
  /** Wall clock, milliseconds. */
  readonly expiresAt?: number
  /** Why it could not be renewed, the last time. */
  readonly trouble?: string
}

/** What a connector instance says of its own working, for the health page. Lists that it has nothing for are left out. */
export interface Workings {
  readonly queues?: readonly QueueView[]
  readonly budget?: BudgetView
  readonly subscriptions?: readonly SubscriptionView[]
  readonly token?: TokenView
}

/** What a system is signed in to with, and when that ends. */
export interface CredentialView extends TokenView {
  readonly what: 'token' | 'secret' | 'certificate'
  /** Path of the setting: `clientSecret`; a token has none. */
  readonly setting?: string
}

/**
 * How something came to be mended. `vanished`: what we had written was gone there and was written again. `unanswered`:
 * a write whose fate was not known (no answer, a restart) was made sure of. `leftover`: something of ours that nobody
 * remembered was found and taken for ours. `missed`: after a break a system said another state than before it.
 */
export const repairKinds = ['vanished', 'unanswered', 'leftover', 'missed'] as const
/** See `repairKinds`. */
export type RepairKind = (typeof repairKinds)[number]

/** One state that was mended. */
export interface RepairView {
  readonly kind: RepairKind
  /** Wall clock, milliseconds. */
  readonly at: number
  /** Id of the person. */
  readonly person: string
  readonly address: string
}

/** How often one kind of repair was made since the hub runs. */
export interface RepairCount {
  readonly kind: RepairKind
  readonly count: number
}

/** How one connector works, beside its state of health. */
export interface SystemDetails {
  readonly tenant: string
  readonly connector: string
  readonly title: string
  readonly queues: readonly QueueView[]
  readonly budget?: BudgetView
  readonly subscriptions: readonly SubscriptionView[]
  readonly credentials: readonly CredentialView[]
  readonly repairs: { readonly counts: readonly RepairCount[]; readonly latest: readonly RepairView[] }
}

/** How the hub works, beside what is wrong with it. */
export interface HealthDetails {
  /** Of the hub as a whole; nothing for whoever reaches less. */
  readonly queues: readonly QueueView[]
  readonly systems: readonly SystemDetails[]
}
