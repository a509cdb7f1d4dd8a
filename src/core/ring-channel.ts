import type { Manifest, WriteSlot } from './connector.ts'
import type { Point } from './presentity.ts'
import type { RingSettings } from './ring-settings.ts'

/** Does it ring there? `unknown` is an answer of its own and never reads as yes. */
export type Rings = 'yes' | 'no' | 'unknown'

/** How a call comes: straight to the address, from a queue, or from a colleague on the same system. */
export type CallWay = 'direct' | 'queue' | 'internal'

/** An address of a person and what its system is. */
export interface RingPlace {
  readonly point: Point
  readonly kind: Manifest['kind']
  /** What may be written there. */
  readonly slots: readonly WriteSlot[]
}

/** All addresses of one person, and what the administrator says about ringing. Times are hub time. */
export interface RingInput {
  readonly places: readonly RingPlace[]
  readonly settings: RingSettings
  readonly now: number
  /** Help may call back until then; see emergency.ts. */
  readonly callBackUntil: number | undefined
}

/** What one way of reaching a person answers. */
export interface RingState {
  readonly inbound: Rings
  readonly outbound: Rings
  /** In words, for a person. */
  readonly because: string
  /** When it ends by itself, where that is known; it may be prolonged. Hub time. */
  readonly until?: number
  /** It does not ring because of a do not disturb, which a caller may be allowed to break through. */
  readonly doNotDisturb?: boolean
}

/** One way of reaching a person, with its answer. */
export interface RingChannel extends RingState {
  readonly kind: 'collaboration' | 'phone' | 'softphone'
  readonly connector: string
  readonly address: string
  readonly via: CallWay
}

/** Will it ring for one person? Times are wall clock, milliseconds. */
export interface ReachabilityView {
  readonly tenant: string
  readonly id: string
  readonly upn: string
  readonly displayName: string
  readonly at: number
  /** The person called for help: until then the hub silences none of their phones. */
  readonly callBackUntil?: number
  readonly channels: readonly RingChannel[]
}

/** What a phone system or a SIP proxy asks before it lets a call ring. */
export interface RingQuestion {
  readonly connector: string
  readonly address: string
  /** Where several tenants have such a connector, and only one is meant. */
  readonly tenant?: string | undefined
  /** The only tenants that can be meant; all where left out. */
  readonly among?: readonly string[]
  readonly via: CallWay
  /** Asks of the softphone that obeys this connector, and not of the connector itself. */
  readonly softphone?: boolean
  /** Number of the caller, as the asker has it. */
  readonly from?: string | undefined
  /** The same for every question about one call, so that a call to several phones is not taken for several. */
  readonly call?: string | undefined
}

/** `ring`, `busy` or `unknown`, which means: as if there were no hub. */
export interface RingVerdict {
  readonly verdict: 'ring' | 'busy' | 'unknown'
  /** In words, one line. */
  readonly because: string
}

/** The better of several answers first: where one address is several people's, it rings when it rings for one of them. */
export const verdictOrder: Readonly<Record<RingVerdict['verdict'], number>> = { ring: 0, unknown: 1, busy: 2 }

/** The part of the running hub that answers whether it will ring. */
export interface RingPort {
  /** By id or UPN, any letter case. */
  reachability(key: string, tenant?: string): ReachabilityView | undefined
  /** Undefined when there is no such connector. A caller that is turned away is remembered for a second call. */
  ring(question: RingQuestion): RingVerdict | undefined
}
