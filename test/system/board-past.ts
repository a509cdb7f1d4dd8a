import type { AuditEntry } from '../../src/core/history.ts'
import type { HistoryPort } from '../../src/core/history-port.ts'
import type { PersonView } from '../../src/core/view.ts'
import { explainSample } from './board-people.ts'

export interface ScriptedPast extends HistoryPort {
  /** Every moment that somebody looked at. */
  readonly looks: number[]
}

/** A past in which everybody was away; nothing is kept from before `from`. */
export function scriptPast(people: readonly PersonView[], from: number): ScriptedPast {
  const looks: number[] = []
  const none = { none: 'There is no such version.' }
  return {
    looks,
    keptFrom: () => from,
    explainAt: async ({ key }, at) => {
      looks.push(at)
      const person = people.find(({ id }) => id === key)
      if (!person) return undefined
      if (at < from + 60_000) return { none: 'Nothing is kept of that time: history begins later.' }
      const state = { ...person.state, availability: 'away', activity: 'away', label: 'Away' } as const
      return explainSample({ ...person, state }, at)
    },
    dayOf: async () => ({ none: 'Nothing is drawn here.' }),
    personData: async () => undefined,
    erase: async () => undefined,
    policies: () => [{ tenant: 'contoso', inForce: 1, versions: [] }],
    inForce: () => [{ tenant: 'contoso', version: 1, pinned: false }],
    policy: () => undefined,
    rollback: async () => none,
    unpin: async () => none,
    audit: async () => [],
    note: async (_entry: AuditEntry) => {},
    isDiscreet: () => false,
  }
}
