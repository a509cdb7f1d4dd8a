/**
 * How XML documents are cut out of a TCP stream. `header`: ECMA-323 annex J without SOAP, 8 bytes before each
 * document. `nul`: a zero byte after each, and no invoke id (Uni-tel's "CSTA TCP client API").
 */
export type Framing = 'header' | 'nul'

export type Frame =
  /** `id` is the invoke id, undefined with `nul`. */
  | { readonly kind: 'message'; readonly id: number | undefined; readonly xml: string }
  /** What came cannot be cut into documents any more; the connection has to be given up. */
  | { readonly kind: 'broken'; readonly reason: string }

/** The invoke id of events, which nobody answers (ECMA-323 annex J). */
export const eventId = 9999

const headerBytes = 8
const maxNulBytes = 1024 * 1024
/** The length has 16 bits and counts the header. */
const maxDocumentBytes = 0xffff - headerBytes

/** Throws RangeError for a document longer than a header can tell. */
export function encodeFrame(framing: Framing, id: number, xml: string): Buffer {
  const body = Buffer.from(xml)
  if (framing === 'nul') return Buffer.concat([body, Buffer.from([0])])
  if (body.length > maxDocumentBytes) throw new RangeError(`a document of ${body.length} bytes`)
  const header = Buffer.alloc(headerBytes)
  header.writeUInt16BE(body.length + headerBytes, 2)
  header.write(String(id).padStart(4, '0'), 4, 'ascii')
  return Buffer.concat([header, body])
}

/** Bytes to documents; any cut of the bytes gives the same frames. */
export class Framer {
  readonly #framing: Framing
  #waiting: Buffer = Buffer.alloc(0)
  #broken = false

  constructor(framing: Framing) {
    this.#framing = framing
  }

  push(chunk: Buffer): readonly Frame[] {
    if (this.#broken) return []
    this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk])
    const frames: Frame[] = []
    for (;;) {
      const frame = this.#framing === 'nul' ? this.#nextNul() : this.#nextHeader()
      if (!frame) return frames
      frames.push(frame)
      if (frame.kind !== 'broken') continue
      this.#broken = true
      return frames
    }
  }

  #nextHeader(): Frame | undefined {
    if (this.#waiting.length < headerBytes) return undefined
    const version = this.#waiting.readUInt16BE(0)
    // Some peers write the two digits "00" for the two zero bytes.
    if (version !== 0 && version !== 0x3030) {
      const soap = version === 1 ? ' (1 is XML in SOAP, which is not spoken here)' : ''
      return { kind: 'broken', reason: `a header of version ${version}${soap}` }
    }
    const length = this.#waiting.readUInt16BE(2)
    const digits = this.#waiting.toString('latin1', 4, headerBytes)
    if (length < headerBytes) return { kind: 'broken', reason: `a header that tells a length of ${length}` }
    if (!/^\d{4}$/.test(digits)) return { kind: 'broken', reason: 'an invoke id that is not four digits' }
    if (this.#waiting.length < length) return undefined
    const xml = this.#waiting.toString('utf8', headerBytes, length)
    this.#waiting = this.#waiting.subarray(length)
    return { kind: 'message', id: Number(digits), xml }
  }

  #nextNul(): Frame | undefined {
    const end = this.#waiting.indexOf(0)
    if (end < 0) {
      const tooLong = this.#waiting.length > maxNulBytes
      return tooLong ? { kind: 'broken', reason: 'a document without an end' } : undefined
    }
    const xml = this.#waiting.toString('utf8', 0, end)
    this.#waiting = this.#waiting.subarray(end + 1)
    // Zero bytes between documents are nothing.
    return xml.trim() === '' ? this.#nextNul() : { kind: 'message', id: undefined, xml }
  }
}
