import { englishPersonPage } from '../language/english-person-page.ts'
import { germanPersonPage } from '../language/german-person-page.ts'
import { pageWords, words } from '../language/words.ts'

const own = pageWords({ en: englishPersonPage, de: germanPersonPage })

/** The words of one person, and those of the page of their own. */
export function personPageWords() {
  return { ...words().person, ...own() }
}
