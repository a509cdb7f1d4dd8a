import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { SubscriptionView } from '../../core/workings.ts'
import { needsOperator } from '../kit/failures.ts'
import { createBackoff } from '../kit/reconnect.ts'
import type { Sleeper } from '../kit/sleeper.ts'
import type { ApiClient } from './client.ts'
import type { Follower } from './follower.ts'
import { foreignSync } from './foreign-sync.ts'
import { type HookState, keepSubscriptions, readSubscriptions } from './subscriptions.ts'

export interface RoundParts {
  readonly client: ApiClient
  readonly context: ConnectorContext
  readonly sleeper: Sleeper
  readonly follower: Follower
  /** Something of what is shown here may have changed. */
  report(): void
}

/** Subscriptions are looked at this often, and soon after the address of the hub is another. */
const hooksMs = 5 * 60_000
const addressMs = 10_000
/** After a look that failed, and in a hurry. */
const soonMs = 1_000

/** What is done again and again: looks at the domain, reads of everybody's answer rules, care for the subscriptions. */
export class Rounds {
  readonly #parts: RoundParts
  #wake = Promise.withResolvers<void>()
  #hurry = Promise.withResolvers<void>()
  #hooks: HookState = { delivers: false }
  #announced = false
  #foreign: string | undefined
  #hooksAt = Number.NEGATIVE_INFINITY
  #root: string | undefined
  #renewals: Readonly<Record<string, number>> = {}
  #heardAt: number | undefined

  constructor(parts: RoundParts) {
    this.#parts = parts
  }

  get hooks(): HookState {
    return this.#hooks
  }

  /** What changed was posted before a look found it: only then looks may be rare. */
  get isAnnounced(): boolean {
    return this.#announced
  }

  get foreign(): string | undefined {
    return this.#foreign
  }

  /** The platform posts for all of them to one address: which one a post came from is not told apart. */
  get subscriptions(): readonly SubscriptionView[] {
    const { kept = [], detail } = this.#hooks
    const heard = this.#heardAt !== undefined && { heardAt: this.#heardAt }
    if (kept.length === 0 && detail === undefined) return []
    if (kept.length === 0) return [{ kind: 'events', count: 0, renewals: 0, trouble: detail!, ...heard }]
    return kept.map(({ model, expiresAt }) => {
      return { kind: model, count: 1, expiresAt, renewals: this.#renewals[model] ?? 0, ...heard }
    })
  }

  announced(): void {
    this.#heardAt = this.#parts.context.clock.wall()
    const first = !this.#announced
    this.#announced = true
    if (first) this.#parts.report()
  }

  missed(): void {
    this.#announced = false
  }

  /** Ends the sleep of the looks. */
  wake(): void {
    this.#wake.resolve()
  }

  /** Everybody's rules are worth a look now. */
  hurry(): void {
    this.#hurry.resolve()
  }

  async keepHooks(): Promise<void> {
    const { client, context, follower } = this.#parts
    this.#hooksAt = context.clock.monotonic()
    this.#root = context.callbackUrl()
    this.#hooks = await keepSubscriptions(client, context)
    for (const { model, fresh } of this.#hooks.kept ?? []) {
      if (fresh) this.#renewals = { ...this.#renewals, [model]: (this.#renewals[model] ?? 0) + 1 }
    }
    const found = await readSubscriptions(client)
    const foreign = foreignSync('kind' in found ? [] : found, follower.domain.devices)
    if (foreign !== undefined && this.#foreign === undefined && context.teamsSync !== 'vendor') {
      context.log.warn('ConnecttoTeams is at work in this domain', { field: foreign })
    }
    this.#foreign = foreign
  }

  /** Until the sleeper stops. */
  async run(): Promise<void> {
    await Promise.all([this.#look(), this.#readRules(), this.#careForHooks()])
  }

  get #pushed(): boolean {
    return this.#announced && this.#hooks.delivers
  }

  async #look(): Promise<void> {
    const { context, sleeper, follower, client } = this.#parts
    const { pollSeconds, reconcileSeconds } = client.settings
    let devicesAt = context.clock.monotonic()
    while (!sleeper.stopped) {
      if (follower.lost !== undefined) await this.#recover()
      this.#wake = Promise.withResolvers()
      if (sleeper.stopped) return
      const usual = (this.#pushed ? reconcileSeconds : pollSeconds) * 1000
      await Promise.race([sleeper.sleep(usual), this.#wake.promise])
      if (sleeper.stopped || follower.lost !== undefined) continue
      await follower.look('hot')
      while (!sleeper.stopped && follower.failing) {
        await sleeper.sleep(soonMs)
        if (!sleeper.stopped) await follower.look('hot')
      }
      if (context.clock.monotonic() - devicesAt >= reconcileSeconds * 1000 && follower.lost === undefined) {
        devicesAt = context.clock.monotonic()
        await follower.lookAtDevices()
      }
      this.#parts.report()
    }
  }

  /** Everybody once in a while, spread evenly; all at once when the timetable has moved on. */
  async #readRules(): Promise<void> {
    const { sleeper, follower, client } = this.#parts
    while (!sleeper.stopped) {
      const users = [...follower.addresses]
      const spacing = (client.settings.rulesSeconds * 1000) / Math.max(1, users.length)
      this.#hurry = Promise.withResolvers()
      let hurried = false
      void this.#hurry.promise.then(() => {
        hurried = true
      })
      for (const user of users.length > 0 ? users : [undefined]) {
        if (!hurried) await Promise.race([sleeper.sleep(spacing), this.#hurry.promise])
        if (sleeper.stopped) return
        if (user !== undefined && follower.lost === undefined) await follower.read(user, 'sweep', false)
      }
    }
  }

  async #careForHooks(): Promise<void> {
    const { sleeper, context, follower } = this.#parts
    while (!sleeper.stopped) {
      await sleeper.sleep(addressMs)
      if (sleeper.stopped || follower.lost !== undefined) continue
      const isDue = context.clock.monotonic() - this.#hooksAt >= hooksMs
      if (!isDue && context.callbackUrl() === this.#root) continue
      await this.keepHooks()
      this.#parts.report()
    }
  }

  /** One attempt after the other, ever more rarely; then everything anew. */
  async #recover(): Promise<void> {
    const { sleeper, follower, report } = this.#parts
    const backoff = createBackoff({ firstMs: 1_000, ceilingMs: 30_000 })
    while (!sleeper.stopped && follower.lost !== undefined) {
      report()
      await sleeper.sleep(backoff.next())
      if (sleeper.stopped) return
      try {
        await follower.begin()
        report()
      } catch (error) {
        if (error instanceof ConnectorFailure) follower.lose(error.message, refusalOf(error))
        else follower.lose('the platform cannot be read')
      }
    }
  }
}

function refusalOf(error: ConnectorFailure): ConnectorFailure | undefined {
  return needsOperator(error) ? error : undefined
}
