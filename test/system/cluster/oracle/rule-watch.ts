import { setTimeout as wait } from 'node:timers/promises'
import type { Eyes } from './eyes.ts'

const lookMs = 2_000

/** Looks all the time, during the faults too, whether something is there that would outlive its rule if everybody died now. */
export class RuleWatch {
  readonly broken: string[] = []
  readonly #abort = new AbortController()
  readonly #running: Promise<void>

  constructor(eyes: Eyes, upns: ReadonlySet<string>) {
    this.#running = this.#run(eyes, upns)
  }

  async stop(): Promise<void> {
    this.#abort.abort()
    await this.#running
  }

  async #run(eyes: Eyes, upns: ReadonlySet<string>): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const look = () => eyes.overlong(upns)
      // A connection may be closed just as it is used again: once more, then.
      const found = await look()
        .catch(look)
        .catch((error: unknown) => [String(error)])
      this.broken.push(...found)
      await wait(lookMs, undefined, { signal: this.#abort.signal }).catch(() => {})
    }
  }
}
