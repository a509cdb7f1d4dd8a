import { useState } from 'react'
import { bestLanguage, type Language, languages, speak } from './words.ts'

export type LanguageChoice = Language | 'browser'

const storageKey = 'hookswitch.language'

export interface LanguageState {
  readonly language: Language
  readonly choice: LanguageChoice
  choose(choice: LanguageChoice): void
}

/** Speaks what was chosen, or what the browser wishes for; the page and its reader aloud are told. */
export async function speakChosen(choice = readLanguageChoice()): Promise<Language> {
  const language = choice === 'browser' ? bestLanguage(navigator.languages) : choice
  await speak(language, navigator.languages)
  document.documentElement.lang = language
  return language
}

/** The language of the pages, and how to choose another; the choice is kept by the browser. */
export function useLanguage(first: Language): LanguageState {
  const [language, setLanguage] = useState(first)
  const [choice, setChoice] = useState(readLanguageChoice)
  return {
    language,
    choice,
    choose(next) {
      localStorage.setItem(storageKey, next)
      setChoice(next)
      void speakChosen(next).then(setLanguage)
    },
  }
}

function readLanguageChoice(): LanguageChoice {
  const kept = localStorage.getItem(storageKey)
  return languages.find((language) => language === kept) ?? 'browser'
}
