/** Asterisk's small database: values by family and key. */
export class Astdb {
  readonly #values = new Map<string, string>()

  get(family: string, key: string): string | undefined {
    return this.#values.get(`/${family}/${key}`)
  }

  put(family: string, key: string, value: string): void {
    this.#values.set(`/${family}/${key}`, value)
  }

  /** False when there was none. */
  delete(family: string, key: string): boolean {
    return this.#values.delete(`/${family}/${key}`)
  }

  /** `/AMPUSER/1001/device` and so on, in order of the key. */
  tree(family: string): readonly (readonly [string, string])[] {
    return [...this.#values]
      .filter(([key]) => key.startsWith(`/${family}/`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
  }
}
