import type { Outcome, WriteSlot } from '../../../core/connector.ts'
import type { Clock } from '../../../core/ports.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../../core/presence.ts'
import { InTurn } from '../in-turn.ts'
import type { EventPackage } from './event-package.ts'
import { CredentialsRefused } from './failures.ts'
import { outcomeOfRefusal } from './feature-answer.ts'
import type { FeatureBook } from './feature-book.ts'
import { featureEvent, featureType, writeSetDoNotDisturb } from './feature-event.ts'
import type { Follow } from './follow.ts'
import type { SipWatcher } from './watcher.ts'

/** Do not disturb of a phone, as its key sets it: it stays until somebody takes it back. */
export const featureSlot: WriteSlot = {
  slot: 'dnd',
  states: [DO_NOT_DISTURB],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 5000,
}

export interface FeatureWriterParts {
  readonly clock: Clock
  readonly watcher: Pick<SipWatcher, 'isConnected' | 'lacks' | 'followed' | 'visit'>
  readonly package: EventPackage
  readonly book: FeatureBook
}

const noConnectionMs = 5000
const notYetMs = 1000
const credentialsMs = 600_000
/** How long the NOTIFY that tells the change may take after the answer, milliseconds. */
const readBackMs = 4000

/** Sets do not disturb by as-feature-event, and waits until the server tells it. */
export class FeatureWriter {
  readonly #parts: FeatureWriterParts
  readonly #inTurn = new InTurn()

  constructor(parts: FeatureWriterParts) {
    this.#parts = parts
  }

  /** Idempotent; one at a time for an address; never throws. */
  set(address: string, on: boolean): Promise<Outcome> {
    return this.#inTurn.run(address, async () => {
      try {
        return await this.#set(address, on)
      } catch (error) {
        // Everything stops then, until an operator has mended it.
        if (error instanceof CredentialsRefused) {
          return { kind: 'deferred', reason: error.message, retryAfterMs: credentialsMs }
        }
        return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
      }
    })
  }

  async #set(address: string, on: boolean): Promise<Outcome> {
    const { watcher, package: each } = this.#parts
    if (!watcher.isConnected) {
      return { kind: 'deferred', reason: 'There is no connection to the PBX.', retryAfterMs: noConnectionMs }
    }
    if (watcher.lacks(featureEvent)) {
      const reason = `The server does not know the event package ${featureEvent} (489 Bad Event).`
      return { kind: 'rejected', reason, fix: each.otherwise }
    }
    const follow = watcher.followed(featureEvent, address)
    if (follow) return this.#change(follow, on)
    // Somebody who is followed no more: what is ours there is to be taken back all the same.
    return watcher.visit(each, address, (visited) => this.#change(visited, on))
  }

  async #change(follow: Follow, on: boolean): Promise<Outcome> {
    const { clock, book, package: each } = this.#parts
    const { state, address } = follow
    if (state.kind === 'refused') {
      const reason = `Do not disturb of extension ${address} cannot be reached (${featureEvent}): ${state.why}.`
      return { kind: 'rejected', reason, fix: state.fix }
    }
    const reason = `The subscription of extension ${address} (${featureEvent}) does not stand.`
    if (state.kind !== 'live') return { kind: 'deferred', reason, retryAfterMs: notYetMs }
    if (book.of(address) === on) return { kind: 'unchanged', at: clock.wall() }
    const response = await follow.change({ type: featureType, text: writeSetDoNotDisturb(on) })
    if (response === undefined) return { kind: 'deferred', reason, retryAfterMs: notYetMs }
    if (response.status >= 300) return outcomeOfRefusal(response, each.otherwise)
    if (await book.until(address, (told) => told === on, { clock, ms: readBackMs })) {
      return { kind: 'applied', at: clock.wall() }
    }
    return { kind: 'failed', reason: `The PBX accepted the change (${featureEvent}) and does not tell it.` }
  }
}
