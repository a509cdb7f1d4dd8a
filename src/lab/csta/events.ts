import type { Call, Leg, PhoneChange } from '../phones.ts'
import type { CstaWorld } from './world.ts'
import type { Content } from './xml.ts'

/** One event at one extension, before the monitor's own number is put in front. */
export interface DeviceEvent {
  readonly extension: string
  readonly name: string
  readonly content: Content
}

type World = Pick<CstaWorld, 'dialect' | 'settings' | 'phones'>

/** Network interface device: what ECMA-269 has calls with the outside go over. */
export const trunk = 'T1'

/** A device identifier as it stands inside `callingDevice` and its like. */
export const device = ({ dialect }: World, number: string): Content => ({
  deviceIdentifier: dialect.identify(number),
})

export const connection = ({ dialect }: World, call: string, number: string): Content => ({
  callID: call,
  deviceID: dialect.identify(number),
})

/** What a change at the phones is told as, to everybody in the call. */
export function eventsOf(world: World, change: PhoneChange): readonly DeviceEvent[] {
  if (change.type === 'dnd') {
    const { extension, dnd } = change.phone
    const content = { device: device(world, extension), doNotDisturbOn: dnd }
    return [{ extension, name: 'DoNotDisturbEvent', content }]
  }
  if (change.type === 'registered') {
    const { extension, registered } = change.phone
    const name = registered ? 'BackInServiceEvent' : 'OutOfServiceEvent'
    return [{ extension, name, content: { device: device(world, extension), cause: 'normal' } }]
  }
  return change.type === 'leg' ? legEvents(world, change) : []
}

function legEvents(
  world: World,
  { leg, call, before }: Extract<PhoneChange, { type: 'leg' }>,
): readonly DeviceEvent[] {
  if (before === undefined) return begin(world, leg, call)
  if (leg.state === 'ended') return toAll(world, { leg, call }, clear(world, leg))
  if (before === 'ringing') return answer(world, leg, call)
  return toAll(world, { leg, call }, hold(world, leg))
}

function parties(world: World, leg: Leg): Content {
  const [calling, called] =
    leg.direction === 'outbound' ? [leg.extension, leg.number] : [leg.number, leg.extension]
  const associated = leg.direction === 'outbound' ? 'associatedCalledDevice' : 'associatedCallingDevice'
  return {
    callingDevice: device(world, calling),
    calledDevice: device(world, called),
    ...(leg.party === 'external' && { [associated]: device(world, trunk) }),
  }
}

/** `localConnectionInfo` of the monitored device, where this system tells it. */
const local = ({ settings }: World, state: string): Content =>
  settings.localInfo ? { localConnectionInfo: state } : {}

const cause = (word: string): Content => ({ cause: word })

function begin(world: World, leg: Leg, call: Call): readonly DeviceEvent[] {
  const { extension } = leg
  const own = connection(world, leg.call, extension)
  if (leg.direction === 'inbound') {
    const content = { connection: own, alertingDevice: device(world, extension), ...parties(world, leg) }
    const caller = call.legs.find((each) => each.id !== leg.id && each.state !== 'ended')
    const heard = caller && { extension: caller.extension, name: 'DeliveredEvent' }
    return [
      {
        extension,
        name: 'DeliveredEvent',
        content: { ...content, ...local(world, 'alerting'), ...cause('newCall') },
      },
      ...(heard
        ? [{ ...heard, content: { ...content, ...local(world, 'connected'), ...cause('newCall') } }]
        : []),
    ]
  }
  const initiated = { initiatedConnection: own, initiatingDevice: device(world, extension) }
  const originated = { originatedConnection: own, ...parties(world, leg) }
  const events = [
    { extension, name: 'ServiceInitiatedEvent', content: { ...initiated, ...local(world, 'initiated') } },
    { extension, name: 'OriginatedEvent', content: { ...originated, ...local(world, 'connected') } },
  ]
  if (leg.party === 'internal') return events
  const delivered = {
    connection: connection(world, leg.call, leg.number),
    ...{ alertingDevice: device(world, leg.number), ...parties(world, leg), ...local(world, 'connected') },
  }
  return [...events, { extension, name: 'DeliveredEvent', content: { ...delivered, ...cause('newCall') } }]
}

/** The model tells of each leg in turn; whoever was called is the one that answers. */
function answer(world: World, leg: Leg, call: Call): readonly DeviceEvent[] {
  const internal = call.legs.length > 1
  if (internal && leg.direction === 'outbound') return []
  const answering = leg.direction === 'inbound' ? leg.extension : leg.number
  const content = {
    establishedConnection: connection(world, leg.call, answering),
    ...{ answeringDevice: device(world, answering), ...parties(world, leg) },
    ...{ ...local(world, 'connected'), ...cause('normal') },
  }
  const live = call.legs.filter(({ state }) => state !== 'ended')
  return live.map(({ extension }) => ({ extension, name: 'EstablishedEvent', content }))
}

interface Told {
  readonly name: string
  readonly content: Content
  /** The own connection's state of whoever did it. */
  readonly state: string
}

function hold(world: World, leg: Leg): Told {
  const held = leg.state === 'held'
  const [name, connectionName, deviceName] = held
    ? ['HeldEvent', 'heldConnection', 'holdingDevice']
    : ['RetrievedEvent', 'retrievedConnection', 'retrievingDevice']
  const content = {
    [connectionName!]: connection(world, leg.call, leg.extension),
    [deviceName!]: device(world, leg.extension),
    ...cause('normal'),
  }
  return { name: name!, content, state: held ? 'hold' : 'connected' }
}

function clear(world: World, leg: Leg): Told {
  const content = {
    droppedConnection: connection(world, leg.call, leg.extension),
    releasingDevice: device(world, leg.extension),
    ...cause('normalClearing'),
  }
  return { name: 'ConnectionClearedEvent', content, state: 'null' }
}

/** Whoever is in the call hears of it; to the others their own state is what it was. */
function toAll(world: World, { leg, call }: { leg: Leg; call: Call }, told: Told): readonly DeviceEvent[] {
  const states = { ringing: 'alerting', talking: 'connected', held: 'hold', ended: 'null' }
  return call.legs
    .filter((each) => each.id === leg.id || each.state !== 'ended')
    .map((each) => {
      const ringsOut = each.state === 'ringing' && each.direction === 'outbound'
      const own = each.id === leg.id ? told.state : ringsOut ? 'connected' : states[each.state]
      return {
        extension: each.extension,
        name: told.name,
        content: { ...told.content, ...local(world, own) },
      }
    })
}
