/** Values by two names, found without a text made of both: a turn of a person looks up several. */
export class Pairs<Value> {
  readonly #firsts = new Map<string, Map<string, Value>>()

  get(first: string, second: string): Value | undefined {
    return this.#firsts.get(first)?.get(second)
  }

  set(first: string, second: string, value: Value): void {
    const seconds = this.#firsts.get(first)
    if (seconds) seconds.set(second, value)
    else this.#firsts.set(first, new Map([[second, value]]))
  }

  deleteAll(first: string): void {
    this.#firsts.delete(first)
  }
}
