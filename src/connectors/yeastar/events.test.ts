import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dialogOf } from './calls.ts'
import { readEvent } from './events.ts'

const event = (type: number, msg: unknown) => JSON.stringify({ type, sn: 'X', msg })

test('the content is a text that holds JSON, or the object itself', () => {
  const presence = { extension: '2005', status: 'business_trip' }
  const wanted = { kind: 'presence', ...presence }
  expect(readEvent(event(30009, JSON.stringify(presence)))).toEqual(wanted)
  expect(readEvent(event(30009, presence))).toEqual(wanted)
})

test.each([
  [
    30007,
    { extension: '1', kind: 'Mobile', status: 'Registered' },
    { kind: 'registration', registered: true },
  ],
  [30008, { extension: '1', status: 'Busy' }, { kind: 'lamp', status: 'busy' }],
  [30012, { call_id: 'c' }, { kind: 'ended', callId: 'c' }],
  [30022, { ext_number: '1', option: 'create' }, { kind: 'extensions' }],
  [30013, { anything: true }, { kind: 'other' }],
  [30009, { extension: '1' }, { kind: 'malformed' }],
  [30011, { call_id: 'c' }, { kind: 'malformed' }],
  [30012, {}, { kind: 'malformed' }],
])('%i %j', (type, msg, wanted) => {
  expect(readEvent(event(type, msg))).toMatchObject(wanted)
})

test('answers to what was sent', () => {
  expect(readEvent('heartbeat response')).toEqual({ kind: 'heartbeat' })
  expect(readEvent('{"errcode":0,"errmsg":"SUCCESS"}')).toEqual({ kind: 'answer', errcode: 0 })
})

test('a call with a trunk, and who has hung up', () => {
  const read = readEvent(
    event(30011, {
      call_id: 'c',
      members: [
        { extension: { number: '1001', channel_id: 'a', member_status: 'RING', call_path: '' } },
        { extension: { number: '1002', channel_id: 'b', member_status: 'BYE', call_path: '' } },
        { inbound: { from: '+1425', to: '1001', trunk_name: 't', channel_id: 'x', member_status: 'ALERT' } },
      ],
    }),
  )
  expect(read).toMatchObject({
    kind: 'call',
    call: { left: ['b'], outside: { number: '+1425', way: 'inbound' } },
  })
  if (read.kind !== 'call') return
  expect(read.call.legs.map((leg) => dialogOf(read.call, leg))).toEqual([
    {
      ...{ kind: 'dialog', leg: 'c a', state: 'early', direction: 'inbound', party: 'external' },
      ...{ evidence: 'call', remote: '+1425' },
    },
  ])
})

test('anything at all is read as something', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .tuple(fc.integer({ min: 30000, max: 30030 }), fc.jsonValue())
          .map(([type, msg]) => event(type, msg)),
      ),
      (text) => {
        expect(readEvent(text).kind).toBeTypeOf('string')
      },
    ),
  )
})
