import { englishHealth } from '../language/english-health.ts'
import { germanHealth } from '../language/german-health.ts'
import { pageWords } from '../language/words.ts'

/** The words of the health page. */
export const healthWords = pageWords({ en: englishHealth, de: germanHealth })
