export type Monitor = 'presence' | 'calls'

/** Changes that a reading has found and no event has told: the monitors of the PBX may not be ticked. */
export class Untold {
  readonly #found: Record<Monitor, Set<string>> = { presence: new Set(), calls: new Set() }
  readonly #certain: Record<Monitor, Set<string>> = { presence: new Set(), calls: new Set() }

  /** An event of these came: they are monitored. */
  told(monitor: Monitor, extensions: Iterable<string>): void {
    for (const each of extensions) {
      this.#found[monitor].delete(each)
      this.#certain[monitor].delete(each)
    }
  }

  /** What a reading has found. Its event may still be on its way; by the next reading it must have come. */
  found(untold: Readonly<Record<Monitor, ReadonlySet<string>>>, followed: ReadonlySet<string>): void {
    for (const monitor of ['presence', 'calls'] as const) {
      for (const each of this.#found[monitor]) this.#certain[monitor].add(each)
      this.#found[monitor].clear()
      for (const each of untold[monitor]) if (followed.has(each)) this.#found[monitor].add(each)
    }
  }

  /** A new line has begun: what was missed before it is no wonder. */
  forget(): void {
    this.#found.presence.clear()
    this.#found.calls.clear()
  }

  of(monitor: Monitor): readonly string[] {
    return [...this.#certain[monitor]]
  }
}
