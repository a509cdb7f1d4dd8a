/** A SIP message as the emulator sees it: text cut into lines. Its own reader, so that no mistake is shared. */
export interface SipText {
  /** Request: method and URI. Answer: `SIP/2.0` and the status. */
  readonly words: readonly [string, string]
  readonly body: string
  get(name: string): string
  all(name: string): readonly string[]
}

const short: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  o: 'event',
}

export function readSip(text: string): SipText | undefined {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const [one, two] = first.split(' ')
  if (!one || !two || !first.includes('SIP/2.0')) return undefined
  const fields = lines.map((line) => {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    return [short[name] ?? name, line.slice(colon + 1).trim()] as const
  })
  const all = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value)
  return { words: [one, two], body: rest.join('\r\n\r\n'), all, get: (name) => all(name)[0] ?? '' }
}

export function tagOf(value: string): string {
  return /;tag=([^;>\s]+)/.exec(value)?.[1] ?? ''
}

/** `sip:1001@host` out of `"Anna" <sip:1001@host;transport=udp>;tag=a`. */
export function uriOf(value: string): string {
  return (/<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? '').trim()
}

export function userOf(value: string): string {
  return decodeURIComponent(/sips?:([^@;>]+)@/.exec(value)?.[1] ?? '')
}

export function writeSip(first: string, fields: readonly (readonly [string, string])[], body = ''): string {
  const lines = [first, ...fields.map(([name, value]) => `${name}: ${value}`)]
  return `${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** An answer that repeats what has to be repeated; `tag` goes to To where it has none. */
export function writeAnswer(
  request: SipText,
  answer: {
    readonly status: string
    readonly tag: string
    readonly peer: { readonly address: string; readonly port: number }
    readonly fields?: readonly (readonly [string, string])[]
  },
): string {
  const to = request.get('to')
  const seen = `;received=${answer.peer.address};rport=${answer.peer.port}`
  return writeSip(`SIP/2.0 ${answer.status}`, [
    ...request
      .all('via')
      .map((via, at) => ['Via', at === 0 ? via.replace(/;rport(?![=\w])/, seen) : via] as const),
    ['From', request.get('from')],
    ['To', tagOf(to) ? to : `${to};tag=${answer.tag}`],
    ['Call-ID', request.get('call-id')],
    ['CSeq', request.get('cseq')],
    ['Server', 'Hookswitch lab'],
    ...(answer.fields ?? []),
  ])
}
