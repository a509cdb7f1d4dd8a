import type { EventPackage } from './event-package.ts'
import type { FeatureBook } from './feature-book.ts'
import { featureAccept, featureEvent, readDoNotDisturb } from './feature-event.ts'

/**
 * Do not disturb of phones by as-feature-event, kept in a book. `otherwise` says what to do where a server does not know
 * the package.
 */
export function featurePackage(book: FeatureBook, otherwise: string): EventPackage {
  return {
    ...{ event: featureEvent, accept: featureAccept, otherwise },
    adds: () => false,
    open(address) {
      book.forget(address)
      return {
        take(text, type) {
          const told = readDoNotDisturb(text, type)
          if (told === 'malformed') return 'malformed'
          if (told !== 'nothing') book.take(address, told)
          return 'taken'
        },
        // A body that is empty says that no feature changed, not that do not disturb is off.
        clear: () => {},
        facets() {
          const on = book.of(address)
          return on === undefined ? [] : [{ kind: 'dnd', on }]
        },
      }
    },
  }
}
