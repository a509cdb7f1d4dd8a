/**
 * What goes over the wire (docs/guide/agent-protocol.md, version 1). Written out by hand so that this package depends on
 * nothing; a test of the project holds these types against the hub's schema.
 */

export interface DialogFacet {
  readonly kind: 'dialog'
  /** Identifies the call leg at its address. */
  readonly leg: string
  /** `early`: it rings. */
  readonly state: 'trying' | 'early' | 'confirmed' | 'held' | 'terminated'
  readonly direction: 'inbound' | 'outbound' | 'unknown'
  /** Who is at the other end, seen from the organisation. */
  readonly party: 'external' | 'internal' | 'unknown'
  /** Default `call`. `lamp`: only a lamp was seen lit. */
  readonly evidence?: 'call' | 'lamp'
  readonly through?: 'direct' | 'queue'
  /** A feature code (*78 ...) was dialled: no conversation. */
  readonly featureCode?: boolean
  readonly remote?: string
}

export interface RegistrationFacet {
  readonly kind: 'registration'
  readonly registered: boolean
}

export interface DndFacet {
  readonly kind: 'dnd'
  readonly on: boolean
  readonly origin?: 'person' | 'schedule'
}

export interface PresenceFacet {
  readonly kind: 'presence'
  /** `availability/activity` in the words of Microsoft Graph. */
  readonly state: string
  readonly chosen?: 'yes' | 'no' | 'unknown'
  readonly outOfOffice?: boolean
  readonly absent?: 'notEnabled' | 'notLicensed' | 'signedOut'
  readonly origin?: 'person' | 'schedule'
}

export type Facet = DialogFacet | RegistrationFacet | DndFacet | PresenceFacet

export interface Observation {
  readonly address: string
  readonly facet: Facet
}

export interface DirectoryEntry {
  readonly address: string
  readonly displayName?: string
  readonly mails: readonly string[]
  readonly aliases?: readonly string[]
  readonly shared?: boolean
  readonly enabled?: boolean
}

/** What the hub asks to be set. */
export interface Publication {
  readonly id: string
  readonly address: string
  readonly slot: 'dnd' | 'presence'
  /** `withdraw`: what was set is over; `state` is what comes back. */
  readonly act: 'assert' | 'withdraw'
  /** `availability/activity`; for `dnd`, doNotDisturb/doNotDisturb is on and everything else off. */
  readonly state: string
  /** It is set already and is wanted on. */
  readonly refresh: boolean
}

/** What became of a publication. */
export type Outcome =
  | { readonly kind: 'applied' | 'unchanged' }
  | { readonly kind: 'rejected'; readonly reason: string; readonly fix?: string }
  | { readonly kind: 'deferred'; readonly reason: string; readonly retryAfterMs: number }
  /** Not known whether it was done. */
  | { readonly kind: 'failed'; readonly reason: string }

export type NumberedFrame =
  | {
      readonly type: 'snapshot'
      readonly addresses: readonly string[]
      readonly observations: readonly Observation[]
    }
  | { readonly type: 'observed'; readonly observation: Observation }
  | ({ readonly type: 'outcome'; readonly publication: string } & Outcome)
  | {
      readonly type: 'directory'
      readonly id?: string
      readonly more?: boolean
      readonly entries: readonly DirectoryEntry[]
    }

export interface Hello {
  readonly type: 'hello'
  readonly protocol: 1
  readonly agent: string
  readonly session: string
  readonly token?: string
  readonly addresses?: readonly string[]
  readonly program?: string
}

/** What an agent sends. */
export type AgentFrame =
  | Hello
  | (NumberedFrame & { readonly seq: number })
  | { readonly type: 'heartbeat' }
  | { readonly type: 'bye' }

/** What may be handed to an agent to set. */
export interface SlotOffer {
  readonly slot: string
  readonly states: readonly string[]
  readonly neutral: string
}

/** What the person at an address is to be told, at once or not at all. */
export interface Notice {
  readonly address: string
  /** The person has just signed out of the system. */
  readonly kind: 'signedOut'
  /** For the person: whole sentences. */
  readonly text: string
}

/** What the hub sends; others are ignored. */
export type HubFrame =
  | {
      readonly type: 'welcome'
      readonly heartbeatSeconds: number
      readonly leaseSeconds: number
      readonly slots: readonly SlotOffer[]
    }
  | { readonly type: 'ack'; readonly seq: number; readonly duplicate?: boolean }
  | { readonly type: 'alive' }
  | { readonly type: 'follow'; readonly addresses: readonly string[] }
  | { readonly type: 'read'; readonly addresses: readonly string[] }
  | { readonly type: 'list'; readonly id: string }
  | { readonly type: 'publish'; readonly publication: Publication }
  | ({ readonly type: 'notice' } & Notice)
  | {
      readonly type: 'error'
      readonly code: string
      readonly message: string
      readonly fix?: string
      readonly seq?: number
    }
