/**
 * What a live check saw, as lines of JSON in which nobody can be recognised: every name and address that is known
 * of the person becomes a stand-in, and what the log would hide is hidden here too.
 */
export interface Recording {
  record(what: object): void
  /** Stands for these texts from now on, also in what was recorded before. */
  conceal(texts: readonly string[], standIn: string): void
  render(clean: (text: string) => string): string
}

export function createRecording(): Recording {
  const lines: string[] = []
  const concealed = new Map<string, string>()
  return {
    record: (what) => void lines.push(JSON.stringify(what)),
    conceal(texts, standIn) {
      for (const [index, text] of texts.entries()) {
        if (text !== '') concealed.set(text, texts.length > 1 ? `${standIn}-${index + 1}` : standIn)
      }
    },
    render(clean) {
      const hide = createConcealer(concealed)
      // Only inside texts: an extension's digits also occur in times.
      return lines.map((line) => `${clean(line.replace(/"(?:[^"\\]|\\.)*"/g, hide))}\n`).join('')
    },
  }
}

function createConcealer(concealed: ReadonlyMap<string, string>): (text: string) => string {
  if (concealed.size === 0) return (text) => text
  // Longer first: an address may be a part of a name.
  const known = [...concealed].sort(([a], [b]) => b.length - a.length)
  const pattern = known
    .map(([text]) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    // A number is not a part of a longer one.
    .map((text) => (/^\d+$/.test(text) ? `(?<!\\d)${text}(?!\\d)` : text))
    .join('|')
  const standIns = new Map(known.map(([text, standIn]) => [text.toLowerCase(), standIn]))
  const found = new RegExp(pattern, 'gi')
  return (text) => text.replace(found, (match) => standIns.get(match.toLowerCase()) ?? 'hidden')
}
