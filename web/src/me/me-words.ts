import { englishMe } from '../language/english-me.ts'
import { germanMe } from '../language/german-me.ts'
import { pageWords } from '../language/words.ts'

/** The words of one's own page, in the portal and in the tab. */
export const meWords = pageWords({ en: englishMe, de: germanMe })
