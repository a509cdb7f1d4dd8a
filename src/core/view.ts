import type { Finding, Health, Manifest, Outcome, UnknownValue } from './connector.ts'
import type { Absence } from './observation.ts'
import type { PauseView } from './pause.ts'
import type { LedgerRow } from './ports.ts'
import type { Chosen, Presence } from './presence.ts'
import type { RingPort } from './ring-channel.ts'

/** How far a target follows what was decided for it. */
export type TargetStatus =
  /** Nothing is wanted there. */
  | 'idle'
  /** Waiting for the start barrier, an answer, or a retry. */
  | 'pending'
  /** Written, acknowledged, and shown or not yet read back. */
  | 'applied'
  /** The target natively shows as much or more; nothing was written. */
  | 'covered'
  /** Accepted, but something else is shown there. */
  | 'masked'
  /** A person decided otherwise at the target; nothing is written until the source changes again. */
  | 'yielded'
  /** Told to wait. */
  | 'deferred'
  /** Will not be accepted. */
  | 'rejected'
  /** The source cannot be heard; what is there runs out or is released later. */
  | 'lost'
  /** Somebody else keeps changing what we write; it is left alone for a while. */
  | 'contested'

/** One linked system of a person, as the board shows it. */
export interface SystemView {
  readonly connector: string
  readonly type: string
  readonly title: string
  readonly kind: string
  readonly addresses: readonly string[]
  /** What the system says by itself; undefined until it was heard. */
  readonly native?: StateView
  /** True while it is heard; false when its lease ran out or it never answered. */
  readonly synced: boolean
  readonly targets: readonly TargetView[]
}

/** A state as a person reads it. */
export interface StateView {
  readonly availability: Presence['availability']
  readonly activity: Presence['activity']
  readonly label: string
  readonly chosen?: Chosen
  readonly outOfOffice?: boolean
  readonly ringing?: boolean
  readonly doNotDisturb?: boolean
  /** Wall clock, milliseconds. */
  readonly since?: number
  /** For example "hidden by our own write". */
  readonly note?: string
  /** Wall clock, milliseconds, since when the note holds. */
  readonly noteSince?: number
  /** The system's own word for the state: a reason code, the name of a CRM's status; left out where it has none. */
  readonly reason?: string
  /** Why the system has no state to show, where it told. */
  readonly absent?: Absence
}

/** One slot of one address we may write. */
export interface TargetView {
  readonly address: string
  readonly slot: string
  readonly wanted?: string
  readonly status: TargetStatus
  readonly detail?: string
  /** Wall clock of the last acknowledged write. */
  readonly at?: number
}

/** One person on the board. */
export interface PersonView {
  readonly tenant: string
  readonly id: string
  readonly upn: string
  readonly displayName: string
  readonly state: StateView
  readonly systems: readonly SystemView[]
  /** Sync is switched off for a while: over all links, or some; absent while nothing pauses. */
  readonly paused?: readonly PauseView[]
  /** Phones of theirs that several people use; absent where there are none. */
  readonly sharedPhones?: readonly SharedPhone[]
  /** Grows with every change of this view, whichever of several hubs tells it; a hub alone counts anew when it starts. */
  readonly revision: number
}

/** A phone that several people use, at an address of one of them. */
export interface SharedPhone {
  readonly connector: string
  readonly address: string
  /** `hotDesk`: whoever sits there signs in to it. */
  readonly kind: 'shared' | 'hotDesk'
  /** Kept in step all the same, because its address was given by hand or the tenant wants it of all. */
  readonly synced: boolean
}

/** The answer to "why?": inputs with ages, the rule that won, why every other lost, what was written. */
export interface ExplainView {
  readonly person: PersonView
  readonly at: number
  /** Which version of the rules decided, and whether an administrator has put it in force in the place of the newest. */
  readonly rules?: { readonly version: number; readonly pinned?: boolean }
  /** From when on a past moment can be told, wall clock, milliseconds; absent where nothing is kept. */
  readonly past?: { readonly from: number }
  /** The links between the person's systems, as they are now; absent where that is not told, as of the past. */
  readonly links?: readonly {
    readonly id: string
    readonly covered: boolean
    readonly observeOnly: boolean
  }[]
  readonly signals: readonly {
    readonly connector: string
    readonly address: string
    readonly what: string
    readonly since: number
    readonly heard: 'live' | 'lost' | 'ended' | 'hidden'
    readonly note?: string
    /** Wall clock, milliseconds, since when the note holds. */
    readonly noteSince?: number
  }[]
  readonly decisions: readonly {
    readonly target: string
    readonly slot?: string
    readonly wanted: string
    readonly because: string
    readonly rule?: string
    readonly lost: readonly { readonly signal: string; readonly because: string }[]
    readonly reviewAt?: number
    readonly status: TargetStatus
    readonly detail?: string
  }[]
  readonly history: readonly {
    readonly at: number
    readonly connector: string
    readonly address: string
    readonly slot: string
    readonly did: string
    readonly outcome: string
    /** When the target acknowledged it; wall clock, milliseconds. */
    readonly answeredAt?: number
    readonly because: string
  }[]
}

