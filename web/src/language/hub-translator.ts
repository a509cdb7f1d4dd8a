/** Sentences of the hub by their English form, with `{name}` for what is put in; and the same in another language. */
export type HubSentences = Readonly<Record<string, string>>

/** What the hub said, in another language; undefined where a part of it is not known. */
export type HubTranslator = (text: string) => string | undefined

interface Pattern {
  readonly shape: RegExp
  readonly names: readonly string[]
  readonly into: string
  /** Letters beside the holes. */
  readonly words: number
}

/** A page shows the same sentences again and again; so many are remembered. */
const mostKept = 2000
const hole = /\{(\w+)\}/g
/** What may stand in a hole of this name; anything in any other. */
const shapes: Readonly<Record<string, string>> = {
  number: '([\\d.,]+)',
  hours: '(\\d+)',
  time: '(.{1,20})',
  state:
    '(Available|Away|Be right back|Busy|Do not disturb|Focusing|In a call|In a conference call|In a meeting|Inactive|Appear offline|Offline|Out of office|Presenting|Unknown|Urgent interruptions only|(?:available|away|be right back|busy|do not disturb|focusing|in a call|in a conference call|in a meeting|inactive|appear offline|offline|out of office|presenting|unknown|urgent interruptions only))',
  leg: '(dialling|ringing|talking|on hold|ended)',
  days: '(-?\\d+)',
  graphState: '([A-Za-z]+\\/[A-Za-z]+)',
  vendorName: '([^,]+)',
  place: '(\\S+/\\S+ \\(.+\\))',
  asked: '(\\S*[\\d@]\\S*)',
}
/** What a vendor or its administrator has named, which stays even where the hub has the same word. */
const untranslated = new Set(['vendorName', 'vendorNames'])
/** Codes and ids that a refusal carries for a support case: `(error invalid_client, AADSTS7000215)`. */
const marks = /^\([^()]*\)\.?$/

/**
 * The hub's English sentence is its code: what is put in is found by its place in the sentence. Several sentences that were
 * joined are taken apart. The first letter and the full stop do not count, as a phrase may be shown as a sentence.
 */
export function createHubTranslator(sentences: HubSentences): HubTranslator {
  const exact = new Map<string, string>()
  const patterns: Pattern[] = []
  for (const [english, into] of Object.entries(sentences)) {
    const bare = bareOf(english)
    if (bare.search(hole) < 0) exact.set(bare, into)
    else patterns.push(patternOf(bare, into))
  }
  // What has more words of its own is the closer one.
  patterns.sort((one, other) => other.words - one.words)
  const kept = new Map<string, string | undefined>()
  const whole = (text: string): string | undefined => {
    const bare = bareOf(text)
    const known = exact.get(bare)
    if (known !== undefined) return dressAs(text, known)
    for (const { shape, names, into } of patterns) {
      const found = shape.exec(bare)
      if (!found) continue
      const values = new Map(names.map((name, index) => [name, found[index + 1] ?? '']))
      return dressAs(
        text,
        into.replaceAll(hole, (_, name: string) => {
          const value = values.get(name) ?? ''
          return untranslated.has(name) ? value : inside(value)
        }),
      )
    }
    return undefined
  }
  /** What is put in may be a sentence or a phrase of the hub itself, and is mostly a name. */
  const inside = (value: string): string => (value === '' ? '' : (say(value) ?? value))
  const say = (text: string): string | undefined => {
    if (kept.has(text)) return kept.get(text)
    const said = runs(text.split(/(?<=[.?!)]) (?=\S)/), whole)
    if (kept.size >= mostKept) kept.clear()
    kept.set(text, said)
    return said
  }
  return (text) => say(text.trim())
}

/** The longest run of sentences that is known comes first. */
function runs(parts: readonly string[], whole: (text: string) => string | undefined): string | undefined {
  const said: string[] = []
  for (let from = 0; from < parts.length; ) {
    let to = parts.length
    let found: string | undefined
    for (; to > from; to -= 1) {
      const run = parts.slice(from, to).join(' ')
      found = marks.test(run) ? run : whole(run)
      if (found !== undefined) break
    }
    if (found === undefined) return undefined
    said.push(found)
    from = to
  }
  return said.join(' ')
}

function bareOf(text: string): string {
  const bare = text.endsWith('.') ? text.slice(0, -1) : text
  return bare.charAt(0).toLowerCase() + bare.slice(1)
}

function patternOf(bare: string, into: string): Pattern {
  const names: string[] = []
  const shape = bare
    .split(hole)
    .map((part, index) => {
      if (index % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      names.push(part)
      return shapes[part] ?? '(.*?)'
    })
    .join('')
  return { shape: new RegExp(`^${shape}$`, 's'), names, into, words: bare.replaceAll(hole, '').length }
}

/** A capital letter and a full stop where the English has them. */
function dressAs(text: string, into: string): string {
  const first = text.charAt(0)
  const isCapital = first !== first.toLowerCase()
  const begun = isCapital ? into.charAt(0).toUpperCase() + into.slice(1) : into
  const bare = begun.endsWith('.') ? begun.slice(0, -1) : begun
  return text.endsWith('.') ? `${bare}.` : bare
}
