import type { ExplainView, PersonView } from '../core/view.ts'
import type { Caller } from './authorize.ts'

/** What everybody reads in the place of a reason. */
export const withheld = 'withheld: works council mode'

/**
 * Hides reasons from whoever is no administrator, for tenants in works council mode, and people from those from whom a
 * tenant hides them.
 */
export interface Veil {
  hides(tenant: string, caller: Caller | undefined): boolean
  /** Whether the person is not to be seen at all. */
  withholds(person: Pick<PersonView, 'tenant' | 'id'>, caller: Caller | undefined): boolean
  /** Callers of one sight see the same people. */
  sight(caller: Caller | undefined): string
  person(view: PersonView, caller: Caller | undefined): PersonView
  explanation(view: ExplainView, caller: Caller | undefined): ExplainView
}

interface VeilRules {
  /** Works council mode. */
  readonly isDiscreet: (tenant: string) => boolean
  readonly isHidden?:
    | ((person: Pick<PersonView, 'tenant' | 'id'>, viewer: string | undefined) => boolean)
    | undefined
}

export function createVeil({ isDiscreet, isHidden }: VeilRules): Veil {
  const isAdmin = (caller: Caller | undefined) => caller?.scopes.includes('admin') ?? false
  const hides: Veil['hides'] = (tenant, caller) => isDiscreet(tenant) && !isAdmin(caller)
  const withholds: Veil['withholds'] = (person, caller) =>
    !isAdmin(caller) && (isHidden?.(person, caller?.viewer) ?? false)
  return {
    hides,
    withholds,
    sight: (caller) => (isAdmin(caller) ? 'admin' : `viewer ${caller?.viewer ?? ''}`),
    person: (view, caller) => {
      if (withholds(view, caller)) return hidePerson(view)
      return hides(view.tenant, caller) ? veilPerson(view) : view
    },
    explanation: (view, caller) => (hides(view.person.tenant, caller) ? veilExplanation(view) : view),
  }
}

/** That there is such a person, which who speaks for them knows, and nothing else. */
function hidePerson({ tenant, id, upn, displayName, revision }: PersonView): PersonView {
  const state = { availability: 'unknown', activity: 'unknown', label: 'Hidden' } as const
  return { tenant, id, upn, displayName, state, systems: [], revision }
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
