import type { Clock, Timer } from '../../core/ports.ts'

/** Rounds, one at a time: by the interval, or soon after somebody asks. */
export class Poller {
  readonly #clock: Clock
  readonly #intervalMs: () => number
  readonly #round: () => Promise<void>
  #timer: Timer | undefined
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  /** `intervalMs`: from the end of a round to the next, asked after each. `round` must not reject. */
  constructor(clock: Clock, settings: { intervalMs(): number; round(): Promise<void> }) {
    this.#clock = clock
    this.#intervalMs = () => settings.intervalMs()
    this.#round = () => settings.round()
  }

  /** The next round after the interval. */
  start(): void {
    this.#wait()
  }

  /** A round now, or right after the one under way. */
  poke(): void {
    if (this.#running) this.#again = true
    else this.#run()
  }

  /** Idempotent; resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  #run(): void {
    this.#timer?.cancel()
    if (this.#stopped) return
    this.#running = this.#round().finally(() => {
      this.#running = undefined
      if (!this.#again) return this.#wait()
      this.#again = false
      this.#run()
    })
  }

  #wait(): void {
    if (!this.#stopped) this.#timer = this.#clock.after(this.#intervalMs(), () => this.#run())
  }
}
