/** How one outgoing webhook fares. */
export interface WebhookView {
  readonly tenant: string
  readonly id: string
  /** Host of its address; the path may hold a secret of its own. */
  readonly host: string
  /** Events that were not taken yet. */
  readonly waiting: number
  /** Events that were given up and can be replayed. */
  readonly failed: number
  /** Why the last attempt failed; absent after one that did not. */
  readonly trouble?: string
  /** Nothing is sent before this, wall clock, milliseconds. */
  readonly restsUntil?: number
  /** Wall clock of the last event that was taken, milliseconds. */
  readonly sentAt?: number
}

/** An event that nobody took for a day, or for which there was no room. */
export interface FailedEvent {
  readonly tenant: string
  readonly webhook: string
  /** Of the event, the same in every attempt. */
  readonly id: string
  /** Id of the person whom it is about. */
  readonly person: string
  /** When it happened, wall clock, milliseconds. */
  readonly at: number
  /** When it was given up, wall clock, milliseconds. */
  readonly failedAt: number
  readonly attempts: number
  readonly reason: string
}

/** One attempt to deliver an event. Says nothing of whom the event is about. */
export interface Delivery {
  readonly tenant: string
  readonly webhook: string
  /** Of the event, the same in every attempt. */
  readonly id: string
  /** Of the event: hookswitch.presence.changed, or hookswitch.test. */
  readonly type: string
  /** 1 for the first, or for the first since the event was replayed. */
  readonly attempt: number
  /** When it began, wall clock, milliseconds. */
  readonly at: number
  /** Until the answer, or until none was waited for any more, milliseconds. */
  readonly tookMs: number
  readonly outcome: DeliveryOutcome
  /** HTTP status; absent where nothing answered. */
  readonly status?: number
  /** Why it failed, a clause for people: it answered with status 500. */
  readonly reason?: string
  /** The event is not tried again before this, wall clock, milliseconds; absent where it is not tried again. */
  readonly nextAt?: number
}

/** How an attempt to deliver ended: taken by the receiver, or not. */
export type DeliveryOutcome = 'taken' | 'failed'

/** Which attempts; all where nothing is said. */
export interface DeliveryChoice {
  readonly tenant?: string | undefined
  readonly webhook?: string | undefined
  readonly outcome?: DeliveryOutcome | undefined
  /** The newest so many. */
  readonly limit?: number | undefined
}

/** What came of a trial; `reason` is a clause for people: it answered with status 500. */
export type WebhookTrial = { readonly taken: true } | { readonly taken: false; readonly reason: string }

/** Which events; all where nothing is said. */
export interface WebhookChoice {
  readonly tenant?: string | undefined
  readonly webhook?: string | undefined
  /** Of one event. */
  readonly id?: string | undefined
}

/** What the API does with outgoing webhooks. */
export interface WebhookPort {
  list(tenant?: string): readonly WebhookView[]
  /** Newest first. */
  failed(choice: WebhookChoice): readonly FailedEvent[]
  /** The newest attempts of each webhook, newest first: at most 1,000, none older than 30 days. */
  deliveries(choice: DeliveryChoice): readonly Delivery[]
  /** Sends one event that is about nobody, past what waits; undefined where there is no such webhook. Never tried again. */
  test(tenant: string, webhook: string): Promise<WebhookTrial | undefined>
  /** Sends given-up events again, with their ids, and one that is named and still waits; answers how many. On disk when it resolves. */
  replay(choice: WebhookChoice): Promise<number>
  /**
   * Tells everyone's state once more, as to a new receiver; answers of how many people, undefined where there is no such
   * webhook. On disk when it resolves.
   */
  tellAgain(tenant: string, webhook: string): Promise<number | undefined>
}
