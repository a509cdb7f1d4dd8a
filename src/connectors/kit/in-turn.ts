/** Things that happen one after the other under the same key, such as writes to one address. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Answers as the work does, which begins when everything asked for before it under this key has ended. */
  async run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key)
    const turn = (async () => {
      await before?.catch(() => {})
      return work()
    })()
    this.#last.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key)
    }
  }
}
