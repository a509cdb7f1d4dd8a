import type {
  CredentialEnd,
  FailureKind,
  Health,
  Notice,
  Publication,
  UnknownValue,
} from '../core/connector.ts'
import type { FeedEvent } from '../core/observation.ts'
import type { Workings } from '../core/workings.ts'

/**
 * The site link: JSON text frames over one WebSocket that the site opens at `linkPath` of the hub. The hub begins with a
 * challenge; the site answers with a code (once) or with a signature. docs/operations/sites.md tells it in words.
 */
export const linkPath = '/sites/link'

/** Raised when a frame changes its meaning; programs one apart talk to each other. */
export const protocolVersion = 2

/** From this version on a hub knows what ran out at a site; one before it is told that it was taken back. */
export const ranOutVersion = 2

/** How long what was written at a site stays without the hub where nothing else is said: as long as the hub keeps what rests on a source that it cannot hear. Milliseconds. */
export const usualHoldMs = 15 * 60_000

/** Whether both speak what the older of them speaks. */
export function isAdjacent(theirs: number): boolean {
  return Math.abs(theirs - protocolVersion) <= 1
}

/** A sign of life goes each way this often, milliseconds. */
export const beatMs = 5_000
/** Silent for so long, the other side is gone, milliseconds. */
export const silenceMs = 15_000
/** The hub has the site prove who it is this often, milliseconds: nothing that lets it in lasts longer. */
export const sessionMs = 10 * 60_000
/** How long a proof may take, milliseconds. */
export const proofMs = 15_000
/** A publication that reaches the site later than this after the hub sent it is not carried out, milliseconds. */
export const publishLifeMs = 3_000

/** What is signed with the key of a site (Ed25519, RFC 8032): it holds for one site and one challenge. */
export function proofText(at: {
  readonly tenant: string
  readonly site: string
  readonly nonce: string
}): string {
  return `hookswitch site proof\n${at.tenant}\n${at.site}\n${at.nonce}`
}

/** How to make the connector that a site is to run. */
export interface Assignment {
  readonly type: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly teamsSync?: 'hub' | 'vendor'
  readonly readOnly?: true
  /** How long what was written stays at the site without the hub, milliseconds; `usualHoldMs` where it is left out. */
  readonly holdMs?: number
}

/** What is no longer there of what was written at a site, by address. */
export interface TakenBack {
  /** Somebody asked for it there. */
  readonly released: readonly string[]
  /** The site did it by itself, because the hub was away for too long. */
  readonly ranOut: readonly string[]
}

/** Something that the hub wrote at an address. */
export type Written = Pick<Publication, 'address' | 'slot' | 'state'>

/** What the hub wants an answer to. */
export type Ask =
  | {
      readonly what: 'start'
      readonly assignment: Assignment
      readonly addresses: readonly string[]
      /** What the hub wrote there and has not taken back, for a site that has forgotten it. */
      readonly written?: readonly Written[]
    }
  | { readonly what: 'stop' }
  | { readonly what: 'publish'; readonly publication: Publication }
  | { readonly what: 'directory' }
  | { readonly what: 'check'; readonly assignment: Assignment }

/** What the hub wants no answer to. */
export type Tell =
  | { readonly what: 'follow'; readonly addresses: readonly string[] }
  | { readonly what: 'resync'; readonly addresses: readonly string[] }
  | { readonly what: 'notify'; readonly notice: Notice }

/** What a connector says at a site, in its order. */
export type Said =
  | { readonly what: 'event'; readonly event: FeedEvent }
  | { readonly what: 'health'; readonly health: Omit<Health, 'since'> }
  | {
      readonly what: 'facts'
      readonly unknownValues: readonly UnknownValue[]
      readonly credentialEnds: readonly CredentialEnd[]
      /** How it works just now. */
      readonly workings?: Workings
    }

/** A ConnectorFailure on its way. */
export interface WireFailure {
  readonly kind: FailureKind
  readonly message: string
  readonly fix?: string | undefined
  readonly retryAfterMs?: number | undefined
}

/**
 * Why a site is sent away. `revoked`: by an administrator. `superseded`: another one has come in its place, and what was
 * written there is that one's to take back. After `later`, `replaced` and `version` it may come again as it is.
 */
export type RefusalCode =
  | 'version'
  | 'code'
  | 'unknown'
  | 'revoked'
  | 'superseded'
  | 'scope'
  | 'invalid'
  | 'replaced'
  | 'later'

/** From the site. */
export type SiteFrame =
  | {
      readonly t: 'enrol'
      readonly protocol: number
      readonly tenant: string
      readonly code: string
      /** Public key: SPKI, DER, base64. */
      readonly key: string
      readonly version: string
    }
  | {
      readonly t: 'hello'
      readonly protocol: number
      readonly tenant: string
      readonly site: string
      /** Of this run of the process: numbers begin anew with it. */
      readonly run: string
      readonly signature: string
      readonly version: string
    }
  | { readonly t: 'proof'; readonly signature: string }
  /** Numbered over the whole run, and said again until it was acknowledged. */
  | { readonly t: 'said'; readonly n: number; readonly of: string; readonly said: Said }
  | { readonly t: 'answer'; readonly id: number; readonly value?: unknown; readonly failure?: WireFailure }
  /** `at` is the site's monotonic time, `wall` its wall clock, `roundTripMs` how long the last one took to be answered; milliseconds. */
  | { readonly t: 'alive'; readonly at: number; readonly wall?: number; readonly roundTripMs?: number }

/** From the hub. `at` is its monotonic time when it was sent, milliseconds. */
export type HubFrame =
  | {
      readonly t: 'challenge'
      readonly nonce: string
      readonly protocol: number
      readonly version: string
    }
  | { readonly t: 'enrolled'; readonly site: string; readonly connectors: readonly string[] }
  | { readonly t: 'refused'; readonly code: RefusalCode; readonly reason: string }
  /** `after`: the last number that was taken of this run. */
  | {
      readonly t: 'welcome'
      readonly after: number
      readonly at: number
      readonly connectors: readonly string[]
    }
  /** `lifeMs`: not to be begun when it is older than that. */
  | {
      readonly t: 'ask'
      readonly id: number
      readonly at: number
      readonly lifeMs?: number
      readonly of: string
      readonly ask: Ask
    }
  | { readonly t: 'tell'; readonly of: string; readonly tell: Tell }
  | { readonly t: 'ack'; readonly n: number }
  /** `echo`: `at` of the site's frame that it answers. */
  | { readonly t: 'alive'; readonly at: number; readonly echo: number }
