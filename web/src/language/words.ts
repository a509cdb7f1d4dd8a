import { english, type Words } from './english.ts'

/** The languages of the pages, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languageNames
export const languages = Object.keys(languageNames) as readonly Language[]

interface Spoken {
  readonly language: Language
  readonly words: Words
  /** For dates and numbers, with the region where the browser names one: `en-GB`. */
  readonly locale: string | undefined
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

export function language(): Language {
  return spoken.language
}

/** How dates and numbers are written; undefined leaves it to the browser. */
export function locale(): string | undefined {
  return spoken.locale
}

/** Loads the words of a language, English being there already, and speaks it from then on. */
export async function speak(language: Language, wished: readonly string[]): Promise<void> {
  const loaded = language === 'de' ? (await import('./german.ts')).german : english
  spoken = { language, words: loaded, locale: wished.find((tag) => isOf(tag, language)) ?? language }
}

/** The first of the wished languages that is spoken here; English where none is. `wished`: BCP 47 tags, best first. */
export function bestLanguage(wished: readonly string[]): Language {
  return wished.flatMap((tag) => languages.find((one) => isOf(tag, one)) ?? [])[0] ?? 'en'
}

function isOf(tag: string, language: Language): boolean {
  return tag.toLowerCase().split('-')[0] === language
}
