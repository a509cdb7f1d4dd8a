import { englishAccess } from '../language/english-access.ts'
import { germanAccess } from '../language/german-access.ts'
import { pageWords } from '../language/words.ts'

/** The words of the access page. */
export const accessWords = pageWords({ en: englishAccess, de: germanAccess })
