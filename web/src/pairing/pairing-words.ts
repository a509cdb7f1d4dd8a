import { pageWords } from '../language/words.ts'

const english = {
  opening: 'You are sent to Microsoft to sign in.',
  done: 'You have signed in.',
  refused: 'The sign-in came to nothing. The page in Teams says why.',
  close: 'You can close this window.',
}

const german: typeof english = {
  opening: 'Sie werden zur Anmeldung zu Microsoft geschickt.',
  done: 'Sie sind angemeldet.',
  refused: 'Die Anmeldung hat nicht geklappt. Warum, steht auf der Seite in Teams.',
  close: 'Sie können dieses Fenster schließen.',
}

/** The words of the window in which somebody signs in out of the tab. */
export const pairingWords = pageWords({ en: english, de: german })
