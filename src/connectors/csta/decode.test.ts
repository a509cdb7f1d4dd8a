import { expect, test } from 'vitest'
import { parseXml } from '../kit/sip/xml.ts'
import { readEvent, strangeLocalState } from './decode.ts'

const read = (xml: string) => readEvent(parseXml(xml)!)

test('a call event, whatever its namespace and however its numbers are written', () => {
  const event = read(`<?xml version="1.0"?>
    <csta:DeliveredEvent xmlns:csta="http://www.ecma.ch/standards/ecma-323/csta/ed6">
      <csta:monitorCrossRefID>42</csta:monitorCrossRefID>
      <csta:connection><csta:callID>FF01</csta:callID><csta:deviceID>N&lt;1001&gt;</csta:deviceID></csta:connection>
      <csta:alertingDevice><csta:deviceIdentifier>N&lt;1001&gt;;noa=nk</csta:deviceIdentifier></csta:alertingDevice>
      <csta:callingDevice><csta:deviceIdentifier>tel:+14255550100</csta:deviceIdentifier></csta:callingDevice>
      <csta:calledDevice><csta:notKnown/></csta:calledDevice>
      <csta:localConnectionInfo>alerting</csta:localConnectionInfo>
    </csta:DeliveredEvent>`)
  expect(event).toEqual({
    ...{ kind: 'call', name: 'Delivered', monitor: '42', call: 'FF01', subject: '1001', actor: '1001' },
    ...{ calling: '+14255550100', called: undefined, outside: false, local: 'alerting' },
    ...{ secondCall: undefined, moved: [] },
  })
})

test('a transfer, in both spellings: which connections go on under another id', () => {
  const inner = `<primaryOldCall><callID>1</callID><deviceID>1001</deviceID></primaryOldCall>
    <secondaryOldCall><callID>2</callID></secondaryOldCall>
    <transferringDevice><deviceIdentifier>1002</deviceIdentifier></transferringDevice>
    <transferredConnections>
      <connectionListItem>
        <newConnection><callID>3</callID><deviceID>1001</deviceID></newConnection>
        <oldConnection><callID>1</callID><deviceID>1001</deviceID></oldConnection>
      </connectionListItem>
      <connectionListItem><newConnection><callID>3</callID></newConnection></connectionListItem>
    </transferredConnections>`
  const told = {
    ...{ kind: 'call', name: 'Transfered', call: '1', actor: '1002', secondCall: '2' },
    moved: [{ from: { call: '1', device: '1001' }, to: { call: '3', device: '1001' } }],
  }
  expect(read(`<TransferedEvent>${inner}</TransferedEvent>`)).toMatchObject(told)
  expect(read(`<TransferredEvent>${inner}</TransferredEvent>`)).toMatchObject(told)
})

test.each([
  [
    '<DoNotDisturbEvent><monitorCrossRefID>1</monitorCrossRefID><doNotDisturbOn>1</doNotDisturbOn></DoNotDisturbEvent>',
    { kind: 'dnd', monitor: '1', on: true },
  ],
  ['<DoNotDisturbEvent><doNotDisturbOn>perhaps</doNotDisturbOn></DoNotDisturbEvent>', { kind: 'malformed' }],
  ['<HeldEvent><monitorCrossRefID>1</monitorCrossRefID></HeldEvent>', { kind: 'malformed' }],
  [
    '<OutOfServiceEvent><monitorCrossRefID>1</monitorCrossRefID></OutOfServiceEvent>',
    { kind: 'service', inService: false },
  ],
  ['<AgentLoggedOnEvent/>', { kind: 'ignored' }],
  ['<ForwardingEvent/>', { kind: 'ignored' }],
  ['<TeleportedEvent/>', { kind: 'strange', name: 'TeleportedEvent' }],
  ['<SystemStatus><systemStatus>normal</systemStatus></SystemStatus>', { kind: 'status', status: 'normal' }],
  ['<ApplicationSessionTerminated/>', { kind: 'sessionEnded' }],
])('%s', (xml, expected) => {
  expect(read(xml)).toMatchObject(expected)
})

test('a state of a connection that no edition has is named', () => {
  const xml = (word: string) =>
    parseXml(`<HeldEvent><localConnectionInfo>${word}</localConnectionInfo></HeldEvent>`)!
  expect(strangeLocalState(xml('levitating'))).toBe('levitating')
  expect(strangeLocalState(xml('hold'))).toBeUndefined()
  expect(strangeLocalState(xml(''))).toBeUndefined()
})
