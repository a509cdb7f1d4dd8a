/**
 * Which addresses a list of words means: the address itself, all that begin with what stands before `*`, or all.
 * Letter case counts: names of a phone system may differ in nothing else.
 */
export class Scope {
  readonly #exact: ReadonlySet<string>
  readonly #prefixes: readonly string[]

  constructor(words: readonly string[]) {
    this.#exact = new Set(words.filter((word) => !word.endsWith('*')))
    this.#prefixes = words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1))
  }

  has(address: string): boolean {
    return this.names(address) || this.#prefixes.some((prefix) => address.startsWith(prefix))
  }

  /** Whether it stands there itself. */
  names(address: string): boolean {
    return this.#exact.has(address)
  }
}
