import { clockText } from './emergency.ts'
import type { Contribution } from './ledger.ts'
import { isOpen } from './ledger.ts'
import { isDoNotDisturb } from './presence.ts'
import type { Point } from './presentity.ts'
import { isSynced } from './presentity.ts'
import type { RingInput, RingPlace, RingState } from './ring-channel.ts'
import type { QueueDoNotDisturb } from './ring-settings.ts'

/** What is known of one physical line, by all that see it and can be heard. */
interface Line {
  readonly registered: boolean | undefined
  readonly inUse: boolean
  readonly dnd: boolean | undefined
  /** A do not disturb of ours that is there, on its way, or not yet gone. */
  readonly ours: Contribution | undefined
  readonly chosenThere: boolean
}

/**
 * A phone: it does not ring in do not disturb or without a registered phone, and it does when both are known to be
 * otherwise. What cannot be heard, or is not told, is unknown. `queue`: where a queue offers a call to it.
 */
export function phoneRing({ point }: RingPlace, via: 'direct' | 'queue', input: RingInput): RingState {
  const seen = input.places.filter((one) => one.kind === 'pbx' && one.point.line === point.line)
  const heard = seen.map((one) => one.point).filter(isSynced)
  if (heard.length === 0) return unheard(point)
  const line = readLine(heard)
  if (line.registered === false) {
    return { inbound: 'no', outbound: 'no', because: 'no phone is registered there' }
  }
  const outbound = line.registered || line.inUse ? 'yes' : 'unknown'
  const silence =
    via === 'direct'
      ? silenced(line)
      : (pausedInQueues(point, input) ?? silencedInQueue(line, input.settings.queueDoNotDisturb))
  if (silence) return { outbound, ...silence }
  if (outbound === 'unknown') {
    return { inbound: 'unknown', outbound, because: 'whether a phone is registered there is not told' }
  }
  return { inbound: 'yes', outbound, ...ringing(line, via, input) }
}

function unheard({ connector, feeds, dnd }: Point): RingState {
  const last = dnd === undefined ? '' : `; do not disturb was ${dnd ? 'on' : 'off'} when it was last heard`
  const because =
    feeds.length === 0
      ? `${connector} has not been heard yet`
      : `${connector} cannot be heard at the moment${last}`
  return { inbound: 'unknown', outbound: 'unknown', because }
}

/** The better connector's word first, and where it has none, the other's. */
function readLine(heard: readonly Point[]): Line {
  const points = heard.toSorted((a, b) => b.rank - a.rank)
  const registrations = points.flatMap(({ registered }) => (registered === undefined ? [] : [registered]))
  const ours = points.flatMap(({ contributions }) =>
    (contributions ?? []).filter((one) => isOpen(one) && isDoNotDisturb(one.state)),
  )[0]
  const withDnd = points.find(({ dnd }) => dnd !== undefined)
  return {
    registered: registrations.length === 0 ? undefined : registrations.includes(true),
    inUse: points.some(({ legs }) =>
      legs.some((leg) => leg.state !== 'terminated' && leg.evidence === 'call'),
    ),
    dnd: withDnd?.dnd,
    ours,
    chosenThere: withDnd?.base?.by === 'native',
  }
}

function silenced(line: Line): Pick<RingState, 'inbound' | 'because' | 'doNotDisturb' | 'until'> | undefined {
  const { dnd, ours } = line
  if (dnd === undefined) return { inbound: 'unknown', because: 'do not disturb of this phone cannot be read' }
  if (!dnd && !isOnItsWay(ours)) return undefined
  const who = ours
    ? `${dnd ? 'set' : 'being set'} by the hub: ${ours.cause.text}`
    : line.chosenThere
      ? 'set at the phone'
      : 'the hub did not set it'
  return {
    inbound: 'no',
    doNotDisturb: true,
    because: `do not disturb is on, ${who}`,
    ...(ours?.expiresAt !== undefined && { until: ours.expiresAt }),
  }
}

/** Sent or about to be, and not yet seen at the phone. */
function isOnItsWay(ours: Contribution | undefined): boolean {
  return ours !== undefined && ours.confirmedAt === undefined && ours.endIntentAt === undefined
}

function silencedInQueue(line: Line, declared: QueueDoNotDisturb): ReturnType<typeof silenced> {
  const direct = silenced(line)
  if (!direct || declared === 'blocks') return direct
  if (declared === 'rings') return undefined
  return {
    inbound: 'unknown',
    because: `${direct.because}; what that means to queues has not been declared`,
  }
}

/** The queues pass the person over, by a system that sees the queues of this phone and can be heard. */
function pausedInQueues({ address }: Point, { places }: RingInput): ReturnType<typeof silenced> {
  const queues = places.filter(({ kind, point }) => kind === 'queue' && point.address === address)
  const paused = queues.find(({ point }) => isSynced(point) && point.paused)?.point
  if (!paused) return undefined
  const ours = paused.contributions?.find((one) => isOpen(one) && isDoNotDisturb(one.state))
  const who = ours ? `by the hub: ${ours.cause.text}` : 'not by the hub'
  return {
    inbound: 'no',
    because: `paused in the queues, ${who}`,
    ...(ours?.expiresAt !== undefined && { until: ours.expiresAt }),
  }
}

function ringing(
  line: Line,
  via: 'direct' | 'queue',
  { callBackUntil }: RingInput,
): Pick<RingState, 'because' | 'until'> {
  const words = [
    line.inUse
      ? 'on a call; a second one rings as far as the phone system lets calls wait'
      : 'a phone is registered and do not disturb is off',
    ...(line.dnd && via === 'queue' ? ['queues ring in do not disturb'] : []),
    ...(via === 'queue' ? ['where a queue offers it a call'] : []),
  ]
  if (callBackUntil === undefined) return { because: words.join('; ') }
  const help = `the hub silences nothing after an emergency call until ${clockText(callBackUntil)}`
  return { because: [...words, help].join('; '), until: callBackUntil }
}
