import { type Call, type Leg, PhoneError } from '../phones.ts'
import { connection, device, trunk } from './events.ts'
import { type Answer, type CstaWorld, errorAnswer } from './world.ts'
import { type Content, find, type Node } from './xml.ts'

/** What a service of CSTA needs of the connection it came over. */
export interface Caller {
  readonly world: CstaWorld
  /** Monitors of this connection: number by extension. */
  readonly monitors: Map<string, string>
  newCrossRef(): string
}

type Service = (request: Node, caller: Caller) => Answer

const invalidDevice = errorAnswer('operation', 'invalidDeviceID')

/** The phone that an element names; undefined where it names none, or not as this system writes it. */
function phoneOf(request: Node, name: string, { world }: Caller) {
  const named = find(request, name)
  const { deviceAttributes, extensionOf } = world.dialect
  const wrong = Object.entries(deviceAttributes).some(([key, value]) => named?.attributes[key] !== value)
  const extension = named && !wrong ? extensionOf(named.text) : undefined
  return extension === undefined ? undefined : world.phones.phone(extension)
}

/** The states of everybody in a call, seen from one leg; one that rings elsewhere is connected itself. */
function statesOf(leg: Leg, call: Call): readonly string[] {
  const stateOf = ({ state, direction }: Leg) => {
    if (state === 'ringing') return direction === 'outbound' ? 'connected' : 'alerting'
    return state === 'held' ? 'hold' : 'connected'
  }
  const others = call.legs.filter(({ id, state }) => id !== leg.id && state !== 'ended').map(stateOf)
  // The outside: it rings there, or it is connected.
  const outside = leg.state === 'ringing' && leg.direction === 'outbound' ? 'alerting' : 'connected'
  return [stateOf(leg), ...(others.length > 0 ? others : [outside])]
}

function snapshotDevice(request: Node, caller: Caller): Answer {
  const { world } = caller
  const phone = phoneOf(request, 'snapshotObject', caller)
  if (!phone) return invalidDevice
  if (!phone.registered) return errorAnswer('systemResource', 'deviceOutOfService')
  const calls = world.phones.legs(phone.extension).map((leg): Content => {
    const states = statesOf(leg, world.phones.call(leg.call)!)
    return {
      connectionIdentifier: connection(world, leg.call, phone.extension),
      localCallState: { compoundCallState: { localConnectionState: states } },
    }
  })
  const name = 'SnapshotDeviceResponse'
  const snapshotData = { snapshotDeviceResponseInfo: calls }
  if (!world.settings.segmented) return { name, content: { crossRefIDorSnapshotData: { snapshotData } } }
  const serviceCrossRefID = `s${phone.extension}`
  // At least one, also of no calls.
  const after = [...calls, undefined].map((info, index) => ({
    name: 'SnapshotDeviceData',
    content: {
      ...{ serviceCrossRefID, segmentID: index + 1, lastSegment: index === calls.length },
      snapshotData: { snapshotDeviceResponseInfo: info ? [info] : [] },
    },
  }))
  return { name, content: { crossRefIDorSnapshotData: { serviceCrossRefID } }, after }
}

function snapshotCall(request: Node, { world }: Caller): Answer {
  const call = world.phones.call(find(request, 'callID')?.text ?? '')
  if (!call) return errorAnswer('operation', 'invalidCallID')
  const external = call.legs.find(({ party }) => party === 'external')
  const numbers = [...call.legs.map(({ extension }) => extension), ...(external ? [external.number] : [])]
  const info = numbers.map(
    (number): Content => ({
      deviceOnCall: device(world, number),
      callIdentifier: connection(world, call.id, number === external?.number ? trunk : number),
    }),
  )
  const snapshotData = { snapshotCallResponseInfo: info }
  return { name: 'SnapshotCallResponse', content: { crossRefIDorSnapshotData: { snapshotData } } }
}

function listDevices({ world }: Caller): Answer {
  const stations = world.phones.list().map(
    ({ extension, displayName }): Content => ({
      ...{ deviceID: world.dialect.identify(extension), deviceCategory: 'station', deviceName: displayName },
    }),
  )
  const trunks: Content[] = [{ deviceID: trunk, deviceCategory: 'networkInterface' }]
  const halves = [stations.slice(0, 5), [...stations.slice(5), ...trunks]]
  const after = halves.map((half, index) => ({
    name: 'SwitchingFunctionDevices',
    content: {
      ...{ serviceCrossRefID: '1', segmentID: index + 1, lastSegment: index === halves.length - 1 },
      deviceList: { device: half },
    },
  }))
  return { name: 'GetSwitchingFunctionDevicesResponse', content: { serviceCrossRefID: '1' }, after }
}

function setDnd(request: Node, caller: Caller): Answer {
  const phone = phoneOf(request, 'device', caller)
  if (!phone) return invalidDevice
  const on = find(request, 'doNotDisturbOn')?.text
  if (on !== 'true' && on !== 'false') return errorAnswer('operation', 'invalidParameterValue')
  try {
    caller.world.phones.setDnd(phone.extension, on === 'true', 'pbx')
  } catch (error) {
    if (error instanceof PhoneError) return invalidDevice
    throw error
  }
  return { name: 'SetDoNotDisturbResponse', content: {} }
}

function startMonitor(request: Node, caller: Caller): Answer {
  const phone = phoneOf(request, 'deviceObject', caller)
  if (!phone) return invalidDevice
  if (caller.world.monitors() >= caller.world.settings.monitorLimit) {
    return errorAnswer('subscribedResource', 'objectMonitorLimitExceeded')
  }
  const crossRef = caller.newCrossRef()
  caller.monitors.set(phone.extension, crossRef)
  return { name: 'MonitorStartResponse', content: { monitorCrossRefID: crossRef } }
}

function stopMonitor(request: Node, { monitors }: Caller): Answer {
  const crossRef = find(request, 'monitorCrossRefID')?.text
  for (const [extension, known] of monitors) {
    if (known !== crossRef) continue
    monitors.delete(extension)
    return { name: 'MonitorStopResponse', content: {} }
  }
  return errorAnswer('operation', 'invalidMonitorCrossRefID')
}

/** Services of ECMA-323, by their names. */
export const services: Readonly<Record<string, Service>> = {
  MonitorStart: startMonitor,
  MonitorStop: stopMonitor,
  SnapshotDevice: snapshotDevice,
  SnapshotCall: snapshotCall,
  SetDoNotDisturb: setDnd,
  GetDoNotDisturb(request, caller) {
    const phone = phoneOf(request, 'device', caller)
    if (!phone) return invalidDevice
    return { name: 'GetDoNotDisturbResponse', content: { doNotDisturbOn: phone.dnd } }
  },
  GetSwitchingFunctionDevices: (_request, caller) => listDevices(caller),
  RequestSystemStatus: () => ({ name: 'RequestSystemStatusResponse', content: { systemStatus: 'normal' } }),
}
