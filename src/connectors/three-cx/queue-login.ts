import type { Outcome, Publication } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import type { Api } from './api.ts'
import { readRow, type UserRow, userPath } from './users.ts'
import { outcomeOf } from './writing.ts'

const patienceMs = 2_000
const timeoutMs = 4_000

/** Logs a user out of all queues, or in: reads first, writes only what differs, and reads back. */
export class QueueLogin {
  readonly #api: Api
  readonly #clock: Clock

  constructor(api: Api, clock: Clock) {
    this.#api = api
    this.#clock = clock
  }

  async publish({ address, slot, act, state }: Publication): Promise<Outcome> {
    if (slot !== 'queue') {
      return { kind: 'rejected', reason: `The queues of 3CX have no slot "${slot}".`, fix: 'Use queue.' }
    }
    const wanted = act === 'assert' || isDoNotDisturb(state) ? 'LoggedOut' : 'LoggedIn'
    const before = await this.#read(address)
    if ('kind' in before) return before.kind === 'failed' ? deferred(before.reason) : before
    if (before.queue === wanted) return { kind: 'unchanged', at: this.#clock.wall() }
    const reply = await this.#api.send({
      priority: act === 'withdraw' ? 'withdraw' : 'write',
      method: 'PATCH',
      path: `/xapi/v1/Users(${before.id})`,
      body: { QueueStatus: wanted },
      ...{ patienceMs, timeoutMs },
    })
    if (reply.kind !== 'ok') return outcomeOf(reply, address)
    const after = await this.#read(address)
    if ('kind' in after || after.queue !== wanted) {
      return { kind: 'failed', reason: 'written, and not seen when it was read back' }
    }
    return { kind: 'applied', at: this.#clock.wall() }
  }

  async #read(address: string): Promise<UserRow | Outcome> {
    const path = userPath(address)
    const reply = await this.#api.send({ priority: 'write', method: 'GET', path, patienceMs, timeoutMs })
    if (reply.kind !== 'ok') return outcomeOf(reply, address)
    return readRow(reply.json) ?? { kind: 'failed', reason: 'the user could not be understood' }
  }
}

/** Nothing was written yet. */
function deferred(reason: string): Outcome {
  return { kind: 'deferred', reason, retryAfterMs: patienceMs }
}