/** Of the last calls of a system, up to 100: how many had whom at the other end. */
export interface PartyCounts {
  readonly external: number
  readonly internal: number
  readonly unknown: number
}

/** One connector instance on the health strip. */
export interface ConnectorView {
  readonly tenant: string
  readonly id: string
  readonly type: string
  readonly title: string
  readonly docs: string
  readonly health: Health
  readonly followed: number
  /** People or directory entries that could not be matched, duplicates, guests, shared phones. */
  readonly problems: readonly MatchProblem[]
  /** Words that the system said and the connector did not know, the newest first. */
  readonly unknownValues: readonly UnknownValue[]
  /** Left out until the system has said anything since the hub runs. */
  readonly heard?: HeardView
  /** Left out until a call has ended. A link says how `unknown` counts (`calls.unknownParty`). */
  readonly parties?: PartyCounts
}

/** What one connector instance has heard of its system since the hub runs. */
export interface HeardView {
  /** Wall clock, milliseconds: a report, or a sign that nothing has changed. */
  readonly at: number
  /** Reports about addresses: calls, lamps, states; signs of life are not counted. */
  readonly reports: number
}

/** Somebody who could not be matched, with the reason and the fix. */
export interface MatchProblem {
  readonly kind: 'unmatched' | 'duplicate' | 'guest' | 'disabled' | 'shared'
  readonly who: string
  readonly reason: string
  readonly fix: string
}

/** What an external system may say of a person (PUT /people/{..}/signals/{source}). */
export interface ExternalSignal {
  readonly state: 'available' | 'away' | 'busy' | 'inACall' | 'doNotDisturb'
  /** Seconds it lasts unless said again. */
  readonly ttl: number
  readonly note?: string
  /** What follows when it ends or runs out (work after a call), for so many seconds. */
  readonly wrapUp?: { readonly state: ExternalSignal['state']; readonly seconds: number }
}

/** Whose signal, and which external system says it. */
export interface SignalPlace {
  /** Id or UPN. */
  readonly key: string
  readonly source: string
  readonly tenant?: string | undefined
}

/** What `hookswitch release` took back, and how much is still there. */
export interface ReleaseReport {
  readonly released: readonly { readonly row: LedgerRow; readonly outcome: Outcome }[]
  readonly remaining: number
}

/** Which people, and how many of them at once. */
export interface PeopleQuery {
  readonly tenant?: string | undefined
  /** Part of a name, UPN or address, any letter case. */
  readonly text?: string | undefined
  /** How many to pass over. */
  readonly offset: number
  readonly limit: number
  /** Who is left out, as if they were not there. */
  readonly except?: (person: Pick<PersonView, 'tenant' | 'id'>) => boolean
}

/** One page of people. */
export interface PeoplePage {
  readonly people: readonly PersonView[]
  /** How many there are on all pages. */
  readonly total: number
}

/** Whether every system was heard. */
export interface Readiness {
  readonly ready: boolean
  /** Which kinds of system are waited for, each once: what a stranger may know. */
  readonly waitingFor: readonly Manifest['kind'][]
  /** With ids and the systems' own words. */
  readonly reasons: readonly string[]
}

/** The running hub, as the HTTP API and the CLI see it. */
export interface HubPort extends RingPort {
  ready(): Readiness
  /** Ids of all tenants, in the order of the configuration. */
  tenants(): readonly string[]
  people(tenant?: string): readonly PersonView[]
  /** In the order of tenants in the configuration, then of ids, which changes with nobody's state. */
  page(query: PeopleQuery): PeoplePage
  /** Whom there is, without a look at what is said of them. */
  present(): Iterable<Pick<PersonView, 'tenant' | 'id'>>
  /** By id or UPN, any letter case. */
  person(key: string, tenant?: string): PersonView | undefined
  explain(key: string, tenant?: string): Promise<ExplainView | undefined>
  connectors(tenant?: string): readonly ConnectorView[]
  /** Has a connector read all its addresses again; false where there is none of that id. */
  resync(tenant: string, connector: string): boolean
  /** Every system of a person reads their addresses again; false where there is no such person. */
  resyncPerson(key: string, tenant?: string): boolean
  putSignal(at: SignalPlace, signal: ExternalSignal): Promise<PersonView | undefined>
  /** False when that source had said nothing of that person. */
  deleteSignal(at: SignalPlace): Promise<boolean>
  /** Withdraws what the hub wrote: of one person, or of everyone. */
  release(key: string | 'all', tenant?: string): Promise<ReleaseReport>
  checkConnectors(
    tenant?: string,
  ): Promise<readonly { readonly connector: string; readonly findings: readonly Finding[] }[]>
  /** Every change of a person's view; returns how to stop. */
  watch(listener: (change: PersonView) => void): () => void
}
