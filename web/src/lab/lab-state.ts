/** One end of a call at a phone of the lab; ended legs are left out. */
export interface LabLeg {
  readonly state: 'ringing' | 'talking' | 'held'
  readonly direction: string
  readonly number: string | undefined
  readonly since: number | undefined
}

export interface LabPhone {
  readonly extension: string
  readonly registered: boolean
  readonly dnd: boolean
  readonly legs: readonly LabLeg[]
}

/** Pairs are `Availability/Activity` as Microsoft Graph spells them. */
export interface LabTeams {
  readonly shown: string
  readonly client: string | null
  readonly preferred: string | null
  /** Sessions of applications, the hub's own among them. */
  readonly sessions: readonly string[]
  readonly outOfOffice: boolean
  readonly inCall: boolean
}

export interface LabPerson {
  readonly phones: readonly LabPhone[]
  readonly teams: LabTeams | undefined
  readonly systems: readonly LabSystem[]
}

/** A system beside Teams and the phones, as its own client shows the person. */
export interface LabSystem {
  readonly name: string
  readonly shown: string
  /** What can be picked there. */
  readonly states: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/** Reads the answer of `GET /lab/people/{upn}`; what is not there is left out. */
export function readLabPerson(answer: unknown): LabPerson {
  const { phones, teams, systems } = object(answer)
  return {
    phones: list(phones).map(readPhone),
    teams: teams ? readTeams(object(teams)) : undefined,
    systems: Object.entries(object(systems)).flatMap(
      ([name, system]) => readSystem(name, object(system)) ?? [],
    ),
  }
}

function readSystem(name: string, system: Json): LabSystem | undefined {
  const shown = text(system.shown)
  if (shown === undefined) return undefined
  return { name, shown, states: array(system.states).flatMap((state) => text(state) ?? []) }
}

function readPhone(phone: Json): LabPhone {
  const legs = list(phone.calls).map(readLeg)
  return {
    extension: text(phone.extension) ?? '',
    registered: phone.registered === true,
    dnd: phone.dnd === true,
    legs: legs.filter((leg) => leg !== undefined),
  }
}

function readLeg(leg: Json): LabLeg | undefined {
  const { state } = leg
  if (state !== 'ringing' && state !== 'talking' && state !== 'held') return undefined
  const since = typeof leg.since === 'number' ? leg.since : undefined
  return { state, direction: text(leg.direction) ?? 'outbound', number: text(leg.number), since }
}

function readTeams(teams: Json): LabTeams {
  const client = pair(teams.client)
  return {
    shown: pair(teams.shown) ?? 'PresenceUnknown/PresenceUnknown',
    client: client ?? null,
    preferred: pair(teams.preferred) ?? null,
    sessions: array(teams.sessions).flatMap((session) => pair(session) ?? []),
    outOfOffice: teams.outOfOffice === true,
    inCall: teams.inCall === true,
  }
}

/** `Availability/Activity`, whether written so or as an object. */
function pair(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value
  const { availability, activity } = object(value)
  return typeof availability === 'string' && typeof activity === 'string'
    ? `${availability}/${activity}`
    : undefined
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function list(value: unknown): readonly Json[] {
  return array(value).map(object)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
