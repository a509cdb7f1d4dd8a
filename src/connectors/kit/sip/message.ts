/**
 * SIP messages as the rest of this folder sees them (RFC 3261 section 7). Header text is kept as latin1, one
 * character a byte, so that what is echoed in an answer is byte for byte what came.
 */
export interface Header {
  /** Lower case, long form: `call-id` also when `i` was sent. */
  readonly name: string
  readonly value: string
}

export interface SipRequest {
  readonly kind: 'request'
  /** As sent: methods are case-sensitive. */
  readonly method: string
  readonly uri: string
  readonly headers: readonly Header[]
  readonly body: Buffer
}

export interface SipResponse {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: readonly Header[]
  readonly body: Buffer
}

/** Where a datagram came from. */
export interface Source {
  readonly address: string
  readonly port: number
}

export type SipMessage = SipRequest | SipResponse

/** Header fields to send, in order, by the name they are sent with. */
export type Fields = readonly (readonly [name: string, value: string])[]

/** First value of a header, by its long lower-case name. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.find((each) => each.name === name)?.value
}

/** Every line of a header, in order; lists inside a line are not split. */
export function headerLines(message: SipMessage, name: string): readonly string[] {
  return message.headers.filter((each) => each.name === name).map((each) => each.value)
}

/** What a request of ours carries. */
export interface Body {
  /** Media type. */
  readonly type: string
  readonly text: string
}

/** A request. Content-Type and Content-Length are added. */
export function formatRequest(
  request: { readonly method: string; readonly uri: string; readonly body?: Body | undefined },
  fields: Fields,
): Buffer {
  const { method, uri, body } = request
  const type: Fields = body ? [['Content-Type', body.type]] : []
  return format(`${method} ${uri} SIP/2.0`, [...fields, ...type], body?.text)
}

/** An answer to a request: Via, From, To, Call-ID and CSeq are those of the request (RFC 3261 section 8.2.6). */
export function formatResponse(
  request: SipRequest,
  answer: {
    readonly status: number
    readonly reason: string
    readonly toTag: string
    readonly fields: Fields
    readonly source?: Source | undefined
  },
): Buffer {
  const { source } = answer
  const vias = headerLines(request, 'via').map((via, at) =>
    at === 0 && source
      ? via.replace(/;\s*rport\s*(?=[;,]|$)/i, `;received=${source.address};rport=${source.port}`)
      : via,
  )
  const to = header(request, 'to') ?? ''
  const echoed: Fields = [
    ...vias.map((via) => ['Via', via] as const),
    ['From', header(request, 'from') ?? ''],
    ['To', /;\s*tag\s*=/i.test(to) ? to : `${to};tag=${answer.toTag}`],
    ['Call-ID', header(request, 'call-id') ?? ''],
    ['CSeq', header(request, 'cseq') ?? ''],
  ]
  return format(`SIP/2.0 ${answer.status} ${answer.reason}`, [...echoed, ...answer.fields])
}

function format(startLine: string, fields: Fields, text = ''): Buffer {
  const body = Buffer.from(text, 'utf8')
  const lines = [
    startLine,
    ...fields.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body])
}
