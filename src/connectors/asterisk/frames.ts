/** One message of the Asterisk Manager Interface. Header names are in lower case; one that repeats has a list. */
export interface AmiMessage {
  readonly kind: 'response' | 'event'
  /** `Success`, `Error` ... of a response; the event's name. */
  readonly name: string
  readonly headers: ReadonlyMap<string, string | readonly string[]>
}

export type Frame =
  | { readonly type: 'banner'; readonly text: string }
  | { readonly type: 'message'; readonly message: AmiMessage }
  /** Something that is no AMI message; the stream goes on behind it. */
  | { readonly type: 'malformed'; readonly reason: string }

/** First value of a header: of the two `Message` headers in the answer to PresenceState, the action's own. */
export function header(message: AmiMessage, name: string): string | undefined {
  const found = message.headers.get(name)
  return typeof found === 'object' ? found[0] : found
}

/**
 * The text as one of its own: V8 keeps the whole message for as long as a longer piece cut out of it lives, which is
 * much for what is remembered of thousands of extensions.
 */
export function own(text: string): string {
  // In UTF-8 a unit takes three bytes at most.
  if (text.length * 3 > scratch.length) return Buffer.from(text).toString()
  return scratch.toString('utf8', 0, scratch.write(text))
}

/** Texts pass through here instead of through buffers of their own: a million of those tear the memory to pieces. */
const scratch = Buffer.allocUnsafeSlow(4096)

const lineEnd = '\r\n'
const messageEnd = Buffer.from('\r\n\r\n')
const leastBytes = 4096
const maximumBanner = 256
/** The longest real message is the list of commands, about 15 kB. */
const maximumMessage = 256 * 1024

/**
 * Bytes to messages (docs.asterisk.org, "AMI v2 Specification"): a banner line, then messages of `Key: Value` lines
 * that end with CR LF, closed by an empty line. Any cut of the bytes gives the same frames. A lone LF belongs to its
 * value. A message over 256 kB, or whose first header is neither Response nor Event, is one malformed frame.
 */
export class FrameReader {
  /** What was not a whole message yet lies at the front; grows to the longest while a list of megabytes passes through. */
  #bytes = Buffer.allocUnsafeSlow(leastBytes)
  #filled = 0
  /** Where the next frame begins while chunks are read. */
  #at = 0
  /** There is no end of a message before this. */
  #scanned = 0
  #greeted = false
  #skipping = false

  /** Keeps nothing of `chunk`, which may be used again. */
  push(chunk: Uint8Array): Frame[] {
    const data = this.#append(chunk)
    const frames: Frame[] = []
    for (let frame = this.#next(data); frame !== undefined; frame = this.#next(data)) {
      if (frame) frames.push(frame)
    }
    this.#bytes.copyWithin(0, this.#at, this.#filled)
    this.#filled -= this.#at
    this.#scanned -= this.#at
    this.#at = 0
    if (chunk.length + this.#filled <= leastBytes) this.#shrink()
    return frames
  }

  /** So little comes when a list is over: a thousand connections would keep a hundred megabytes. */
  #shrink(): void {
    if (this.#bytes.length === leastBytes) return
    const smaller = Buffer.allocUnsafeSlow(leastBytes)
    this.#bytes.copy(smaller, 0, 0, this.#filled)
    this.#bytes = smaller
  }

  #append(chunk: Uint8Array): Buffer {
    const length = this.#filled + chunk.length
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length))
      this.#bytes.copy(larger, 0, 0, this.#filled)
      this.#bytes = larger
    }
    this.#bytes.set(chunk, this.#filled)
    this.#filled = length
    return this.#bytes.subarray(0, length)
  }

  /** A frame; null for bytes that make none; undefined when more bytes are needed. */
  #next(data: Buffer): Frame | null | undefined {
    if (!this.#greeted) return this.#banner(data)
    const end = data.indexOf(messageEnd, this.#scanned)
    if (end < 0) return this.#tooLong()
    const start = this.#at
    this.#moveTo(end + messageEnd.length)
    if (this.#skipping) {
      this.#skipping = false
      return null
    }
    return end - start > maximumMessage ? tooLong : readMessage(data.toString('utf8', start, end))
  }

  #banner(data: Buffer): Frame | undefined {
    const end = data.indexOf(lineEnd)
    if (end < 0 && data.length <= maximumBanner) return undefined
    this.#greeted = true
    const endless = end < 0 || end > maximumBanner
    const text = data.toString('utf8', 0, endless ? maximumBanner : end)
    this.#moveTo(endless ? maximumBanner : end + lineEnd.length)
    return { type: 'banner', text }
  }

  #tooLong(): Frame | undefined {
    const kept = messageEnd.length - 1
    this.#scanned = Math.max(this.#at, this.#filled - kept)
    if (this.#filled - this.#at <= maximumMessage + messageEnd.length) return undefined
    const first = !this.#skipping
    this.#skipping = true
    this.#moveTo(this.#filled - kept)
    return first ? tooLong : undefined
  }

  #moveTo(at: number): void {
    this.#at = at
    this.#scanned = at
  }
}

const tooLong: Frame = { type: 'malformed', reason: `a message longer than ${maximumMessage} bytes` }

function readMessage(text: string): Frame | null {
  const headers = new Map<string, string | readonly string[]>()
  let first: string | undefined
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf(lineEnd, at)
    const end = found < 0 ? text.length : found
    if (end > at) {
      first ??= text.slice(at, end)
      addHeader(headers, text, { at, end })
    }
    at = end + lineEnd.length
  }
  if (first === undefined) return null
  const kind = first.startsWith('Event:') ? 'event' : first.startsWith('Response:') ? 'response' : undefined
  if (!kind) return { type: 'malformed', reason: 'a message that starts with neither Response nor Event' }
  const name = first.slice(first.indexOf(':') + 1).trimStart()
  return { type: 'message', message: { kind, name, headers } }
}

function addHeader(
  headers: Map<string, string | readonly string[]>,
  text: string,
  { at, end }: { readonly at: number; readonly end: number },
): void {
  const colon = text.indexOf(':', at)
  if (colon <= at || colon >= end) return
  const key = keyOf(text.slice(at, colon))
  const value = text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1, end)
  const known = headers.get(key)
  headers.set(key, known === undefined ? value : [known, value].flat())
}

/** Names of headers as they are written and as they are looked up; there are few, and lists repeat them by thousands. */
const keys = new Map<string, string>()
const mostKeys = 1000

function keyOf(written: string): string {
  const known = keys.get(written)
  if (known !== undefined) return known
  const key = own(written.trim().toLowerCase())
  if (keys.size < mostKeys) keys.set(own(written), key)
  return key
}
