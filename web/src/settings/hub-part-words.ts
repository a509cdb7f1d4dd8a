import { englishHubParts } from '../language/english-hub-parts.ts'
import { germanHubParts } from '../language/german-hub-parts.ts'
import { pageWords } from '../language/words.ts'

/** The words of the settings of the hub itself. */
export const hubPartWords = pageWords({ en: englishHubParts, de: germanHubParts })
