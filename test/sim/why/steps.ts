import type { DialogFacet } from '../../../src/core/observation.ts'
import type { Pause } from '../../../src/core/pause.ts'
import { toPresence } from '../pairs.ts'
import type { Stage } from './stage.ts'

/** Something that happens, and the words by which "why?" names it. */
export interface Step {
  readonly says: RegExp
  do(stage: Stage): void
  /** How long nothing else happens afterwards, milliseconds. */
  readonly waitMs?: number
}

/** No answer names it. */
const never = /(?!)/

type PhoneSystem = 'phone' | 'desk' | 'lamps'

/** So long after a step everything is seen, written, settled and read again. */
export const settledMs = 20_000

export function call(at: PhoneSystem, change: Partial<DialogFacet> = {}): Step {
  return { says: new RegExp(`call on ${at} `), do: (stage) => stage[at].call(change) }
}

/** The end of a call, looked at `waitMs` later. */
export function hangUp(at: PhoneSystem, waitMs = settledMs): Step {
  return { says: never, waitMs, do: (stage) => stage[at].call({ state: 'terminated' }) }
}

export function key(at: PhoneSystem, on: boolean, by: 'person' | 'schedule' = 'person'): Step {
  const said = on ? 'Do not disturb chosen' : 'Do not disturb taken back'
  const here = `${at} \\S+ was changed there|changed there ${by === 'schedule' ? 'by its schedule' : 'by hand'}`
  return {
    says: new RegExp(`${said} on ${at} |${here}|${at} \\S+(:| says) ${on ? 'Do not disturb' : 'Available'}`),
    do: (stage) => stage[at].key(on, by),
  }
}

/** A person picks a state in Teams. */
export function choose(pair: string | undefined, label: string): Step {
  return {
    says: new RegExp(`${label} (chosen|taken back) on teams |^${pair} is (shown|already)|shows ${pair}`),
    do: (stage) => stage.teams.choose(pair),
  }
}

/** The person's own client shows something that nobody picks. */
export function client(pair: string | undefined, label: string, outOfOffice = false): Step {
  return {
    says: new RegExp(`${label} on teams |shows ${pair}|teams anna says ${label}|teams anna: ${label}`),
    do: (stage) => {
      stage.teams.outOfOffice = outOfOffice
      stage.teams.set({ client: pair })
    },
  }
}

export function teamsCall(inCall = true): Step {
  return {
    says: /In a call on teams |shows busy\/inACall|a call of \S+ itself|teams anna(:| says) In a call/,
    do: (stage) => stage.teams.set({ inCall }),
  }
}

/** What an external system says. */
export function signal(pair: string, label: string): Step {
  const facet = { kind: 'presence', state: toPresence(pair), chosen: 'no' } as const
  return { says: new RegExp(`${label} on api |api anna(:| says) ${label}`), do: ({ api }) => api.say(facet) }
}

/** Somebody picks a status in the CRM. */
export function status(pair: string, label: string): Step {
  const facet = { kind: 'presence', state: toPresence(pair), chosen: 'yes' } as const
  return {
    says: new RegExp(`${label} (chosen|taken back) on crm |crm anna was changed there|changed there by hand`),
    do: ({ crm }) => crm.say(facet),
  }
}

/** The person's own logout. */
export function signOut(): Step {
  const state = toPresence('offline/offline')
  const facet = { kind: 'presence', state, chosen: 'yes', absent: 'signedOut' } as const
  return { says: /signed out of crm anna/, do: ({ crm }) => crm.say(facet) }
}

export function pause(link?: string): Step {
  const change: { begin: Omit<Pause, 'from'> } = { begin: { link, until: undefined } }
  return {
    says: /sync is paused/,
    do: ({ engine, anna }) => engine.mailboxes.post(anna, { type: 'pause', change }),
  }
}

/** A pause that is over when somebody asks. */
export function pauseShortly(): Step {
  return {
    says: /before sync went on again/,
    do: ({ engine, anna }) => {
      const change = { begin: { link: undefined, until: engine.now() + 5000 } }
      engine.mailboxes.post(anna, { type: 'pause', change })
    },
  }
}

/** An operator has everything taken back. */
export function release(): Step {
  return {
    says: /taken back by an operator/,
    do: ({ engine, anna }) => engine.mailboxes.post(anna, { type: 'release' }),
  }
}

export function cut(at: PhoneSystem | 'teams'): Step {
  return { says: new RegExp(`${at} \\S+ cannot be heard`), do: (stage) => stage[at].cut() }
}

/** The administrator takes the person's address away; the system does not answer at the moment. */
export function giveUp(at: PhoneSystem): Step {
  return {
    says: /the address is given up/,
    do: (stage) => {
      stage[at].deaf = true
      stage.engine.setPeople(stage.people(at))
    },
  }
}

/** Something that no answer names. */
export function unnamed(deed: (stage: Stage) => void, waitMs = settledMs): Step {
  return { says: never, do: deed, waitMs }
}
