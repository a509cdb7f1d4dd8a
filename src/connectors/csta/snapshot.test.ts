import { expect, test } from 'vitest'
import { parseXml } from '../kit/sip/xml.ts'
import { readCallSnapshot, readDeviceSnapshot } from './snapshot.ts'

const stateOf = (localCallState: string) => {
  const [call] = readDeviceSnapshot(
    parseXml(`<SnapshotDeviceResponse><crossRefIDorSnapshotData><snapshotData><snapshotDeviceResponseInfo>
      <connectionIdentifier><callID>1</callID><deviceID>1001</deviceID></connectionIdentifier>
      <localCallState>${localCallState}</localCallState>
    </snapshotDeviceResponseInfo></snapshotData></crossRefIDorSnapshotData></SnapshotDeviceResponse>`)!,
  )
  return [call?.state, call?.direction, call?.strange]
}

const compound = (...states: string[]) =>
  `<compoundCallState>${states.map((each) => `<localConnectionState>${each}</localConnectionState>`).join('')}</compoundCallState>`

test.each([
  [compound('alerting', 'connected'), ['alerting', undefined, undefined]],
  [compound('connected', 'connected'), ['connected', undefined, undefined]],
  [compound('connected', 'hold'), ['connected', undefined, undefined]],
  [compound('hold', 'connected'), ['hold', undefined, undefined]],
  [compound('connected', 'alerting'), ['initiated', 'outbound', undefined]],
  [compound('connected'), ['connected', undefined, undefined]],
  ['<simpleCallState>callReceived</simpleCallState>', ['alerting', 'inbound', undefined]],
  ['<simpleCallState>callDelivered</simpleCallState>', ['initiated', 'outbound', undefined]],
  ['<simpleCallState>callEstablishedHeld</simpleCallState>', ['hold', undefined, undefined]],
  ['<simpleCallState>callEstablishedOnHold</simpleCallState>', ['connected', undefined, undefined]],
  ['<simpleCallDetailedState>callEstablished</simpleCallDetailedState>', ['connected', undefined, undefined]],
  ['<simpleCallState>callLevitating</simpleCallState>', ['connected', undefined, 'callLevitating']],
  [compound('levitating'), ['connected', undefined, 'levitating']],
])('%s', (xml, expected) => {
  expect(stateOf(xml)).toEqual(expected)
})

test('a call without an id is left out; devices of a call are numbers', () => {
  expect(readDeviceSnapshot(parseXml('<R><snapshotDeviceResponseInfo/></R>')!)).toEqual([])
  const call = parseXml(`<SnapshotCallResponse>
    <snapshotCallResponseInfo><deviceOnCall><deviceIdentifier>1001:CM1::0</deviceIdentifier></deviceOnCall></snapshotCallResponseInfo>
    <snapshotCallResponseInfo><deviceOnCall>+14255550100</deviceOnCall></snapshotCallResponseInfo>
    <snapshotCallResponseInfo><deviceOnCall><notKnown/></deviceOnCall></snapshotCallResponseInfo>
  </SnapshotCallResponse>`)!
  expect(readCallSnapshot(call)).toEqual(['1001', '+14255550100'])
})
