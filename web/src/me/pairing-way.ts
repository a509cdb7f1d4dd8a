import { createContext } from 'react'
import type { SelfSubject } from '../../../src/core/self-port.ts'
import { beginPairing, handOverPairing } from './me-client.ts'
import { meWords } from './me-words.ts'

/** How somebody gets to the sign-in at Microsoft. Throws why not, in words. */
export type PairingWay = (who: SelfSubject) => Promise<void>

/** In a browser the page itself goes there, and comes back. */
const inPage: PairingWay = async (who) => location.assign(await beginPairing(who))

/** In a frame no page may go there: a window does, which has no session and is handed one sign-in. */
export function pairingInWindow(openWindow: (path: string) => Promise<void>): PairingWay {
  return async (who) => {
    const code = await handOverPairing(who)
    // What follows # is in no log.
    await openWindow(`/tab/pairing?language=${document.documentElement.lang}#${code}`).catch(
      (error: Error) => {
        throw new Error(wordsOf(error.message))
      },
    )
  }
}

/** Of TeamsJS, and of the page in the window. */
function wordsOf(reason: string): string {
  const { ended } = meWords().pairing
  if (reason === 'refused') return ended.refused
  if (reason === 'CancelledByUser') return ended.closed
  return reason === 'FailedToOpenWindow' ? ended.blocked : `${ended.refused} (${reason})`
}

export const PairingWayContext = createContext<PairingWay>(inPage)
