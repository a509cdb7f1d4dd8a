import type { EventPackage } from '../kit/sip/event-package.ts'
import type { FeatureBook } from '../kit/sip/feature-book.ts'
import { featurePackage } from '../kit/sip/feature-package.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { parseDialogInfo } from './dialog-info.ts'
import { DialogSet } from './dialog-set.ts'
import { mapDialogs, mapPidf, type NumberPlan } from './map.ts'
import { type Pidf, parsePidf } from './pidf.ts'

/** Event packages that tell of lamps. */
export const eventNames = ['dialog', 'presence'] as const
export type EventName = (typeof eventNames)[number]

interface About {
  readonly plan: NumberPlan
  /** Presence stands for calls as well, because no dialogs are heard. */
  lamp(): boolean
  /** A word that is none of the RFC's. */
  strange(word: StrangeWord): void
}

/** How lamps are read. */
export function lampPackages(about: About): Readonly<Record<EventName, EventPackage>> {
  return { dialog: dialogPackage(about), presence: presencePackage(about) }
}

/** Do not disturb of the phones, for who switches it on. */
export function phoneFeatures(book: FeatureBook): EventPackage {
  return featurePackage(
    book,
    'Set doNotDisturb to false, or switch feature key synchronization on at the PBX.',
  )
}

const otherwise = (event: EventName) => `Leave ${event} out of events, or switch it on at the PBX.`

function dialogPackage({ plan, strange }: About): EventPackage {
  return {
    event: 'dialog',
    accept: 'application/dialog-info+xml',
    otherwise: otherwise('dialog'),
    adds: () => false,
    open() {
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
  }
}

function presencePackage({ lamp, strange }: About): EventPackage {
  return {
    event: 'presence',
    accept: 'application/pidf+xml',
    otherwise: otherwise('presence'),
    // Where calls are heard by dialogs.
    adds: () => !lamp(),
    open() {
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
  }
}
