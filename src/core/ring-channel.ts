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
