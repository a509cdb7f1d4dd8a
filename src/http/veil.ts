import type { ExplainView, PersonView } from '../core/view.ts'
import type { Caller } from './authorize.ts'

/** What everybody reads in the place of a reason. */
export const withheld = 'withheld: works council mode'

/** Hides reasons from whoever is no administrator, for tenants in works council mode. */
export interface Veil {
  hides(tenant: string, caller: Caller | undefined): boolean
  person(view: PersonView, caller: Caller | undefined): PersonView
  explanation(view: ExplainView, caller: Caller | undefined): ExplainView
}

export function createVeil(isDiscreet: (tenant: string) => boolean): Veil {
  const hides = (tenant: string, caller: Caller | undefined) =>
    isDiscreet(tenant) && !caller?.scopes.includes('admin')
  return {
    hides,
    person: (view, caller) => (hides(view.tenant, caller) ? veilPerson(view) : view),
    explanation: (view, caller) => (hides(view.person.tenant, caller) ? veilExplanation(view) : view),
  }
}

/** The state, and which systems are kept in step: not what each says, since when, nor what was written there. */
export function veilPerson(view: PersonView): PersonView {
  const { availability, activity, label, outOfOffice } = view.state
  return {
    tenant: view.tenant,
    id: view.id,
    upn: view.upn,
    displayName: view.displayName,
    state: { availability, activity, label, ...(outOfOffice !== undefined && { outOfOffice }) },
    systems: view.systems.map(({ connector, type, title, kind, addresses, synced }) => {
      return { connector, type, title, kind, addresses, synced, targets: [] }
    }),
    revision: view.revision,
  }
}

function veilExplanation({ person, at }: ExplainView): ExplainView {
  const { availability, activity } = person.state
  return {
    person: veilPerson(person),
    at,
    signals: [],
    decisions: [
      {
        target: 'board',
        wanted: `${availability}/${activity}`,
        because: withheld,
        lost: [],
        status: 'applied',
      },
    ],
    history: [],
  }
}
