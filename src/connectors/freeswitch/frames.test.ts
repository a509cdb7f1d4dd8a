import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BrokenStream, FrameReader, parseHeaders } from './frames.ts'

const event = (body: string) =>
  `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-json\n\n${body}`
const stream = Buffer.from(
  `Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n${event('{"a":"ä\\n\\n"}')}${event('')}`,
)

describe('messages of the event socket', () => {
  test('headers, a body by its length in bytes, and an empty one', () => {
    const frames = new FrameReader().push(stream)
    expect(frames.map(({ headers }) => headers.get('content-type'))).toEqual([
      'auth/request',
      'command/reply',
      'text/event-json',
      'text/event-json',
    ])
    expect(frames.map(({ body }) => body)).toEqual(['', '', '{"a":"ä\\n\\n"}', ''])
    expect(frames[1]?.headers.get('reply-text')).toBe('+OK accepted')
  })

  test('however the bytes are cut, the same messages come out', () => {
    const whole = JSON.stringify(new FrameReader().push(stream).map(({ body }) => body))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 }), (cuts) => {
        const reader = new FrameReader()
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length]
        const bodies = at.flatMap((from, index) =>
          reader.push(stream.subarray(at[index - 1] ?? 0, from)).map(({ body }) => body),
        )
        expect(JSON.stringify(bodies)).toBe(whole)
      }),
    )
  })

  test('any bytes: messages, or a broken stream, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          new FrameReader().push(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenStream)
        }
      }),
    )
  })

  test.each(['-1', 'many', '1e3', '99999999999'])('a length of %s breaks the stream', (length) => {
    const bytes = Buffer.from(`Content-Length: ${length}\nContent-Type: api/response\n\n`)
    expect(() => new FrameReader().push(bytes)).toThrow(BrokenStream)
  })

  test('a header block that never ends breaks the stream', () => {
    expect(() => new FrameReader().push(Buffer.alloc(70_000, 'x'))).toThrow(BrokenStream)
  })

  test('a line without a colon is left out', () => {
    const headers = parseHeaders('Content-Type: rude/rejection\nContent-Length 24')
    expect([...headers]).toEqual([['content-type', 'rude/rejection']])
  })
})
