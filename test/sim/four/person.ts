import type { Aggregation } from '../teams-world.ts'
import type { Deed } from './deeds.ts'
import { systemOf, verbOf } from './deeds.ts'
import type { Ideal } from './ideal.ts'
import { withoutEffectsFrom, withPlace } from './ideal.ts'
import type { Way, Wiring } from './wiring.ts'
import { tableOf } from './wiring.ts'
import type { SystemName, Word } from './words.ts'
import { systems } from './words.ts'

export interface Rules {
  readonly wiring: Wiring
  readonly mode: Aggregation
  /** Several things happened so close together that a call may seem to have begun before some of them, or after. */
  readonly isBlurred?: boolean
  /** The session in Teams ran out meanwhile: what is behind it may have been seen, and as news. */
  readonly ranOut?: boolean
  /** Could not be heard for a while. */
  readonly silent?: 'phone' | 'profiles' | undefined
  /** So long that the hub made its own choice in Teams again, over whatever nobody could see behind a call. */
  readonly isLong?: boolean
}

/** What the office hours of the profiles do, and a login that nobody saw a logout before. */
const meant: Readonly<Partial<Record<string, Word>>> = {
  closing: 'away',
  opening: 'available',
  login: 'available',
}

/** What a person did comes to be known. */
export function afterDeed(ideal: Ideal, deed: Deed, { wiring }: Rules): Ideal {
  const system = systemOf(deed)
  const verb = verbOf(deed)
  const next = { ...ideal, tick: ideal.tick + 1 }
  if (system !== 'crm' && (verb === 'call' || verb === 'hangup')) {
    const going = ideal.calls[system]
    const calls = verb === 'call' ? [...going, next.tick] : going.slice(1)
    return { ...next, calls: { ...ideal.calls, [system]: calls } }
  }
  if (verb === 'logout') return loggedOut(next)
  // Whoever logs in shows what the others say; nothing has been chosen against it.
  if (verb === 'login' && ideal.places.crm.word === 'offline') {
    return withPlace(next, 'crm', { word: 'available', seen: 'available' })
  }
  const word = meant[verb] ?? (verb as Word)
  // Teams shows what stands there only as far as a call lets it: `look` sees it.
  if (system === 'teams') return withPlace(next, 'teams', { word, by: 'person' })
  return chosen(withPlace(next, system, { word, by: 'person' }), system, { word, wiring })
}

/** A change by hand is the newest word, here and over every link. */
export function chosen(
  ideal: Ideal,
  system: SystemName,
  { word, wiring }: { readonly word: Word; readonly wiring: Wiring },
): Ideal {
  const former = ideal.places[system].seen
  if (former === word) return ideal
  const effects = { ...ideal.effects }
  for (const to of systems) {
    const table = tableOf(wiring, system, to)
    if (!table) continue
    const way: Way = `${system} to ${to}`
    const means = table[word]
    const meant = table[former]
    if (means) effects[way] = { act: 'set', word: means, at: ideal.tick }
    else if (meant) effects[way] = { act: 'clear', word: meant, at: ideal.tick }
    else if (effects[way]?.act === 'set') delete effects[way]
  }
  return withPlace({ ...ideal, effects }, system, { seen: word, changedAt: ideal.tick, hold: undefined })
}

/** Whoever logs out says nothing any more, and nothing is held there. */
function loggedOut(ideal: Ideal): Ideal {
  return withPlace(withoutEffectsFrom(ideal, 'crm'), 'crm', {
    word: 'offline',
    by: 'person',
    seen: 'available',
    changedAt: undefined,
    hold: undefined,
  })
}
