/** What a day had in it, and how often. */
export interface Ingredients {
  /** Deeds on different systems, the second before the hub can have served the first. */
  interleaved: number
  /** The hub's own writes that came back to it late or twice. */
  echoes: number
  restarts: number
  /** Sessions, choices and leases that ran out. */
  expiries: number
}

const names = ['interleaved', 'echoes', 'restarts', 'expiries'] as const
/** Of all days at least this share has each ingredient. */
const leastShare = 0.2
const bars = ['none', '1', '2 to 3', '4 or more'] as const

/** How many days had how much of each ingredient. */
export class Histogram {
  readonly #days = new Map(names.map((name) => [name, bars.map(() => 0)]))
  #count = 0

  add(had: Ingredients): void {
    this.#count += 1
    for (const name of names) {
      const bar = had[name] < 2 ? had[name] : had[name] < 4 ? 2 : 3
      this.#days.get(name)![bar]! += 1
    }
  }

  /** Ingredients that too few days had. */
  rare(): string[] {
    return names.filter((name) => this.#count - this.#days.get(name)![0]! < leastShare * this.#count)
  }

  toString(): string {
    const row = (cells: readonly (string | number)[]) =>
      cells.map((cell, index) => (index === 0 ? `${cell}`.padEnd(14) : `${cell}`.padStart(10))).join('')
    const share = (none: number) => `${Math.round(100 * (1 - none / Math.max(1, this.#count)))} %`
    return [
      row([`${this.#count} days`, ...bars, 'had any']),
      ...names.map((name) => {
        const counts = this.#days.get(name)!
        return row([name, ...counts, share(counts[0]!)])
      }),
    ].join('\n')
  }
}
