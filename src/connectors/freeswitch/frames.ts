/** One message of the event socket: header lines, and a body where Content-Length says so. */
export interface EslFrame {
  /** Names in lower case; values as they were written. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** The bytes are not those of an event socket: where the next message begins is not known any more. */
export class BrokenStream extends Error {}

const longestHead = 64 * 1024
/** A list of every channel of a very large switch stays below. */
const longestBody = 64 * 1024 * 1024

/** Cuts what arrives into messages (event socket, "Message framing" of its documentation). */
export class FrameReader {
  #held: Buffer[] = []
  #size = 0
  /** Of the message whose body is awaited. */
  #headers: ReadonlyMap<string, string> | undefined
  #bodyLength = 0

  /** The messages that are complete by now, in order. Throws BrokenStream. */
  push(bytes: Uint8Array): readonly EslFrame[] {
    this.#held.push(Buffer.from(bytes))
    this.#size += bytes.length
    const frames: EslFrame[] = []
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame)
    return frames
  }

  #next(): EslFrame | undefined {
    if (!this.#headers && !this.#readHead()) return undefined
    const headers = this.#headers
    if (!headers || this.#size < this.#bodyLength) return undefined
    const all = this.#join()
    const body = all.toString('utf8', 0, this.#bodyLength)
    this.#keep(all.subarray(this.#bodyLength))
    this.#headers = undefined
    return { headers, body }
  }

  #readHead(): boolean {
    let all = this.#join()
    // Blank lines between messages mean nothing.
    while (all[0] === 0x0a || all[0] === 0x0d) all = all.subarray(1)
    this.#keep(all)
    const end = all.indexOf('\n\n')
    if (end < 0) {
      if (all.length > longestHead) throw new BrokenStream('a header block has no end')
      return false
    }
    this.#headers = parseHeaders(all.toString('utf8', 0, end))
    this.#bodyLength = lengthOf(this.#headers)
    this.#keep(all.subarray(end + 2))
    return true
  }

  #join(): Buffer {
    const [first] = this.#held
    if (this.#held.length !== 1 || !first) this.#held = [Buffer.concat(this.#held)]
    return this.#held[0]!
  }

  #keep(rest: Buffer): void {
    this.#held = [rest]
    this.#size = rest.length
  }
}

function lengthOf(headers: ReadonlyMap<string, string>): number {
  const text = headers.get('content-length')
  if (text === undefined) return 0
  const length = Number(text)
  if (!/^\d+$/.test(text) || length > longestBody)
    throw new BrokenStream(`Content-Length is ${text.slice(0, 20)}`)
  return length
}

/** Lines of `Name: value`; a line without a colon is left out (`rude/rejection` has one). */
export function parseHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  return headers
}
