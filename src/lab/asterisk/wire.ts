/** Headers in the order in which they are printed; a name may repeat. */
export type Headers = readonly (readonly [name: string, value: string | number])[]

/** A message as Asterisk prints it: raw values, whatever is in them. */
export function printMessage(headers: Headers): string {
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

/** One action as a client sent it; header names in lower case, the first of each counts. */
export type Request = ReadonlyMap<string, string>

/** Takes whole requests off the front of `text`; what is left over waits for more. */
export function takeRequests(text: string): { requests: Request[]; rest: string } {
  const blocks = text.split('\r\n\r\n')
  const rest = blocks.pop() ?? ''
  const requests = blocks.map((block) => {
    const headers = new Map<string, string>()
    for (const line of block.split('\r\n')) {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).trim().toLowerCase()
      if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
    }
    return headers
  })
  return { requests: requests.filter((each) => each.size > 0), rest }
}

/** What the C-escaped fields look like (recorded: PresenceStateChange, PresenceStateList). */
export function escapeC(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '"': '\\"', '\\': '\\\\' }
  return text.replace(/[\r\n"\\]/g, (character) => escapes[character] ?? character)
}

/** Small, seeded and good enough to shuffle twins: the same seed gives the same run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
