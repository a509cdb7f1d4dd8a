import type { WriteSlot } from './connector.ts'
import type { Contribution } from './ledger.ts'
import { isOpen } from './ledger.ts'
import type { Presence } from './presence.ts'
import { isCall, isDoNotDisturb, presenceLabel, samePresence } from './presence.ts'
import type { Point } from './presentity.ts'
import type { CallWay, RingInput, RingPlace, RingState } from './ring-channel.ts'
import type { BusyOnBusy, RingSettings } from './ring-settings.ts'

/**
 * Channels whose ringing depends on the state that a collaboration system shows: its own client, and a softphone that
 * obeys it. What is shown counts, our own writes included.
 */
function shownAt({ read, native }: Point): Presence | undefined {
  return read?.state ?? native?.state
}

const nothingShown: RingState = {
  inbound: 'unknown',
  outbound: 'unknown',
  because: 'no state is shown, or none that is known',
}

/**
 * The system's own client (X-12): Do not disturb, Presenting, Focusing and Urgent interruptions only send calls to
 * voicemail, except from people with priority access; every other state rings. Outbound calls are never blocked. A
 * call that we show for a phone call does not make it busy (X-08, SW-07 to SW-09); a native one may (Busy on busy).
 */
export function collaborationRing(
  { point, slots }: RingPlace,
  { settings, now }: Pick<RingInput, 'settings' | 'now'>,
): RingState {
  const rings = (because: string): RingState => ({ inbound: 'yes', outbound: 'yes', because })
  const ours = silencedByUs(point, slots)
  const shown = ours && isShared(ours, slots) ? ours.state : shownAt(point)
  if (!shown || shown.availability === 'unknown') return nothingShown
  if (isDoNotDisturb(shown)) return silenced(shown, { ours, slots, now })
  if (isCall(shown)) {
    const call = inCallRing(point, settings)
    return { outbound: 'yes', ...call }
  }
  return rings(
    shown.availability === 'offline'
      ? `${presenceLabel(shown)} does not block calls; without a client signed in they end unanswered`
      : `${presenceLabel(shown)} does not block calls`,
  )
}

interface Silence {
  readonly ours: Contribution | undefined
  readonly slots: readonly WriteSlot[]
  readonly now: number
}

function silenced(shown: Presence, { ours, slots, now }: Silence): RingState {
  const label = presenceLabel(shown)
  if (ours && !isShared(ours, slots) && samePresence(ours.state, shown)) {
    return {
      inbound: 'unknown',
      outbound: 'yes',
      because: `${label} is shown by the hub for ${ours.cause.text}; whether that blocks calls has not been confirmed`,
      ...ending(ours, now),
    }
  }
  return {
    inbound: 'no',
    outbound: 'yes',
    doNotDisturb: true,
    because: `${label} blocks calls, except from people with priority access${ours ? `; set by the hub: ${ours.cause.text}` : ''}`,
    ...(ours && samePresence(ours.state, shown) && ending(ours, now)),
  }
}

function ending({ expiresAt }: Contribution, now: number): Pick<RingState, 'until'> {
  return expiresAt !== undefined && expiresAt > now ? { until: expiresAt } : {}
}

/** A do not disturb of ours that is there, or on its way. */
function silencedByUs({ contributions }: Point, slots: readonly WriteSlot[]): Contribution | undefined {
  const open = (contributions ?? []).filter(
    (one) => isOpen(one) && one.endIntentAt === undefined && isDoNotDisturb(one.state),
  )
  return open.find((one) => isShared(one, slots)) ?? open[0]
}

function isShared({ slot }: Contribution, slots: readonly WriteSlot[]): boolean {
  return slots.some((one) => one.slot === slot && one.contribution === 'sharedSlot')
}

const secondCall: Readonly<Record<BusyOnBusy, Pick<RingState, 'inbound' | 'because'>>> = {
  unknown: {
    inbound: 'unknown',
    because:
      'on a call there; whether a second one rings depends on Busy on busy, which has not been declared',
  },
  userOverride: {
    inbound: 'unknown',
    because: 'on a call there; Busy on busy is left to each person',
  },
  disabled: { inbound: 'yes', because: 'on a call there; Busy on busy is off, so a second one rings' },
  enabled: { inbound: 'no', because: 'on a call there; Busy on busy rejects a second one' },
  unanswered: {
    inbound: 'no',
    because: 'on a call there; Busy on busy treats a second one like one that nobody took',
  },
}

/**
 * In a call: the system's own call, or one that we show for a call on the phone. Behind ours the last native state is
 * believed, but a call in it may be over by now.
 */
function inCallRing(
  point: Point,
  { busyOnBusy, foreignCalls }: RingSettings,
): Pick<RingState, 'inbound' | 'because'> {
  const answer = secondCall[busyOnBusy]
  const isNative = point.native !== undefined && isCall(point.native.state)
  if (isNative && foreignCalls && answer.inbound !== 'yes') {
    const because = `${answer.because}; it may be a call on the phone, shown by the vendor's own connector`
    return { inbound: 'unknown', because }
  }
  if (isNative && point.hiddenSince === undefined) return answer
  if (isNative && answer.inbound !== 'yes') {
    return {
      inbound: 'unknown',
      because: `${answer.because}; that call may be over, hidden by what the hub shows`,
    }
  }
  return {
    inbound: 'yes',
    because: 'In a call is shown for a call on the phone, which does not stop calls here from ringing',
  }
}

/**
 * A softphone that obeys the shown state (preset `mirage`): a direct call is not signalled in Do not disturb or
 * Presenting, and no call can be made (MM-15, MM-16); every other state signals, out of office included (MM-17, MM-18).
 * Calls between colleagues on the same system are signalled whatever is shown (MM-26); queues have rules of their own
 * (MM-27).
 */
export function softphoneRing({ point }: RingPlace, via: CallWay): RingState {
  const shown = shownAt(point)
  if (!shown || shown.availability === 'unknown') return nothingShown
  const blocks = shown.activity === 'doNotDisturb' || shown.activity === 'presenting'
  const label = presenceLabel(shown)
  const outbound = blocks ? 'no' : 'yes'
  switch (via) {
    case 'internal':
      return { inbound: 'yes', outbound, because: 'presence is not considered for internal calls' }
    case 'queue':
      return {
        inbound: 'unknown',
        outbound,
        because: 'calls of a queue follow the rules of the queue, which cannot be read',
      }
    case 'direct':
      return blocks
        ? {
            inbound: 'no',
            outbound,
            doNotDisturb: true,
            because: `${label} signals no calls and allows none`,
          }
        : { inbound: 'yes', outbound, because: `${label} signals calls` }
  }
}
