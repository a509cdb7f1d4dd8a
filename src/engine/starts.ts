import type { Clock, Timer } from '../core/ports.ts'

/** So many systems may be about to start at the same time. */
const together = 50
/** One that does not answer holds up others no longer than so many looks, milliseconds apart. */
const looks = 10
const lookMs = 300
/**
 * A look that comes so late does not count, milliseconds: this process has its hands full, what has come may be unread, and more starts
 * would make it worse. Each of them ends by its own time limits.
 */
const lateMs = 100

/** So often is looked whether there is less to do, milliseconds. */
const pauseMs = 100

/**
 * The order in which systems start. What a phone system tells at its start is large for a moment: a thousand of them
 * at once would keep the process busy with nothing but making room, until their connections were given up. And what they tell waits for its
 * turn: the next begin when most of it has been taken in, or when none is under way.
 */
export class Starts {
  readonly #clock: Clock
  readonly #hasMuchToDo: () => boolean
  readonly #waiting: (() => void)[] = []
  #running = 0
  #timer: Timer | undefined

  constructor(clock: Clock, hasMuchToDo: () => boolean = () => false) {
    this.#clock = clock
    this.#hasMuchToDo = hasMuchToDo
  }

  /** Answers as the start does, which begins at once while there is room, and in its turn otherwise. */
  async run(start: () => Promise<void>): Promise<void> {
    if (this.#running < together && this.#waiting.length === 0) this.#running += 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    let left = false
    const leave = () => {
      if (left) return
      left = true
      this.#running -= 1
      this.#admit()
    }
    let timer: Timer
    const look = (left: number) => {
      if (left === 0) return leave()
      const due = this.#clock.monotonic() + lookMs
      timer = this.#clock.after(lookMs, () => look(this.#clock.monotonic() > due + lateMs ? left : left - 1))
    }
    look(looks)
    try {
      await start()
    } finally {
      timer!.cancel()
      leave()
    }
  }

  #admit(): void {
    while (this.#running < together && (this.#running === 0 || !this.#hasMuchToDo())) {
      const next = this.#waiting.shift()
      if (!next) return
      this.#running += 1
      next()
    }
    if (this.#running === together || this.#timer) return
    this.#timer = this.#clock.after(pauseMs, () => {
      this.#timer = undefined
      this.#admit()
    })
  }
}
