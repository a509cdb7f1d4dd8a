import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Element, parseXml } from '../kit/sip/xml.ts'
import { readEvent } from './decode.ts'
import { DeviceBook } from './device-book.ts'
import { readDevices } from './devices.ts'
import { Framer } from './framer.ts'
import { readCallSnapshot, readDeviceSnapshot } from './snapshot.ts'

const names = [
  ...[
    'DeliveredEvent',
    'EstablishedEvent',
    'HeldEvent',
    'ConnectionClearedEvent',
    'TransferedEvent',
    'FailedEvent',
  ],
  ...['DoNotDisturbEvent', 'SystemStatus', 'SwitchingFunctionDevices', 'deviceList', 'device', 'deviceID'],
  ...[
    'connection',
    'callID',
    'establishedConnection',
    'droppedConnection',
    'primaryOldCall',
    'failedConnection',
  ],
  ...[
    'callingDevice',
    'calledDevice',
    'deviceIdentifier',
    'notKnown',
    'localConnectionInfo',
    'doNotDisturbOn',
  ],
  ...[
    'transferredConnections',
    'item',
    'newConnection',
    'oldConnection',
    'monitorCrossRefID',
    'heldConnection',
  ],
  ...['snapshotDeviceResponseInfo', 'snapshotCallResponseInfo', 'connectionIdentifier', 'localCallState'],
]
const texts = [
  '',
  '1',
  '1001',
  'N<1001>',
  'alerting',
  'connected',
  'hold',
  'null',
  'fail',
  'true',
  'ü ',
  '__proto__',
]

const elementOf = (children: fc.Arbitrary<Element[]>): fc.Arbitrary<Element> =>
  fc.record({
    name: fc.constantFrom(...names),
    namespace: fc.constant(''),
    attributes: fc.constant(new Map<string, string>()),
    children,
    text: fc.constantFrom(...texts),
  })

const leaf = elementOf(fc.constant([]))
const branch = elementOf(fc.array(leaf, { maxLength: 4 }))
const tree = elementOf(fc.array(fc.oneof(leaf, branch), { maxLength: 8 }))

test('whatever a system sends is read as something, and whatever is read leaves calls that make sense', () => {
  const plan = { internalDigits: 5, isExtension: () => false }
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 20 }), (documents) => {
      const book = new DeviceBook()
      for (const document of documents) {
        const event = readEvent(document)
        if (event.kind === 'call') book.take('1001', event)
        book.snapshot('1002', readDeviceSnapshot(document))
        readCallSnapshot(document)
        readDevices(document)
      }
      const facets = [...book.facets('1001', plan), ...book.facets('1002', plan)]
      for (const facet of facets) {
        expect(facet.kind).toBe('dialog')
        if (facet.kind === 'dialog') expect(facet.state).not.toBe('terminated')
      }
    }),
  )
})

test('whatever bytes come, there is an end to them and nothing is thrown', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('header' as const, 'nul' as const),
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }),
      (framing, chunks) => {
        const framer = new Framer(framing)
        for (const chunk of chunks) {
          for (const frame of framer.push(Buffer.from(chunk)))
            if (frame.kind === 'message') parseXml(frame.xml)
        }
      },
    ),
  )
})
