import type { HubTranslator } from './hub-translator.ts'
import { language } from './words.ts'

/** Words in the language of the page, or in the hub's own, which a reader aloud must know. */
export interface HubWords {
  readonly text: string
  readonly lang: 'en' | undefined
}

interface Dictionary {
  readonly translateHub: HubTranslator
  readonly translateField: HubTranslator
  readonly translateChoice: HubTranslator
}

let dictionary: Dictionary | undefined
let loading: Promise<void> | undefined
const listeners = new Set<() => void>()

/** What was said so: a refusal is put into words where it arrives, and may be shown as the hub's once more. */
const saidInOurs = new Set<string>()
const mostSaid = 2000

/** The hub's sentences in the language of the page: loaded when the first is to be shown, and not with the first page. */
export async function loadHubWords(): Promise<void> {
  if (language() === 'en') return
  loading ??= import('./hub-german.ts').then((loaded) => {
    dictionary = loaded
    for (const listener of listeners) listener()
  })
  try {
    await loading
  } catch {
    // Away from the hub: its own words stay, and the next sentence asks again.
    loading = undefined
  }
}

/** Calls when they are there; returns how to stop. */
export function watchHubWords(listener: () => void): () => void {
  listeners.add(listener)
  void loadHubWords()
  return () => listeners.delete(listener)
}

export function hasHubWords(): boolean {
  return dictionary !== undefined
}

/** A sentence that the hub wrote, in the language of the page where it is known there. */
export function hubWords(text: string): HubWords {
  return inOurs(text, dictionary?.translateHub)
}

/** A label or an explanation of a setting. */
export function fieldWords(text: string): HubWords {
  return inOurs(text, dictionary?.translateField)
}

/** A word that a setting is chosen from. */
export function choiceWords(word: string): HubWords {
  return inOurs(word, dictionary?.translateChoice)
}

function inOurs(text: string, translate: HubTranslator | undefined): HubWords {
  const said = language() === 'en' ? undefined : translate?.(text)
  if (said === undefined) return { text, lang: saidInOurs.has(text) ? undefined : 'en' }
  if (saidInOurs.size >= mostSaid) saidInOurs.clear()
  saidInOurs.add(said)
  return { text: said, lang: undefined }
}
