import { englishLinks } from '../language/english-links.ts'
import { germanLinks } from '../language/german-links.ts'
import { pageWords } from '../language/words.ts'

/** The words of the pages of links and rules. */
export const linksWords = pageWords({ en: englishLinks, de: germanLinks })
