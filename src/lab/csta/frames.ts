export type Framing = 'header' | 'nul'

/** Events bear this invoke id. */
export const eventId = 9999

export function writeFrame(framing: Framing, id: number, xml: string): Buffer {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)
  if (framing === 'nul') return Buffer.concat([body, Buffer.alloc(1)])
  const header = Buffer.alloc(8)
  header.writeUInt16BE(body.length + 8, 2)
  header.write(String(id).padStart(4, '0'), 4)
  return Buffer.concat([header, body])
}

/** Takes whole documents off the front; what is left over waits for more. Undefined for what is no frame. */
export function takeFrames(
  framing: Framing,
  bytes: Buffer,
):
  | { readonly frames: readonly { readonly id: number; readonly xml: string }[]; readonly rest: Buffer }
  | undefined {
  const frames: { id: number; xml: string }[] = []
  let rest = bytes
  for (;;) {
    if (framing === 'nul') {
      const end = rest.indexOf(0)
      if (end < 0) return { frames, rest }
      frames.push({ id: 0, xml: rest.toString('utf8', 0, end) })
      rest = rest.subarray(end + 1)
      continue
    }
    if (rest.length < 8) return { frames, rest }
    const length = rest.readUInt16BE(2)
    const id = rest.toString('latin1', 4, 8)
    if (rest.readUInt16BE(0) !== 0 || length < 8 || !/^\d{4}$/.test(id) || id === String(eventId))
      return undefined
    if (rest.length < length) return { frames, rest }
    frames.push({ id: Number(id), xml: rest.toString('utf8', 8, length) })
    rest = rest.subarray(length)
  }
}
