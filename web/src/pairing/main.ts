import { authentication } from '@microsoft/teams-js'
import { bestLanguage, speak } from '../language/words.ts'
import { ask } from '../live/http.ts'
import { whenTeamsAnswers } from '../tab/when-teams-answers.ts'
import { pairingWords } from './pairing-words.ts'

const languageKey = 'hookswitch.pairing.language'

/** The window in which somebody signs in out of the tab: with a code it goes to Microsoft, and is where it comes back. */
async function start(): Promise<void> {
  const what = location.hash.slice(1)
  const asked = new URLSearchParams(location.search).get('language')
  // It comes back without it.
  if (asked !== null) sessionStorage.setItem(languageKey, asked)
  const wished = [sessionStorage.getItem(languageKey) ?? '', ...navigator.languages]
  const language = bestLanguage(wished)
  document.documentElement.lang = language
  await speak(language, wished)
  history.replaceState(undefined, '', location.pathname)
  if (what === 'done' || what === 'refused') return tell(what)
  say(pairingWords().opening)
  try {
    const { url } = (await ask('/api/v1/pairing/code', { method: 'POST', body: { code: what } })) as {
      readonly url: string
    }
    location.replace(url)
  } catch (error) {
    say(`${(error as Error).message} ${pairingWords().close}`)
  }
}

/** Teams closes the window when it was told; where nobody listens it stays, with words. */
async function tell(outcome: 'done' | 'refused'): Promise<void> {
  const said = pairingWords()
  say(`${said[outcome]} ${said.close}`)
  if (!(await whenTeamsAnswers())) return
  if (outcome === 'done') authentication.notifySuccess(outcome)
  else authentication.notifyFailure(outcome)
}

function say(text: string): void {
  const place = document.querySelector('[role=status]')
  if (place) place.textContent = text
}

void start()
