import {
  type ConnectorContext,
  ConnectorFailure,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import type { FeedEvent } from '../../core/observation.ts'
import type { Timer } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import type { SubscriptionView } from '../../core/workings.ts'
import { type ToldHealth, toldOf } from '../kit/health-teller.ts'
import { createBackoff } from '../kit/reconnect.ts'
import type { Account } from '../kit/sip/account.ts'
import { FeatureBook } from '../kit/sip/feature-book.ts'
import { featureEvent } from '../kit/sip/feature-event.ts'
import { featurePackage } from '../kit/sip/feature-package.ts'
import { FeatureWriter } from '../kit/sip/feature-writer.ts'
import { SipWatcher } from '../kit/sip/watcher.ts'
import { OwnRules } from './own-rules.ts'

/** Where a platform does not know the event. */
export const withoutFeatures =
  'Set doNotDisturbBy to answer-rule, or ask the operator to switch feature key synchronization (as-feature-event) on.'

const inFlight = 20
/** What an operator has to mend, a wrong password before all, is tried so seldom that nothing is locked. */
const operatorMs = 3_600_000

export interface FeatureParts {
  readonly account: Account
  readonly context: Pick<ConnectorContext, 'clock' | 'network' | 'log' | 'metrics' | 'memory' | 'emit'>
  /** Milliseconds; 0 for as long as the cause lasts. */
  readonly pauseMs: number
  /** How the SIP side is doing has changed. */
  report(): void
}

/** Do not disturb of users by SIP as-feature-event, as ConnecttoTeams has it (NS-As-Feature-Event): a feed for each user. */
export class FeatureDnd {
  readonly #parts: FeatureParts
  readonly #watcher: SipWatcher
  readonly #book = new FeatureBook()
  readonly #writer: FeatureWriter
  readonly #own: OwnRules
  #health: ToldHealth = { state: 'starting' }
  readonly #backoff = createBackoff({ firstMs: 2000, ceilingMs: 60_000 })
  #users: readonly string[] = []
  #retry: Timer | undefined
  #stopped = false
  #held: FeedEvent[] | undefined

  constructor(parts: FeatureParts) {
    this.#parts = parts
    const { account, context, report } = parts
    const feature = featurePackage(this.#book, withoutFeatures)
    this.#own = new OwnRules(context.memory, 'feature')
    this.#watcher = new SipWatcher({
      ...{ account, inFlight },
      context: {
        ...{ clock: context.clock, network: context.network },
        ...{ log: context.log, metrics: context.metrics },
        emit: (event) => (this.#held ? void this.#held.push(event) : context.emit(event)),
        health: (health) => {
          // Between two attempts it says why there is none.
          if (health.state === 'stopped') return
          this.#health = health
          report()
        },
      },
      packages: (unknown) => (unknown.has(featureEvent) ? [] : [feature]),
    })
    this.#writer = new FeatureWriter({
      ...{ clock: context.clock, watcher: this.#watcher, package: feature, book: this.#book },
    })
  }

  get health(): ToldHealth {
    return this.#health
  }

  /**
   * What is heard is kept until `tell`, so that it comes with the calls and not before. A server that cannot be reached is
   * tried again; what an operator has to mend throws ConnectorFailure.
   */
  async start(users: readonly string[]): Promise<void> {
    this.#users = users
    this.#stopped = false
    this.#held = []
    await this.#open()
  }

  tell(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const event of held) this.#parts.context.emit(event)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#retry?.cancel()
    await this.#watcher.stop()
  }

  get subscriptions(): readonly SubscriptionView[] {
    return this.#watcher.subscriptions
  }

  follow(users: readonly string[]): void {
    this.#users = users
    this.#watcher.follow(users)
  }

  resync(users: readonly string[]): void {
    this.#watcher.resync(users)
  }

  /** Idempotent; read back by the NOTIFY that follows; does not throw but for the memory. */
  async write({ address, act, state }: Publication): Promise<Outcome> {
    const on = isDoNotDisturb(state)
    const { clock } = this.#parts.context
    if (act === 'assert' && on && this.#book.of(address) !== true) {
      await this.#own.add(address, featureEvent, clock.wall())
    }
    const outcome = await this.#writer.set(address, on)
    const isDone = outcome.kind === 'applied' || outcome.kind === 'unchanged'
    if (act === 'withdraw' && isDone) await this.#own.forget(address)
    return outcome
  }

  /** Ends a pause that has lasted long enough, and forgets one that somebody else has ended. */
  async tidy(user: string): Promise<void> {
    const { context, pauseMs } = this.#parts
    const record = await this.#own.of(user)
    const on = this.#book.of(user)
    if (!record || on === undefined) return
    const isOver = pauseMs > 0 && context.clock.wall() - record.since >= pauseMs
    if (on && !isOver) return
    if (!on || (await this.#writer.set(user, false)).kind === 'applied') await this.#own.forget(user)
  }

  async #open(): Promise<void> {
    try {
      await this.#watcher.start(this.#users)
      // Somebody who came while it was opened.
      this.#watcher.follow(this.#users)
    } catch (error) {
      if (this.#stopped || !(error instanceof ConnectorFailure) || error.kind !== 'not-ready') throw error
      this.#tryLater(error)
    }
  }

  #tryLater(failure: ConnectorFailure): void {
    const { context, report } = this.#parts
    this.#health = { state: 'degraded', ...toldOf(failure) }
    report()
    const waitMs = failure.kind === 'not-ready' ? this.#backoff.next() : operatorMs
    this.#retry = context.clock.after(waitMs, () => {
      this.#open().catch((error: unknown) => {
        if (!this.#stopped && error instanceof ConnectorFailure) this.#tryLater(error)
      })
    })
  }
}
