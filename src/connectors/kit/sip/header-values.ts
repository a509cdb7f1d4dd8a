/** Readers of header values (RFC 3261 section 25). Each gives undefined for what it cannot read; none throws. */

export type Parameters = ReadonlyMap<string, string>

export interface Address {
  readonly uri: string
  readonly parameters: Parameters
}

export interface Via {
  readonly transport: string
  readonly sentBy: string
  readonly parameters: Parameters
}

/** Splits at a separator outside quotes and angle brackets; empty parts are dropped. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let quoted = false
  let bracketed = false
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (quoted && char === '\\') at += 1
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '<') bracketed = true
    else if (char === '>') bracketed = false
    else if (char === separator && !bracketed) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** The values of a header line that holds a comma-separated list. */
export function splitList(line: string): readonly string[] {
  return splitOutside(line, ',')
}

/** `a;b = "c";D=e` as lower-case names to unquoted values; a name without a value has an empty one. */
function parseParameters(text: string, separator = ';'): Parameters {
  const found = new Map<string, string>()
  for (const part of splitOutside(text, separator)) {
    const equals = part.indexOf('=')
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (!found.has(name)) found.set(name, equals === -1 ? '' : unquote(part.slice(equals + 1).trim()))
  }
  return found
}

/** A word and its parameters: `active;expires=60`, `dialog;id=7`. The word is in lower case. */
export function parseWord(text: string): { readonly word: string; readonly parameters: Parameters } {
  const [word = '', ...rest] = splitOutside(text, ';')
  return { word: word.toLowerCase(), parameters: parseParameters(rest.join(';')) }
}

/** `"Anna" <sip:a@b>;tag=c` or `sip:a@b;tag=c`, where the parameters are the header's. */
export function parseAddress(text: string): Address | undefined {
  const quotes = /^\s*(?:"(?:[^"\\]|\\.)*"|[^"<]*)\s*<\s*([^<>\s"]+)\s*>\s*(;.*)?$/s.exec(text)
  if (quotes) return { uri: quotes[1]!, parameters: parseParameters(quotes[2] ?? '') }
  const bare = /^\s*([A-Za-z][A-Za-z0-9+.-]*:[^\s<>",;]+)\s*(;.*)?$/s.exec(text)
  return bare ? { uri: bare[1]!, parameters: parseParameters(bare[2] ?? '') } : undefined
}

/** CSeq: a number below 2^31 and a method. */
export function parseCSeq(text: string): { readonly number: number; readonly method: string } | undefined {
  const match = /^(\d{1,12})\s+(\S+)$/.exec(text)
  const number = Number(match?.[1])
  return match && number < 2 ** 31 ? { number, method: match[2]! } : undefined
}

/** One Via value; blanks are allowed around every separator. */
export function parseVia(text: string): Via | undefined {
  const match =
    /^SIP\s*\/\s*2\.0\s*\/\s*([^\s/;]+)\s+((?:\[[0-9a-f:.]+\]|[^\s;:[\]]+)(?:\s*:\s*\d+)?)\s*(;.*)?$/is.exec(
      text,
    )
  if (!match) return undefined
  return {
    transport: match[1]!.toUpperCase(),
    sentBy: match[2]!.replace(/\s/g, '').toLowerCase(),
    parameters: parseParameters(match[3] ?? ''),
  }
}

/** Whole seconds (`60`, `60;duration=..`, `60 (comment)`), at most about 68 years; undefined for anything else. */
export function parseSeconds(text: string | undefined): number | undefined {
  const match = /^\s*(\d{1,10})\b/.exec(text ?? '')
  return match && Number(match[1]) < 2 ** 31 ? Number(match[1]) : undefined
}

/** The user part of a sip, sips or tel URI without its escapes and parameters: `+4930123` or `1001`. */
export function userOf(uri: string): string | undefined {
  const match = /^\s*(?:sips?:([^@;?]*)(?:;[^@]*)?@|tel:([^;?]+))/i.exec(uri)
  const user = (match?.[1] ?? match?.[2])?.split(':')[0]
  if (!user) return undefined
  try {
    return decodeURIComponent(user)
  } catch {
    return user
  }
}

/** A challenge or credentials: the scheme in lower case and its parameters. */
export function parseChallenge(text: string): { readonly scheme: string; readonly parameters: Parameters } {
  const match = /^\s*(\S+)\s*(.*)$/s.exec(text)
  return { scheme: (match?.[1] ?? '').toLowerCase(), parameters: parseParameters(match?.[2] ?? '', ',') }
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : text
}
