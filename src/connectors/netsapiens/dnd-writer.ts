import type { Outcome, Publication } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import type { Priority } from '../kit/budget.ts'
import type { Sleeper } from '../kit/sleeper.ts'
import { outcomeOfReply } from '../kit/write-outcome.ts'
import { type AnswerRule, activeRule } from './answer-rules.ts'
import type { ApiClient } from './client.ts'
import type { OwnRules } from './own-rules.ts'
import { putDnd, type RuleAccess, readRules, unknownUser } from './rule-access.ts'

/** A write that got no turn in this time goes back to the hub, which may want something else by then. */
const patienceMs = 2_000
/** A PUT is answered with 202 Accepted: it may show a little later. */
const looks = 6
const lookMs = 400

export interface WriterParts {
  readonly client: ApiClient
  readonly own: OwnRules
  readonly clock: Clock
  readonly sleeper: Sleeper
  /** Milliseconds; 0 for as long as the cause lasts. */
  readonly pauseMs: number
}

/** Do not disturb of a user: it stands in the answer rule of the time frame that is in force. Calls for one user one at a time. */
export class DndWriter {
  readonly #parts: WriterParts

  constructor(parts: WriterParts) {
    this.#parts = parts
  }

  /** Idempotent; reads back what it wrote; does not throw but for the memory. */
  async write({ address, act, state }: Publication): Promise<Outcome> {
    const access = this.#access(address, act === 'withdraw' ? 'withdraw' : 'write')
    const read = await readRules(access)
    if (read.reply) return outcomeOfReply(read.reply, 'asked', unknownUser)
    const active = activeRule(read.rules)
    if (!active) return noRule
    const on = isDoNotDisturb(state)
    return act === 'assert' && on ? this.#assert(access, active) : this.#withdraw(access, read.rules, on)
  }

  /**
   * Takes back what is ours and no longer in force, forgets what a person has cleared, and ends a pause that has lasted
   * long enough. True where something was written.
   */
  async tidy(user: string): Promise<boolean> {
    const { own, clock, pauseMs } = this.#parts
    const record = await own.of(user)
    if (!record) return false
    const access = this.#access(user, 'withdraw')
    const read = await readRules(access)
    const active = read.rules && activeRule(read.rules)
    if (!read.rules || !active) return false
    const isOver = pauseMs > 0 && clock.wall() - record.since >= pauseMs
    const isCleared = record.frames.includes(active.frame) && !active.dnd
    const stale = read.rules.filter(
      (rule) => record.frames.includes(rule.frame) && (isOver || !rule.active || isCleared),
    )
    let wrote = false
    for (const rule of stale) {
      if (rule.dnd && (await this.#put(access, rule, false)).kind !== 'applied') return wrote
      wrote ||= rule.dnd
      await own.drop(user, rule.frame, clock.wall())
    }
    if (isOver || isCleared) await own.forget(user)
    return wrote
  }

  #access(user: string, priority: Priority): RuleAccess {
    return { client: this.#parts.client, user, priority, patienceMs }
  }

  async #assert(access: RuleAccess, active: AnswerRule): Promise<Outcome> {
    const { own, clock } = this.#parts
    // Somebody else's, or ours already.
    if (active.dnd) return { kind: 'unchanged', at: clock.wall() }
    await own.add(access.user, active.frame, clock.wall())
    return this.#put(access, active, true)
  }

  async #withdraw(access: RuleAccess, rules: readonly AnswerRule[], on: boolean): Promise<Outcome> {
    const { own, clock } = this.#parts
    const { user } = access
    const record = await own.of(user)
    let outcome: Outcome = { kind: 'unchanged', at: clock.wall() }
    for (const rule of rules) {
      const ours = record?.frames.includes(rule.frame) === true
      // Without a record it is the hub's word that what is in force is ours.
      const wanted = rule.active && on
      const mine = ours || (rule.active && (record === undefined || on))
      if (!mine || rule.dnd === wanted) continue
      const put = await this.#put(access, rule, wanted)
      if (put.kind !== 'applied') return put
      outcome = put
    }
    await own.forget(user)
    return outcome
  }

  async #put(access: RuleAccess, rule: AnswerRule, on: boolean): Promise<Outcome> {
    const { clock, sleeper } = this.#parts
    const reply = await putDnd(access, rule, on)
    if (reply.kind !== 'ok' && reply.kind !== 'malformed') return outcomeOfReply(reply, 'sent', unknownUser)
    for (let look = 0; look < looks; look += 1) {
      if (look > 0) await sleeper.sleep(lookMs)
      const read = await readRules(access)
      if (read.reply) return { kind: 'failed', reason: 'what was written could not be read back' }
      const now = read.rules.find(({ frame }) => frame === rule.frame)
      // A rule that is gone silences nobody.
      if (now?.dnd === on || (!now && !on)) return { kind: 'applied', at: clock.wall() }
    }
    return { kind: 'failed', reason: 'the platform accepted the write and does not show it' }
  }
}

const noRule: Outcome = {
  kind: 'rejected',
  reason: 'No answer rule of the user is in force, so there is nowhere to set do not disturb.',
  fix: 'Give the user an answer rule for the time frame "Default" in the portal.',
}
