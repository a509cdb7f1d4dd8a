/** One message of the Asterisk Manager Interface. Header names are in lower case; a header may repeat. */
export interface AmiMessage {
  readonly kind: 'response' | 'event'
  /** `Success`, `Error` ... of a response; the event's name. */
  readonly name: string
  readonly headers: ReadonlyMap<string, readonly string[]>
}

export type Frame =
  | { readonly type: 'banner'; readonly text: string }
  | { readonly type: 'message'; readonly message: AmiMessage }
  /** Something that is no AMI message; the stream goes on behind it. */
  | { readonly type: 'malformed'; readonly reason: string }

/** First value of a header: of the two `Message` headers in the answer to PresenceState, the action's own. */
export function header(message: AmiMessage, name: string): string | undefined {
  return message.headers.get(name)?.[0]
}

/**
 * The text as one of its own: V8 keeps the whole message for as long as a longer piece cut out of it lives, which is
 * much for what is remembered of thousands of extensions.
 */
export function own(text: string): string {
  return Buffer.from(text).toString()
}

const lineEnd = '\r\n'
const messageEnd = Buffer.from('\r\n\r\n')
const maximumBanner = 256
/** The longest real message is the list of commands, about 15 kB. */
const maximumMessage = 256 * 1024

/**
 * Bytes to messages (docs.asterisk.org, "AMI v2 Specification"): a banner line, then messages of `Key: Value` lines
 * that end with CR LF, closed by an empty line. Any cut of the bytes gives the same frames. A lone LF belongs to its
 * value. A message over 256 kB, or whose first header is neither Response nor Event, is one malformed frame.
 */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0)
  #scanned = 0
  #greeted = false
  #skipping = false

  push(chunk: Uint8Array): Frame[] {
    this.#pending = Buffer.concat([this.#pending, chunk])
    const frames: Frame[] = []
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) {
      if (frame) frames.push(frame)
    }
    return frames
  }

  /** A frame; null for bytes that make none; undefined when more bytes are needed. */
  #next(): Frame | null | undefined {
    if (!this.#greeted) return this.#banner()
    const end = this.#pending.indexOf(messageEnd, this.#scanned)
    if (end < 0) return this.#tooLong()
    const text = this.#pending.toString('utf8', 0, end)
    this.#drop(end + messageEnd.length)
    if (this.#skipping) {
      this.#skipping = false
      return null
    }
    return end > maximumMessage ? tooLong : readMessage(text)
  }

  #banner(): Frame | undefined {
    const end = this.#pending.indexOf(lineEnd)
    if (end < 0 && this.#pending.length <= maximumBanner) return undefined
    this.#greeted = true
    const endless = end < 0 || end > maximumBanner
    const text = this.#pending.toString('utf8', 0, endless ? maximumBanner : end)
    this.#drop(endless ? maximumBanner : end + lineEnd.length)
    return { type: 'banner', text }
  }

  #tooLong(): Frame | undefined {
    const kept = messageEnd.length - 1
    this.#scanned = Math.max(0, this.#pending.length - kept)
    if (this.#pending.length <= maximumMessage + messageEnd.length) return undefined
    const first = !this.#skipping
    this.#skipping = true
    this.#drop(this.#pending.length - kept)
    return first ? tooLong : undefined
  }

  #drop(bytes: number): void {
    this.#pending = this.#pending.subarray(bytes)
    this.#scanned = 0
  }
}

const tooLong: Frame = { type: 'malformed', reason: `a message longer than ${maximumMessage} bytes` }

function readMessage(text: string): Frame | null {
  const lines = text.split(lineEnd).filter((line) => line !== '')
  const first = /^(Response|Event):\s*(.*)$/s.exec(lines[0] ?? '')
  if (lines.length === 0) return null
  if (!first) return { type: 'malformed', reason: 'a message that starts with neither Response nor Event' }
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const key = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).replace(/^ /, '')
    const known = headers.get(key)
    if (known) known.push(value)
    else headers.set(key, [value])
  }
  const kind = first[1] === 'Event' ? 'event' : 'response'
  return { type: 'message', message: { kind, name: first[2] ?? '', headers } }
}
