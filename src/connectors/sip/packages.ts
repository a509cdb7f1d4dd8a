import type { Facet } from '../../core/observation.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { parseDialogInfo } from './dialog-info.ts'
import { DialogSet } from './dialog-set.ts'
import { mapDialogs, mapPidf, type NumberPlan } from './map.ts'
import { type Pidf, parsePidf } from './pidf.ts'

/** Event packages (RFC 6665 section 4.4.1) that are read. */
export const eventNames = ['dialog', 'presence'] as const
export type EventName = (typeof eventNames)[number]

/** What one subscription has told, document by document. */
export interface Documents {
  /** `ask`: the whole state has to be asked for again. `malformed`: nothing was changed. */
  take(text: string): 'taken' | 'old' | 'ask' | 'malformed'
  /** The server has nothing published for the address. */
  clear(): void
  facets(): readonly Facet[]
}

interface About {
  readonly plan: NumberPlan
  /** Presence stands for calls as well, because no dialogs are heard. */
  lamp(): boolean
  /** A word that is none of the RFC's. */
  strange(word: StrangeWord): void
}

export interface EventPackage {
  readonly accept: string
  open(about: About): Documents
}

export const packages: Readonly<Record<EventName, EventPackage>> = {
  dialog: {
    accept: 'application/dialog-info+xml',
    open({ plan, strange }) {
      const dialogs = new DialogSet()
      return {
        take(text) {
          const info = parseDialogInfo(text)
          if (!info) return 'malformed'
          for (const word of info.strange) strange(word)
          const result = dialogs.apply(info)
          return result === 'applied' ? 'taken' : result === 'gap' ? 'ask' : 'old'
        },
        clear: () => dialogs.clear(),
        facets: () => mapDialogs(dialogs.live(), plan),
      }
    },
  },
  presence: {
    accept: 'application/pidf+xml',
    open({ lamp, strange }) {
      let last: Pidf | undefined
      return {
        take(text) {
          const pidf = parsePidf(text)
          if (!pidf) return 'malformed'
          for (const word of pidf.strange) strange(word)
          last = pidf
          return 'taken'
        },
        clear() {
          last = undefined
        },
        facets: () => (last ? mapPidf(last, { lamp: lamp() }) : []),
      }
    },
  },
}
