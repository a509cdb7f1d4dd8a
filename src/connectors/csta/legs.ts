import type { DialogState, Direction } from '../../core/observation.ts'
import type { CallEvent, LocalState } from './decode.ts'

/** One call at one device. */
export interface Leg {
  readonly state: DialogState
  readonly direction: Direction
  /** Number at the other end. */
  readonly remote: string | undefined
  readonly outside: boolean
}

/** `gone`: not in this call any more. Undefined: the event is about somebody else's part in it. */
export type Change = Leg | 'gone' | undefined

/** What the state of the own connection says, before the event's own meaning refines it. */
const byLocalState: Readonly<Record<Exclude<LocalState, 'connected'>, DialogState | 'gone'>> = {
  null: 'gone',
  initiated: 'trying',
  alerting: 'early',
  hold: 'held',
  queued: 'trying',
  // A busy tone is heard by who called; who did not is not rung any more.
  fail: 'gone',
}

/** A call's part after an event, at the device `us`. Pure: the table of ECMA-269's call control events. */
export function changeLeg(leg: Leg | undefined, event: CallEvent, us: string): Change {
  const state = stateAfter(leg, event, us)
  if (state === undefined || state === 'gone') return state
  const direction = directionOf(leg, event, us)
  const remote = (direction === 'inbound' ? event.calling : event.called) ?? otherOf(event, us)
  return {
    state,
    direction,
    remote: remote === us ? leg?.remote : (remote ?? leg?.remote),
    outside: event.outside || (leg?.outside ?? false),
  }
}

function stateAfter(leg: Leg | undefined, event: CallEvent, us: string): DialogState | 'gone' | undefined {
  const { local } = event
  if (local === undefined) return withoutLocal(leg, event, us)
  if (local === 'fail') return isCaller(leg, event, us) ? 'trying' : 'gone'
  if (local !== 'connected') return byLocalState[local]
  return whileConnected(leg, event)
}

/** Our own end is connected: what the event says of the other end. */
function whileConnected(leg: Leg | undefined, { name }: CallEvent): DialogState {
  switch (name) {
    case 'Delivered':
    case 'Offered':
      return leg?.state === 'confirmed' ? 'confirmed' : 'early'
    case 'ServiceInitiated':
    case 'Originated':
    case 'NetworkReached':
    case 'Queued':
    case 'Failed':
      return leg?.state === 'early' ? 'early' : 'trying'
    case 'Held':
    case 'ConnectionCleared':
    case 'Diverted':
      // The other end did that.
      return leg && leg.state !== 'held' ? leg.state : 'confirmed'
    default:
      return 'confirmed'
  }
}

/** Where a system leaves localConnectionInfo out: by who did it. */
function withoutLocal(leg: Leg | undefined, event: CallEvent, us: string): DialogState | 'gone' | undefined {
  const { name, subject, actor, calling } = event
  const ours = subject === undefined ? actor === us : subject === us
  switch (name) {
    case 'ServiceInitiated':
    case 'Originated':
    case 'NetworkReached':
      return ours || calling === us ? (leg?.state ?? 'trying') : leg?.state
    case 'Delivered':
    case 'Offered':
      if (actor === us || (ours && calling !== us)) return 'early'
      return calling === us ? 'early' : leg?.state
    case 'Established':
      return leg || ours || actor === us || calling === us ? 'confirmed' : undefined
    case 'Held':
      return ours ? 'held' : leg?.state
    case 'Retrieved':
      return ours ? 'confirmed' : leg?.state
    case 'CallCleared':
      return 'gone'
    case 'ConnectionCleared':
    case 'Diverted':
      return ours ? 'gone' : leg?.state
    case 'Failed':
      if (isCaller(leg, event, us)) return 'trying'
      return ours ? 'gone' : leg?.state
    case 'Transfered':
      return actor === us ? 'gone' : leg?.state
    case 'Queued':
    case 'Conferenced':
      return leg?.state
  }
}

function isCaller(leg: Leg | undefined, { calling }: CallEvent, us: string): boolean {
  return leg ? leg.direction === 'outbound' : calling === us
}

function directionOf(leg: Leg | undefined, event: CallEvent, us: string): Direction {
  if (leg && leg.direction !== 'unknown') return leg.direction
  const { name, local, calling, called, actor } = event
  if (calling === us) return 'outbound'
  if (name === 'Delivered' || name === 'Offered') {
    return local === 'alerting' || actor === us ? 'inbound' : 'outbound'
  }
  if (name === 'ServiceInitiated' || name === 'Originated' || name === 'NetworkReached') return 'outbound'
  const inbound = called === us || (name === 'Established' && actor === us)
  return inbound ? 'inbound' : 'unknown'
}

/** Whoever of the two is not us. */
function otherOf({ calling, called }: CallEvent, us: string): string | undefined {
  return [calling, called].find((number) => number !== undefined && number !== us)
}
