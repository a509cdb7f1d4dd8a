import { cloudEvent, eventSource } from '../core/cloud-event.ts'
import type { PersonView, StateView } from '../core/view.ts'
import type { Subscription } from './subscription.ts'

/** Type of an event about a change. */
export const changedType = 'hookswitch.presence.changed'

/** Type of an event that somebody asked for to try a receiver. */
export const testType = 'hookswitch.test'

/** What of a person a subscription is told, and by which a change is known. */
export interface ToldPresence {
  readonly state?: ShownState
  /** By connector id; null where the system says nothing. */
  readonly systems?: Readonly<Record<string, ShownState | null>>
}

interface ShownState {
  readonly availability: string
  readonly activity: string
  readonly label: string
  readonly outOfOffice?: boolean
}

function shown({ availability, activity, label, outOfOffice }: StateView): ShownState {
  return { availability, activity, label, ...(outOfOffice && { outOfOffice }) }
}

/** Undefined where the person has none of the systems asked for. */
export function presenceFor(
  person: PersonView,
  { systems }: Pick<Subscription, 'systems'>,
): ToldPresence | undefined {
  if (systems.length === 0) return { state: shown(person.state) }
  const own = person.systems.filter(({ connector }) => systems.includes(connector))
  if (own.length === 0) return undefined
  return {
    systems: Object.fromEntries(
      own.map(({ connector, native }) => [connector, native ? shown(native) : null]),
    ),
  }
}

/** Nothing is known, at least of one system: it may only be that the hub has just begun. */
export function isVague({ state, systems }: ToldPresence): boolean {
  const all = [...(state ? [state] : []), ...Object.values(systems ?? {})]
  return all.some((one) => one === null || one.availability === 'unknown')
}

/** JSON of the event (CloudEvents 1.0). */
export function presenceEvent(
  person: PersonView,
  about: {
    readonly id: string
    readonly at: number
    readonly sequence: number
    readonly is: ToldPresence
    readonly was: ToldPresence | undefined
  },
): string {
  const { id, at, sequence, is, was } = about
  return JSON.stringify(
    cloudEvent({
      id,
      source: eventSource(person.tenant),
      type: changedType,
      subject: person.id,
      time: new Date(at).toISOString(),
      sequence: String(sequence).padStart(16, '0'),
      data: {
        tenant: person.tenant,
        person: { id: person.id, upn: person.upn, displayName: person.displayName },
        ...is,
        was: was ?? null,
      },
    }),
  )
}

/** JSON of an event that is about nobody: whoever receives it sees that messages arrive and how they are signed. */
export function testEvent(tenant: string, { id, at }: { readonly id: string; readonly at: number }): string {
  const time = new Date(at).toISOString()
  return JSON.stringify(
    cloudEvent({ id, source: eventSource(tenant), type: testType, time, data: { tenant } }),
  )
}
