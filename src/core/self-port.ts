import type { CallsAs } from './policy.ts'

/** One direction in which a person is kept in step, and whether they want it. */
export interface Direction {
  /** Id of the link. */
  readonly link: string
  readonly from: DirectionEnd
  readonly to: DirectionEnd
  readonly on: boolean
  /** Wall clock, milliseconds: since when it is off. */
  readonly since?: number
  /** The administrator lets the hub only watch here: nothing is written, whatever the person wants. */
  readonly observeOnly?: true
}

/** A system at one end of a direction. */
export interface DirectionEnd {
  readonly connector: string
  readonly title: string
  readonly kind: string
}

/** What a person may decide for themselves, and has decided. */
export interface OwnSettings {
  readonly tenant: string
  /** Id of the person. */
  readonly person: string
  readonly directions: readonly Direction[]
  /** Absent where the tenant leaves no choice; `chosen` absent where the rules decide. */
  readonly calls?: { readonly chosen?: CallsAs }
}

/** How many people of a tenant have ever opened their own page or tab. */
export interface Visits {
  readonly tenant: string
  readonly all: number
  readonly opened: number
  /** Ids of those who never did, at most a thousand. */
  readonly never: readonly string[]
}

/** A person by their place. */
export interface SelfSubject {
  readonly tenant: string
  /** Id. */
  readonly person: string
}

/** Why a wish was not fulfilled. */
export interface SelfRefusal {
  readonly refused: 'nobody' | 'noSuchLink' | 'notAllowed' | 'notStored'
}

/** What people decide for themselves, as the API asks for it. */
export interface SelfPort {
  read(who: SelfSubject): OwnSettings | undefined
  /** Switched off, what was written over the link is taken back at once. */
  switchDirection(
    wish: SelfSubject & { readonly link: string; readonly on: boolean },
  ): Promise<OwnSettings | SelfRefusal>
  /** `as` undefined leaves it to the rules again. */
  chooseCalls(wish: SelfSubject & { readonly as: CallsAs | undefined }): Promise<OwnSettings | SelfRefusal>
  /** The person has opened their own page or tab. */
  noteVisit(who: SelfSubject): Promise<void>
  /** Undefined where there is no such tenant. */
  visits(tenant: string): Promise<Visits | undefined>
}
