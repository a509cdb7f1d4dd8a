import { english, type Words } from './english.ts'
import type { HubTranslator } from './hub-translator.ts'

/** The languages of the pages, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languageNames
export const languages = Object.keys(languageNames) as readonly Language[]

/** What the hub says in English: its sentences, and the labels and explanations of settings. */
interface HubSpoken {
  readonly translateHub: HubTranslator
  readonly translateField: HubTranslator
}

interface Spoken {
  readonly language: Language
  readonly words: Words
  /** For dates and numbers, with the region where the browser names one: `en-GB`. */
  readonly locale: string | undefined
  /** Undefined where the page speaks as the hub does. */
  readonly hub?: HubSpoken
}

let spoken: Spoken = { language: 'en', words: english, locale: undefined }

/** The words of the language that is spoken. They change only before everything is drawn anew. */
export function words(): Words {
  return spoken.words
}

/**
 * Words of one page, loaded with it: they are no part of what everyone loads first. Both languages have the same keys, or
 * the page does not compile.
 */
export function pageWords<Own>(by: Record<Language, Own>): () => Own {
  return () => by[spoken.language]
}

/** Words in the language of the page, or in the hub's own, which a reader aloud must know. */
export interface HubWords {
  readonly text: string
  readonly lang: 'en' | undefined
}

/** What was said so: a refusal is put into words where it arrives, and may be shown as the hub's once more. */
const saidInOurs = new Set<string>()
const mostSaid = 2000

/** A sentence that the hub wrote, in the language of the page where it is known there. */
export function hubWords(text: string): HubWords {
  return inOurs(text, spoken.hub?.translateHub)
}

/** A label or an explanation of a setting. */
export function fieldWords(text: string): HubWords {
  return inOurs(text, spoken.hub?.translateField)
}

function inOurs(text: string, translate: HubTranslator | undefined): HubWords {
  const said = translate?.(text)
  if (said === undefined) return { text, lang: saidInOurs.has(text) ? undefined : 'en' }
  if (saidInOurs.size >= mostSaid) saidInOurs.clear()
  saidInOurs.add(said)
  return { text: said, lang: undefined }
}

/** How dates and numbers are written; undefined leaves it to the browser. */
export function locale(): string | undefined {
  return spoken.locale
}

/** Loads the words of a language, English being there already, and speaks it from then on. */
export async function speak(language: Language, wished: readonly string[]): Promise<void> {
  const locale = wished.find((tag) => isOf(tag, language)) ?? language
  if (language === 'en') {
    spoken = { language, words: english, locale }
    return
  }
  const [{ german }, hub] = await Promise.all([import('./german.ts'), import('./hub-german.ts')])
  spoken = { language, words: german, locale, hub }
}

/** The first of the wished languages that is spoken here; English where none is. `wished`: BCP 47 tags, best first. */
export function bestLanguage(wished: readonly string[]): Language {
  return wished.flatMap((tag) => languages.find((one) => isOf(tag, one)) ?? [])[0] ?? 'en'
}

function isOf(tag: string, language: Language): boolean {
  return tag.toLowerCase().split('-')[0] === language
}
