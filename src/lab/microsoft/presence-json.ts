import type { Switches } from '../switches.ts'
import type { Reading } from './person.ts'
import { type Pair, split, UNKNOWN } from './states.ts'

const camel = (word: string) => word.charAt(0).toLowerCase() + word.slice(1)

function words(pair: Pair, spelling: Switches['spelling']): { availability: string; activity: string } {
  const { availability, activity } = split(pair)
  if (spelling === 'PascalCase') return { availability, activity }
  return { availability: camel(availability), activity: camel(activity) }
}

/**
 * The presence resource as an application reads it. The times of a note are absent, as they are for anyone but the
 * person. `at`: monotonic time of the state that is read, milliseconds.
 */
export function presenceJson(
  reading: Reading,
  switches: Pick<Switches, 'spelling' | 'sequenceNumber'>,
  at: number,
): Record<string, unknown> {
  const { outOfOffice, note } = reading.inputs
  const live = note && note.publishedAt <= at && note.endsAt > at ? note : undefined
  return {
    id: reading.id,
    ...words(reading.pair, switches.spelling),
    outOfOfficeSettings: { message: outOfOffice ?? null, isOutOfOffice: outOfOffice !== undefined },
    statusMessage: live ? { message: { content: live.content, contentType: 'text' } } : null,
    ...(switches.sequenceNumber && { sequenceNumber: reading.sequence }),
  }
}

/** What is said of an id without presence when the switch `badId` is `unknown`. */
export function unknownPresenceJson(
  id: string,
  switches: Pick<Switches, 'spelling'>,
): Record<string, unknown> {
  return {
    id,
    ...words(UNKNOWN, switches.spelling),
    outOfOfficeSettings: { message: null, isOutOfOffice: false },
    statusMessage: null,
  }
}
