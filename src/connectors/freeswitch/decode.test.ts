import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeChannels, decodeEvent, decodeRegistrations, decodeUsers } from './decode.ts'

const json = (fields: object) => decodeEvent('text/event-json', JSON.stringify(fields))

describe('events', () => {
  const callState = {
    'Event-Name': 'CHANNEL_CALLSTATE',
    'Unique-ID': 'b-leg',
    'Channel-Call-UUID': 'a-leg',
    'Channel-Presence-ID': '1001@pbx.example',
    'Channel-Call-State': 'active',
    'Call-Direction': 'outbound',
    'Caller-Caller-ID-Number': '+14255550100',
    'Caller-Destination-Number': '1001',
    'Channel-Name': '',
  }
  const channel = {
    ...{ uuid: 'b-leg', call: 'a-leg', presenceId: '1001@pbx.example', state: 'ACTIVE' },
    ...{ direction: 'outbound', callerNumber: '+14255550100', destination: '1001' },
  }

  test('a state of a channel; what is empty was not told', () => {
    expect(json(callState)).toEqual({ type: 'channel', channel })
  })

  test('the same from a FreeSWITCH that knows no JSON: values are escaped', () => {
    const lines = Object.entries(callState).map(([name, value]) => `${name}: ${encodeURIComponent(value)}`)
    expect(decodeEvent('text/event-plain', lines.join('\n'))).toEqual({ type: 'channel', channel })
    expect(decodeEvent('text/event-plain', 'Event-Name: CHANNEL_DESTROY\nUnique-ID: %E0%')).toEqual({
      type: 'ended',
      uuid: '%E0%',
    })
  })

  test.each([
    [
      { 'Event-Name': 'CHANNEL_HANGUP_COMPLETE', 'Unique-ID': 'x' },
      { type: 'ended', uuid: 'x' },
    ],
    [
      { 'Event-Name': 'CUSTOM', 'Event-Subclass': 'sofia::register', 'from-user': '1', 'from-host': 'd' },
      { type: 'registration', who: '1@d', on: true },
    ],
    [
      { 'Event-Name': 'CUSTOM', 'Event-Subclass': 'sofia::expire', user: '1', host: 'd' },
      { type: 'registration', who: '1@d', on: false },
    ],
    [
      { 'Event-Name': 'CUSTOM', 'Event-Subclass': 'hookswitch::dnd', 'Hookswitch-User': '1@d' },
      { type: 'dnd', who: '1@d' },
    ],
    [
      { 'Event-Name': 'PRESENCE_IN', proto: 'dnd', from: '1@d' },
      { type: 'dnd', who: '1@d' },
    ],
    [{ 'Event-Name': 'PRESENCE_IN', proto: 'sip', from: '1@d' }, { type: 'other' }],
    [
      { 'Event-Name': 'PHONE_FEATURE', user: '1', host: 'd', doNotDisturbOn: 'true' },
      { type: 'dnd', who: '1@d' },
    ],
    [
      { 'Event-Name': 'PRESENCE_PROBE', to: 'sip:1@d', from: '2@d' },
      { type: 'probe', who: '1@d' },
    ],
    [{ 'Event-Name': 'HEARTBEAT' }, { type: 'other' }],
    [{}, { type: 'other' }],
  ])('%o', (fields, expected) => expect(json(fields)).toEqual(expected))

  test('what cannot be used is malformed; any text is one or the other', () => {
    expect(decodeEvent('text/event-json', '{"Event-N').type).toBe('malformed')
    expect(decodeEvent('text/event-json', '[]').type).toBe('malformed')
    expect(json({ 'Event-Name': 'CHANNEL_CREATE' }).type).toBe('malformed')
    expect(json({ 'Event-Name': 'CUSTOM', 'Event-Subclass': 'sofia::register' }).type).toBe('malformed')
    fc.assert(fc.property(fc.json(), (text) => void decodeEvent('text/event-json', text)))
    fc.assert(fc.property(fc.string(), (text) => void decodeEvent('text/event-plain', text)))
  })
})

describe('lists', () => {
  test('channels: an empty list has no rows, a row without uuid is none', () => {
    expect(decodeChannels('{"row_count":0}')).toEqual([])
    const rows = [{ uuid: 'a', callstate: 'HELD', call_uuid: '', presence_id: '1@d' }, { name: 'x' }]
    expect(decodeChannels(JSON.stringify({ row_count: 2, rows }))).toEqual([
      { uuid: 'a', state: 'HELD', presenceId: '1@d' },
    ])
  })

  test.each(['', '0 total.', '[]', '{}', '{"row_count":1,"rows":"x"}', '{"row_count":1,"rows":[1]}'])(
    '%o is no list',
    (text) => expect(decodeChannels(text)).toBeUndefined(),
  )

  test('registrations and users; a user of two groups is one user', () => {
    const rows = [{ reg_user: '1', realm: 'd' }, { reg_user: '2' }]
    expect(decodeRegistrations(JSON.stringify({ row_count: 2, rows }))).toEqual(['1@d'])
    const users = `userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number
1|default|d|default|error/user_not_registered|techsupport|Anna|1
1|default|d|sales|error/user_not_registered|techsupport|Anna|1
broken|line

+OK
`
    expect(decodeUsers(users)).toEqual([{ id: '1', domain: 'd', displayName: 'Anna' }])
    expect(decodeUsers('')).toEqual([])
  })
})
