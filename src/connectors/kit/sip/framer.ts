import { findHeadEnd, maxBodyBytes, maxHeadBytes, skipEmptyLines } from './parse.ts'

export type Framed =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** A double line end between messages: the other side asks for one back (RFC 5626 section 3.5.1). */
  | { readonly kind: 'ping' }
  /** What came cannot be cut into messages any more; the connection has to be given up. */
  | { readonly kind: 'broken'; readonly reason: string }

const contentLength = /(?:^|\n)(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*(?:\r?\n|$)/i

/** Cuts the bytes of a TCP or TLS connection into SIP messages by Content-Length (RFC 3261 section 18.3). */
export class Framer {
  #waiting: Buffer = Buffer.alloc(0)
  #broken = false

  push(chunk: Buffer): readonly Framed[] {
    if (this.#broken) return []
    this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk])
    const framed: Framed[] = []
    for (;;) {
      const next = this.#next()
      if (!next) return framed
      framed.push(next)
      if (next.kind === 'broken') this.#broken = true
      if (this.#broken) return framed
    }
  }

  #next(): Framed | undefined {
    const start = skipEmptyLines(this.#waiting)
    if (start > 0) {
      const lines = this.#waiting.toString('latin1', 0, start).split('\n').length - 1
      const onlyLines = start === this.#waiting.length
      // A lone CR may be half of a line end that is still on its way.
      if (onlyLines && this.#waiting[start - 1] === 13) return undefined
      this.#waiting = this.#waiting.subarray(start)
      return lines > 1 ? { kind: 'ping' } : this.#next()
    }
    const end = findHeadEnd(this.#waiting, 0)
    if (!end) {
      return this.#waiting.length > maxHeadBytes
        ? { kind: 'broken', reason: 'headers without an end' }
        : undefined
    }
    // A stream needs Content-Length; a message without a readable one is taken to have no body.
    const length = Number(contentLength.exec(this.#waiting.toString('latin1', 0, end.head))?.[1] ?? 0)
    if (length > maxBodyBytes) return { kind: 'broken', reason: `a body of ${length} bytes` }
    if (this.#waiting.length < end.body + length) return undefined
    const bytes = this.#waiting.subarray(0, end.body + length)
    this.#waiting = this.#waiting.subarray(end.body + length)
    return { kind: 'message', bytes }
  }
}
