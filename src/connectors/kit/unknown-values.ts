import type { UnknownValue } from '../../core/connector.ts'
import type { Clock, Log } from '../../core/ports.ts'

/** So many different words are remembered; of further ones only how often they came. */
const mostValues = 50
const longest = 64

/** One word that a connector does not know: where it stood, and what it is taken for. */
export type StrangeWord = Pick<UnknownValue, 'field' | 'value' | 'takenAs'>

/**
 * Words that a vendor has added since a connector was written: counted by field and value, told once in the log, and
 * shown on the health page. What is made of them is the connector's to say, and to test.
 */
export class UnknownValues {
  readonly #clock: Clock
  readonly #log: Log
  readonly #seen = new Map<string, UnknownValue>()

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock
    this.#log = log
  }

  note(word: StrangeWord): void {
    const value = printable(word.value)
    const key = `${word.field}\n${value}`
    const known = this.#seen.get(key)
    if (!known && this.#seen.size >= mostValues) this.#count(`${word.field}\n`, { ...word, value: '…' })
    else this.#count(key, { ...word, value })
  }

  /** The newest first. */
  list(): readonly UnknownValue[] {
    return [...this.#seen.values()].sort((a, b) => b.lastAt - a.lastAt)
  }

  #count(key: string, word: StrangeWord): void {
    const now = this.#clock.wall()
    const known = this.#seen.get(key)
    this.#seen.set(key, {
      ...word,
      count: (known?.count ?? 0) + 1,
      firstAt: known?.firstAt ?? now,
      lastAt: now,
    })
    if (!known) this.#log.warn('the system says a word that this connector does not know', { ...word })
  }
}

/** Whatever a system sends is shown to people: no control characters, no markup, not too long. */
function printable(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N} _.:/+-]/gu, '?').trim()
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain
}
