import { describe, expect, test } from 'vitest'
import { encodeFrame, type Frame, Framer } from './framer.ts'

const documents = ['<A/>', '<B>ü</B>', '<C></C>']

function framesOf(framing: 'header' | 'nul', chunks: readonly Buffer[]): readonly Frame[] {
  const framer = new Framer(framing)
  return chunks.flatMap((chunk) => framer.push(chunk))
}

describe('documents out of a stream', () => {
  test('a header is two zero bytes, the length with itself, and the invoke id in four digits', () => {
    const bytes = encodeFrame('header', 7, '<A/>')
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, 12])
    expect(bytes.toString('latin1', 4)).toBe('0007<A/>')
  })

  test('any cut of the bytes gives the same documents', () => {
    for (const framing of ['header', 'nul'] as const) {
      const bytes = Buffer.concat(documents.map((xml, index) => encodeFrame(framing, index + 1, xml)))
      for (let size = 1; size <= bytes.length; size += 1) {
        const chunks = []
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
        const frames = framesOf(framing, chunks)
        expect(frames.map((frame) => frame.kind === 'message' && frame.xml)).toEqual(documents)
        expect(frames.map((frame) => frame.kind === 'message' && frame.id)).toEqual(
          framing === 'nul' ? [undefined, undefined, undefined] : [1, 2, 3],
        )
      }
    }
  })

  test('two digits 0 in the place of the two zero bytes are read as well', () => {
    const bytes = Buffer.concat([Buffer.from('00'), Buffer.from([0, 12]), Buffer.from('0001<A/>')])
    expect(framesOf('header', [bytes])).toEqual([{ kind: 'message', id: 1, xml: '<A/>' }])
  })

  test.each([
    ['HTTP/1.1 400 Bad Request\r\n', /version/],
    ['\x00\x01\x00\x0c0001<A/>', /SOAP/],
    ['\x00\x00\x00\x040001<A/>', /length of 4/],
    ['\x00\x00\x00\x0cabcd<A/>', /four digits/],
  ])('what is no header ends the stream: %j', (text, reason) => {
    const framer = new Framer('header')
    const [frame, ...more] = framer.push(Buffer.from(text, 'latin1'))
    expect(frame).toMatchObject({ kind: 'broken', reason: expect.stringMatching(reason) })
    expect(more).toEqual([])
    expect(framer.push(encodeFrame('header', 1, '<A/>'))).toEqual([])
  })

  test('a document without an end ends the stream, and zero bytes between documents are nothing', () => {
    expect(framesOf('nul', [Buffer.alloc(3), Buffer.from('<A/>\0\0')])).toHaveLength(1)
    expect(framesOf('nul', [Buffer.alloc(1024 * 1024 + 1, 'a')])).toMatchObject([{ kind: 'broken' }])
  })

  test('a document that no header can tell the length of is not sent', () => {
    expect(() => encodeFrame('header', 1, 'a'.repeat(70_000))).toThrow(RangeError)
  })
})
