/** Header lines of a message or an event, in their order. */
export type Fields = ReadonlyMap<string, string>

/** What a client asked: the first line, the lines after it, and a body where Content-Length says so. */
export interface Request {
  readonly command: string
  /** Names in lower case. */
  readonly headers: Fields
  /** Names as they were written. */
  readonly sent: Fields
  readonly body: string
}

/** Cuts complete requests off the front of what was received. */
export function takeRequests(received: string): { requests: readonly Request[]; rest: string } {
  const requests: Request[] = []
  let rest = received.replace(/\r/g, '')
  for (;;) {
    rest = rest.replace(/^\n+/, '')
    const end = rest.indexOf('\n\n')
    if (end < 0) return { requests, rest }
    const [command = '', ...lines] = rest.slice(0, end).split('\n')
    const sent = new Map(lines.map((line) => splitHeader(line)))
    const headers = new Map([...sent].map(([name, value]) => [name.toLowerCase(), value]))
    const length = Number(headers.get('content-length') ?? 0)
    const body = rest.slice(end + 2, end + 2 + length)
    if (body.length < length) return { requests, rest }
    requests.push({ command: command.trim(), headers, sent, body })
    rest = rest.slice(end + 2 + length)
  }
}

function splitHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}

/** `command/reply` */
export const printReply = (text: string, more = '') =>
  `Content-Type: command/reply\nReply-Text: ${text}\n${more}\n`

/** `api/response`: a command that prints nothing is told as an error (mod_event_socket.c). */
export function printResponse(text: string): string {
  return withBody([['Content-Type', 'api/response']], text === '' ? '-ERR no reply\n' : text)
}

export const printNotice = () =>
  withBody(
    [['Content-Type', 'text/disconnect-notice']],
    'Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n',
  )

/** The length has no colon after its name in mod_event_socket.c. */
export const printRejection = () => {
  const text = 'Access Denied, go away.\n'
  return `Content-Type: rude/rejection\nContent-Length ${text.length}\n\n${text}`
}

export function printEvent(format: 'json' | 'plain', fields: Fields): string {
  if (format === 'json') {
    return withBody([['Content-Type', 'text/event-json']], JSON.stringify(Object.fromEntries(fields)))
  }
  // In plain form, what JSON has as `_body` stands behind the header lines, with a length of its own.
  const { _body: body, ...headers } = Object.fromEntries(fields)
  const all = body === undefined ? headers : { ...headers, 'Content-Length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${encodeURIComponent(value)}\n`)
  return withBody([['Content-Type', 'text/event-plain']], `${lines.join('')}\n${body ?? ''}`)
}

/** FreeSWITCH prints the length before the type. */
function withBody(headers: readonly (readonly [string, string])[], body: string): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\n`)
  return `Content-Length: ${Buffer.byteLength(body)}\n${lines.join('')}\n${body}`
}
