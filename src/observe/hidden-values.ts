/** What stands where a secret stood. */
export const hidden = '[hidden]'

/** Shorter ones occur in ordinary words: hiding them would spoil the log and show by its gaps what they are. */
const shortest = 4

export interface HiddenValues {
  /**
   * Registers a secret: from now on it is replaced wherever it occurs, also as it looks inside JSON, a URL, a form,
   * base64 or basic authentication. False for one shorter than four characters, which only its field name can hide.
   */
  add(value: string): boolean
  replace(text: string): string
  /** Length of the longest text that `replace` looks for. */
  longest(): number
}

export function createHiddenValues(): HiddenValues {
  const spellings = new Set<string>()
  let pattern: RegExp | undefined
  let longest = 0
  return {
    add(value) {
      const secret = value.trim()
      if (secret.length < shortest) return false
      for (const spelling of [...spell(secret), ...lines(secret).flatMap(spell)]) {
        spellings.add(spelling)
        longest = Math.max(longest, spelling.length)
      }
      // Longest first: a secret that begins with another one must not leave its tail behind.
      const ordered = [...spellings].sort((a, b) => b.length - a.length)
      pattern = new RegExp(ordered.map((spelling) => RegExp.escape(spelling)).join('|'), 'g')
      return true
    },
    replace: (text) => (pattern ? text.replace(pattern, hidden) : text),
    longest: () => longest,
  }
}

/** A key in PEM is also shown a line at a time. */
function lines(secret: string): string[] {
  const found = secret.split(/\r?\n/).map((line) => line.trim())
  return found.length === 1 ? [] : found.filter((line) => line.length >= 16 && !line.startsWith('-----'))
}

function spell(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1)
  const percent = encodeURIComponent(secret.toWellFormed())
  const form = new URLSearchParams({ v: secret }).toString().slice(2)
  return [
    secret,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    form,
    form.replace(/%../g, (code) => code.toLowerCase()),
    ...inBase64(secret),
  ]
}

/** What every base64 text that contains the secret contains: one core for each way the bytes can be aligned. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const cores = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const spoiltAtEnd = (offset + bytes.length) % 3 === 0 ? 0 : 1
    return encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - spoiltAtEnd)
  })
  return cores
    .filter((core) => core.length >= 8)
    .flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')])
}
