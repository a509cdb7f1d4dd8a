import type { ExplainView, PersonView } from '../core/view.ts'
import { type Caller, type Need, stretchesFor } from './authorize.ts'
import { type GroupsOf, type Placed, Reach } from './reach.ts'

/** What everybody reads in the place of a reason. */
export const withheld = 'withheld: works council mode'

/**
 * Hides reasons from whoever is no administrator, for tenants in works council mode, and people from those from whom a
 * tenant hides them. Everybody sees themselves.
 */
export interface Veil {
  hides(person: Placed, caller: Caller | undefined): boolean
  /** Whether the person is not to be seen at all: hidden, or out of the caller's reach. */
  withholds(person: Placed, caller: Caller | undefined): boolean
  /** Callers of one sight see the same people. */
  sight(caller: Caller | undefined): string
  person(view: PersonView, caller: Caller | undefined): PersonView
  explanation(view: ExplainView, caller: Caller | undefined): ExplainView
}

interface VeilRules {
  /** Works council mode. */
  readonly isDiscreet: (tenant: string) => boolean
  readonly isHidden?: ((person: Placed, viewer: string | undefined) => boolean) | undefined
  readonly groupsOf: GroupsOf
}

/** Administrators of the person's tenant, and the person. */
const fully: Need = { scope: 'admin', about: 'people', self: true }

export function createVeil({ isDiscreet, isHidden, groupsOf }: VeilRules): Veil {
  const known = new WeakMap<Caller, { readonly all: Reach; readonly full: Reach }>()
  const reachOf = (caller: Caller) => {
    let found = known.get(caller)
    if (!found) {
      const full = new Reach(stretchesFor(caller, fully), groupsOf)
      found = { all: new Reach(caller.reach, groupsOf), full }
      known.set(caller, found)
    }
    return found
  }
  const knows = (person: Placed, caller: Caller | undefined) =>
    caller !== undefined && reachOf(caller).full.has(person)
  const hides: Veil['hides'] = (person, caller) => isDiscreet(person.tenant) && !knows(person, caller)
  const withholds: Veil['withholds'] = (person, caller) => {
    if (knows(person, caller)) return false
    if (caller && !reachOf(caller).all.has(person)) return true
    return isHidden?.(person, caller?.viewer) ?? false
  }
  return {
    hides,
    withholds,
    sight: (caller) => {
      if (caller?.reach) return `reach ${caller.viewer ?? ''} ${JSON.stringify(caller.reach)}`
      return caller?.scopes.includes('admin') ? 'admin' : `viewer ${caller?.viewer ?? ''}`
    },
    person: (view, caller) => {
      if (withholds(view, caller)) return hidePerson(view)
      return hides(view, caller) ? veilPerson(view) : view
    },
    explanation: (view, caller) => (hides(view.person, caller) ? veilExplanation(view) : view),
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
