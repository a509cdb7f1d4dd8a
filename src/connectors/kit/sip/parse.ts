import { parseAddress, parseCSeq, parseVia, splitList } from './header-values.ts'
import { type Header, header, headerLines, type SipMessage } from './message.ts'

export type Parsed =
  | { readonly ok: true; readonly message: SipMessage }
  | { readonly ok: false; readonly reason: string }

/** Longest head (start line and headers) that is read; longer ones are refused, not truncated. */
export const maxHeadBytes = 32 * 1024
/** Longest body that is read. */
export const maxBodyBytes = 256 * 1024

const longNames: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
}

const token = "[A-Za-z0-9\\-.!%*_+`'~]+"
const requestLine = new RegExp(`^(${token}) ([^\\s<>"]+) SIP/2\\.0$`, 'i')
const statusLine = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i
const headerLine = new RegExp(`^(${token})[ \\t]*:[ \\t]*(.*?)[ \\t]*$`, 's')

/**
 * Reads one whole message: a datagram, or what the framer cut out of a stream. Strict where a wrong reading would
 * pair a message with the wrong dialog (start line, identifying headers, lengths), lenient elsewhere. Never throws.
 */
export function parseMessage(bytes: Buffer): Parsed {
  const start = skipEmptyLines(bytes)
  const end = findHeadEnd(bytes, start)
  if (end === undefined) return bad('the headers do not end')
  if (end.head - start > maxHeadBytes) return bad('the headers are too long')
  const [first = '', ...lines] = bytes
    .toString('latin1', start, end.head)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
  const headers: Header[] = []
  for (const line of lines) {
    const match = headerLine.exec(line)
    if (!match) return bad('a header line has no name')
    const name = match[1]!.toLowerCase()
    headers.push({ name: longNames[name] ?? name, value: match[2]! })
  }
  const body = cutBody(headers, bytes.subarray(end.body))
  if (typeof body === 'string') return bad(body)
  const message = readStartLine(first, headers, body)
  if (!message) return bad('the start line is not SIP/2.0')
  const reason = findFault(message)
  return reason ? bad(reason) : { ok: true, message }
}

/** Where a head ends: offset of the empty line, and of the body behind it. Undefined while it is not complete. */
export function findHeadEnd(bytes: Buffer, start: number): { head: number; body: number } | undefined {
  const crlf = bytes.indexOf('\r\n\r\n', start, 'latin1')
  const lf = bytes.indexOf('\n\n', start, 'latin1')
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return { head: crlf, body: crlf + 4 }
  return lf === -1 ? undefined : { head: lf, body: lf + 2 }
}

/** Offset behind leading line ends, which RFC 3261 section 7.5 asks to ignore. */
export function skipEmptyLines(bytes: Buffer): number {
  let start = 0
  while (bytes[start] === 13 || bytes[start] === 10) start += 1
  return start
}

function readStartLine(line: string, headers: readonly Header[], body: Buffer): SipMessage | undefined {
  const request = requestLine.exec(line)
  if (request) return { kind: 'request', method: request[1]!, uri: request[2]!, headers, body }
  const response = statusLine.exec(line)
  if (!response) return undefined
  return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '', headers, body }
}

/** The body as long as Content-Length says, or what is wrong. A datagram's surplus is dropped (RFC 3261 18.3). */
function cutBody(headers: readonly Header[], rest: Buffer): Buffer | string {
  const lengths = headers.filter((each) => each.name === 'content-length').map((each) => each.value)
  if (lengths.length === 0) return rest.length > maxBodyBytes ? 'the body is too long' : rest
  if (lengths.some((each) => !/^\d{1,9}$/.test(each))) return 'Content-Length is not a number'
  const length = Number(lengths[0])
  if (lengths.some((each) => Number(each) !== length)) return 'there are two different Content-Length'
  if (length > maxBodyBytes) return 'the body is too long'
  return length > rest.length ? 'the body is shorter than Content-Length' : rest.subarray(0, length)
}

const single = ['from', 'to', 'call-id', 'cseq'] as const

function findFault(message: SipMessage): string | undefined {
  for (const name of single) {
    const values = headerLines(message, name)
    if (values.length === 0) return `there is no ${name}`
    if (values.length > 1) return `there is more than one ${name}`
  }
  if (!parseAddress(header(message, 'from')!)) return 'From is not an address'
  if (!parseAddress(header(message, 'to')!)) return 'To is not an address'
  if (/\s|^$/.test(header(message, 'call-id')!)) return 'Call-ID is not a word'
  const cseq = parseCSeq(header(message, 'cseq')!)
  if (!cseq) return 'CSeq is not a number and a method'
  if (message.kind === 'request' && cseq.method !== message.method) return 'CSeq names another method'
  const vias = headerLines(message, 'via').flatMap(splitList)
  if (vias.length === 0) return 'there is no via'
  return parseVia(vias[0]!) ? undefined : 'the first Via cannot be read'
}

function bad(reason: string): Parsed {
  return { ok: false, reason }
}
