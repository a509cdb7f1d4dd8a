import { englishSettings } from '../language/english-settings.ts'
import { germanSettings } from '../language/german-settings.ts'
import { pageWords } from '../language/words.ts'

/** The words of the page of settings. */
export const settingsWords = pageWords({ en: englishSettings, de: germanSettings })
