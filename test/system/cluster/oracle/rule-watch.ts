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
      const found = await eyes.overlong(upns).catch((error: unknown) => [String(error)])
      this.broken.push(...found)
      await wait(lookMs, undefined, { signal: this.#abort.signal }).catch(() => {})
    }
  }
}
