import { englishRoster } from '../language/english-roster.ts'
import { germanRoster } from '../language/german-roster.ts'
import { pageWords } from '../language/words.ts'

/** The words of the people page. */
export const rosterWords = pageWords({ en: englishRoster, de: germanRoster })
