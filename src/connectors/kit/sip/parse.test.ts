import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Framer } from './framer.ts'
import { parseAddress, parseCSeq, userOf } from './header-values.ts'
import { header, type SipMessage } from './message.ts'
import { maxBodyBytes, parseMessage } from './parse.ts'

const folder = new URL('../../../../test/fixtures/sip/torture/', import.meta.url)

interface Expected {
  readonly file: string
  readonly section: string
  readonly what: string
  readonly read: 'message' | 'malformed'
  readonly expect?: Readonly<Record<string, string | number>>
}

const expected: readonly Expected[] = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'))

function describeMessage(message: SipMessage): Record<string, unknown> {
  const address = (name: string) => parseAddress(header(message, name) ?? '')
  return {
    ...(message.kind === 'request' ? { method: message.method } : { status: message.status }),
    callId: header(message, 'call-id'),
    cseq: parseCSeq(header(message, 'cseq') ?? '')?.number,
    toTag: address('to')?.parameters.get('tag'),
    fromUser: userOf(address('from')?.uri ?? ''),
    body: message.body.toString('utf8'),
  }
}

describe('torture messages after those of RFC 4475', () => {
  test('every fixture has an expectation', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.sip'))
    expect(files.toSorted()).toEqual(expected.map((each) => each.file).toSorted())
  })

  test.each(expected)('$section $what', ({ file, read, expect: wanted }) => {
    const parsed = parseMessage(readFileSync(new URL(file, folder)))
    expect(parsed.ok ? 'message' : 'malformed', parsed.ok ? '' : parsed.reason).toBe(read)
    if (parsed.ok && wanted) expect(describeMessage(parsed.message)).toMatchObject(wanted)
  })

  test('every prefix and every single damaged byte of every fixture is read or refused, never thrown at', () => {
    for (const { file } of expected) {
      const bytes = readFileSync(new URL(file, folder))
      for (let at = 0; at < bytes.length; at += 7) {
        expect(parseMessage(bytes.subarray(0, at))).toHaveProperty('ok')
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at]! * 31 + 17) % 256
        expect(parseMessage(damaged)).toHaveProperty('ok')
      }
    }
  })
})

test('a message that is too long is refused', () => {
  const head = readFileSync(new URL('40-bare-branch.sip', folder), 'latin1')
  const long =
    head.replace('Content-Length: 0', `Content-Length: ${maxBodyBytes + 1}`) + 'x'.repeat(maxBodyBytes + 1)
  expect(parseMessage(Buffer.from(long, 'latin1'))).toMatchObject({
    ok: false,
    reason: 'the body is too long',
  })
})

describe('a stream is cut into messages', () => {
  const good = readFileSync(new URL('03-percent-in-uri.sip', folder))
  const withBody = readFileSync(new URL('46-unknown-body-type.sip', folder))

  test('whatever way its bytes arrive', () => {
    const stream = Buffer.concat([good, withBody, Buffer.from('\r\n\r\n'), good])
    for (const size of [1, 2, 3, 7, 100, stream.length]) {
      const framer = new Framer()
      const kinds: string[] = []
      for (let at = 0; at < stream.length; at += size) {
        for (const each of framer.push(stream.subarray(at, at + size))) kinds.push(each.kind)
      }
      expect(kinds.filter((kind) => kind !== 'ping')).toEqual(['message', 'message', 'message'])
      expect(kinds).not.toContain('broken')
    }
  })

  test('a keep-alive between messages is told', () => {
    expect(new Framer().push(Buffer.from('\r\n\r\n'))).toEqual([{ kind: 'ping' }])
    expect(new Framer().push(Buffer.from('\r\n'))).toEqual([])
  })

  test('a stream that cannot be cut is given up once', () => {
    const framer = new Framer()
    expect(framer.push(Buffer.alloc(40_000, 'x'))).toMatchObject([{ kind: 'broken' }])
    expect(framer.push(good)).toEqual([])
  })

  test('a body longer than allowed is not waited for', () => {
    const head = good.toString('latin1').replace('Content-Length: 0', 'Content-Length: 99999999')
    expect(new Framer().push(Buffer.from(head, 'latin1'))).toMatchObject([{ kind: 'broken' }])
  })
})
