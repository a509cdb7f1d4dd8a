import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, FrameReader, header } from './frames.ts'

const banner = 'Asterisk Call Manager/11.0.0\r\n'
const read = (text: string) => new FrameReader().push(Buffer.from(text))
const names = (frames: readonly Frame[]) =>
  frames.map((frame) => (frame.type === 'message' ? frame.message.name : frame.type))

describe('AMI frames', () => {
  test('a banner, a response and an event', () => {
    const frames = read(
      `${banner}Response: Success\r\nActionID: a\r\n\r\nEvent: FullyBooted\r\nUptime: 1\r\n\r\n`,
    )
    expect(names(frames)).toEqual(['banner', 'Success', 'FullyBooted'])
  })

  test('of two headers of one name the first is meant, and both are kept', () => {
    const [, frame] = read(`${banner}Response: Success\r\nMessage: Presence State\r\nMessage: lunch\r\n\r\n`)
    expect(frame).toMatchObject({ type: 'message' })
    if (frame?.type !== 'message') return
    expect(header(frame.message, 'message')).toBe('Presence State')
    expect(frame.message.headers.get('message')).toEqual(['Presence State', 'lunch'])
  })

  test('a lone line feed belongs to its value, a value may hold colons and be empty', () => {
    const [, frame] = read(`${banner}Event: X\r\nMessage: Line 1\nLine 2: b\r\nEmpty: \r\nBare:\r\n\r\n`)
    if (frame?.type !== 'message') throw new Error('no message')
    expect(header(frame.message, 'message')).toBe('Line 1\nLine 2: b')
    expect(header(frame.message, 'empty')).toBe('')
    expect(header(frame.message, 'bare')).toBe('')
  })

  test('what starts with neither Response nor Event is malformed, and the next message is read', () => {
    expect(names(read(`${banner}Device: x\r\n\r\nnonsense\r\n\r\nEvent: Next\r\n\r\n`))).toEqual([
      'banner',
      'malformed',
      'malformed',
      'Next',
    ])
  })

  test('a message too long to be true is one malformed frame, however it is cut, and costs no memory', () => {
    const text = `${banner}Event: Long\r\nValue: ${'x'.repeat(600_000)}\r\n\r\nEvent: Next\r\n\r\n`
    expect(names(read(text))).toEqual(['banner', 'malformed', 'Next'])
    const reader = new FrameReader()
    const bytes = Buffer.from(text)
    const frames: Frame[] = []
    for (let at = 0; at < bytes.length; at += 1000) frames.push(...reader.push(bytes.subarray(at, at + 1000)))
    expect(names(frames)).toEqual(['banner', 'malformed', 'Next'])
  })

  test('a greeting of another protocol is told as it is', () => {
    expect(read('SSH-2.0-OpenSSH_9.2\r\n')).toEqual([{ type: 'banner', text: 'SSH-2.0-OpenSSH_9.2' }])
    expect(read('x'.repeat(300))[0]).toEqual({ type: 'banner', text: 'x'.repeat(256) })
  })

  test('any bytes: no throw, and any cut gives the same frames', () => {
    const piece = fc.oneof(
      fc.constantFrom('\r\n', '\r', '\n', ':', ': ', 'Event: A', 'Response: Error', banner, '\r\n\r\n', 'ü'),
      fc.string(),
    )
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(400), { maxLength: 10 }), (raw, places) => {
        const bytes = Buffer.from(raw)
        const reader = new FrameReader()
        const ends = [...places.sort((a, b) => a - b), bytes.length]
        const frames = ends.flatMap((end, index) => reader.push(bytes.subarray(ends[index - 1] ?? 0, end)))
        expect(frames).toEqual(new FrameReader().push(bytes))
      }),
    )
  })
})
