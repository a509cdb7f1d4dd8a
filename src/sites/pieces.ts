/** A frame of the hub's door carries 256 KiB; a character takes at most three bytes of UTF-8. */
const pieceLength = 60_000
/** What is put together may be so long, in characters. */
const mostWhole = 48 * 1024 * 1024
/** No JSON text begins so. */
const mark = '+'

/** A long text as several frames: all but the last begin with the mark. */
export function cutPieces(text: string): readonly string[] {
  const pieces: string[] = []
  let from = 0
  while (text.length - from > pieceLength) {
    let to = from + pieceLength
    // Both halves of a character beyond the basic plane stay together.
    if (/[\uD800-\uDBFF]/.test(text[to - 1]!)) to -= 1
    pieces.push(mark + text.slice(from, to))
    from = to
  }
  return [...pieces, text.slice(from)]
}

/** Puts pieces together again. */
export class Assembler {
  #pieces: string[] = []
  #length = 0

  /** The whole text; undefined while more is to come. @throws Error where it becomes too long */
  take(frame: string): string | undefined {
    if (!frame.startsWith(mark)) {
      if (this.#pieces.length === 0) return frame
      const whole = this.#pieces.join('') + frame
      this.#pieces = []
      this.#length = 0
      return whole
    }
    this.#length += frame.length
    if (this.#length > mostWhole) throw new Error('it said more at once than the link carries')
    this.#pieces.push(frame.slice(mark.length))
    return undefined
  }
}
