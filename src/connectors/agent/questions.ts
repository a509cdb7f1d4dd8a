import type { Clock, Timer } from '../../core/ports.ts'

interface Open<Answer> {
  readonly answer: (answer: Answer) => void
  readonly timer: Timer
}

/** Questions to one agent that wait for their answer; every one of them ends. */
export class Questions<Answer> {
  readonly #clock: Clock
  readonly #open = new Map<string, Open<Answer>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Answers `late` when nothing came in time. */
  ask(id: string, about: { readonly timeoutMs: number; readonly late: Answer }): Promise<Answer> {
    return new Promise((resolve) => {
      const timer = this.#clock.after(about.timeoutMs, () => this.answer(id, about.late))
      this.#open.set(id, { answer: resolve, timer })
    })
  }

  /** False where nobody waits for it. */
  answer(id: string, answer: Answer): boolean {
    const open = this.#open.get(id)
    if (!open) return false
    this.#open.delete(id)
    open.timer.cancel()
    open.answer(answer)
    return true
  }

  /** The same for all that are open. */
  end(answer: Answer): void {
    for (const id of [...this.#open.keys()]) this.answer(id, answer)
  }
}
