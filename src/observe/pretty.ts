const colours: Readonly<Record<string, string>> = { debug: '2', info: '32', warn: '33', error: '31' }

/** One JSON line of the log as a person reads it; what is no JSON is passed on. */
export function prettyLine(line: string, colour: boolean): string {
  const record = parse(line)
  if (!record) return line
  const { time, level, msg, error, ...fields } = record
  const paint = (code: string, text: string) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
  const parts = [
    paint('2', String(time).slice(11, 23)),
    paint(colours[String(level)] ?? '0', String(level).toUpperCase().padEnd(5)),
    tame(String(msg)),
    ...Object.entries(fields).map(([key, value]) => paint('2', `${tame(key)}=${tame(plain(value))}`)),
  ]
  return `${parts.join(' ')}\n${error === undefined ? '' : describeError(error)}`
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const record: unknown = JSON.parse(line)
    return typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value)
}

function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return `    ${tame(String(error))}\n`
  const { stack, message, cause } = error as Record<string, unknown>
  const text = String(stack ?? message ?? JSON.stringify(error))
  const lines = text.split('\n').map((line) => `    ${tame(line.trim())}\n`)
  return lines.join('') + (cause === undefined ? '' : `    caused by\n${describeError(cause)}`)
}

/** Control characters would let a log text move the cursor or forge a line on the terminal. */
function tame(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replace(/^[^\\]$/, '?'),
  )
}
