import { randomUUID } from 'node:crypto'
import type { Clock, Timer } from '../../core/ports.ts'
import type { Agent } from './agents.ts'
import { signWebhook } from './signature.ts'

/** A state of an agent lasts for a shift, seconds. */
const shiftSeconds = 12 * 60 * 60
const retryMs = 1_000
const mostAttempts = 20

interface Waiting {
  readonly id: string
  readonly body: string
  attempts: number
}

/** Delivers what agents pick to the callback address that the hub has told, in order, with a few attempts each. */
export class Sender {
  readonly #clock: Clock
  readonly #secret: string
  readonly #abort = new AbortController()
  #callback: string | undefined
  #waiting: Waiting[] = []
  #sending: Promise<void> | undefined
  #timer: Timer | undefined
  /** Status of every answer, in order. */
  readonly answers: number[] = []

  constructor(clock: Clock, secret: string) {
    this.#clock = clock
    this.#secret = secret
  }

  /** Where to deliver from now on. */
  aim(callback: string): void {
    this.#callback = callback
  }

  tell({ mail, picked, changedAt }: Agent): void {
    this.say(JSON.stringify({ agent: { mail }, state: picked, seconds: shiftSeconds, changedAt }))
  }

  /** Delivers this body as it is. */
  say(body: string, id = `msg_${randomUUID()}`): void {
    if (this.#callback === undefined) return
    this.#waiting.push({ id, body, attempts: 0 })
    this.#go()
  }

  async stop(): Promise<void> {
    this.#timer?.cancel()
    this.#waiting = []
    this.#abort.abort()
    await this.#sending
  }

  #go(): void {
    if (this.#sending || this.#timer) return
    this.#sending = this.#drain().finally(() => {
      this.#sending = undefined
    })
  }

  async #drain(): Promise<void> {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const status = await this.#post(next)
      this.answers.push(status)
      next.attempts += 1
      if (status >= 500 && next.attempts < mostAttempts && !this.#abort.signal.aborted) {
        this.#timer = this.#clock.after(retryMs, () => {
          this.#timer = undefined
          this.#go()
        })
        return
      }
      this.#waiting.shift()
    }
  }

  async #post({ id, body }: Waiting): Promise<number> {
    const { signal } = this.#abort
    const headers = {
      'content-type': 'application/json',
      ...signWebhook(this.#secret, { id, at: this.#clock.wall(), body }),
    }
    try {
      const answer = await fetch(this.#callback!, { method: 'POST', headers, body, signal })
      await answer.body?.cancel()
      return answer.status
    } catch {
      return 599
    }
  }
}
