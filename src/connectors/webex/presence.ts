import type { Absence, PresenceFacet } from '../../core/observation.ts'
import {
  AVAILABLE,
  AWAY,
  IN_A_CALL,
  PRESENTING,
  type Presence,
  presence,
  UNKNOWN,
} from '../../core/presence.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'

interface Shown {
  readonly state: Presence
  readonly outOfOffice?: true
  readonly absent?: Absence
}

/**
 * Enum `status` of the People API. None of these is known to be picked: the app sets them by itself, or by the calendar.
 * `unknown` also stands for a status text of a person's own.
 */
const statuses: Readonly<Record<string, Shown>> = {
  active: { state: AVAILABLE },
  inactive: { state: AWAY },
  call: { state: IN_A_CALL },
  meeting: { state: presence('busy', 'inAMeeting') },
  presenting: { state: PRESENTING },
  OutOfOffice: { state: presence('away', 'outOfOffice'), outOfOffice: true },
  pending: { state: UNKNOWN, absent: 'notEnabled' },
  unknown: { state: UNKNOWN },
}

/**
 * What the app shows as a facet. Nothing for `DoNotDisturb`: that of the app follows that of calling, which the hub
 * itself may have set; passed on, it would keep itself alive. `undefined` for a document that is no person.
 */
export function toFacets(
  json: unknown,
  note: (word: StrangeWord) => void,
): readonly PresenceFacet[] | undefined {
  const { id, status } = fieldsOf(json)
  if (textOf(id) === undefined) return undefined
  const word = textOf(status) ?? 'unknown'
  if (word === 'DoNotDisturb') return []
  const known = statuses[word]
  if (!known) note({ field: 'status', value: word, takenAs: 'unknown' })
  return [{ kind: 'presence', chosen: 'no', ...(known ?? { state: UNKNOWN }) }]
}
