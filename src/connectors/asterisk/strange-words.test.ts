import { expect, test } from 'vitest'
import { settingsOf } from './config.ts'
import { readEvent } from './events.ts'
import { type AmiMessage, FrameReader } from './frames.ts'
import { PbxState } from './state.ts'
import { strangeWords } from './strange-words.ts'

function event(lines: string): AmiMessage {
  const text = lines.replaceAll('\n', '\r\n')
  const frame = new FrameReader().push(Buffer.from(`Asterisk Call Manager/5.0\r\n${text}\r\n\r\n`)).at(-1)
  if (frame?.type !== 'message') throw new Error('no message')
  return frame.message
}

const device = (state: string) =>
  event(`Event: DeviceStateChange\nPrivilege: call,all\nDevice: PJSIP/1001\nState: ${state}`)

test('a device state that Asterisk may add is no call and no phone, and is named', () => {
  const state = new PbxState(settingsOf({ host: 'pbx', username: 'hub', secret: 'x' }))
  const hints = [{ exten: '1001', context: 'users', hint: 'PJSIP/1001' }]
  state.take({
    ...{
      hints,
      devices: new Map([['PJSIP/1001', 'NOT_INUSE' as const]]),
      channels: [],
      presences: undefined,
    },
    ...{ freepbx: false, users: new Map(), dnd: undefined, named: false, refused: new Map() },
  })
  expect(state.facets('1001', () => true)).toContainEqual({ kind: 'registration', registered: true })
  const message = device('LEVITATING')
  const reading = readEvent(message)
  if (!reading || 'malformed' in reading) throw new Error('the event was not read')
  expect([...state.apply(reading.event)]).toEqual(['1001'])
  expect(state.facets('1001', () => true)).toEqual([{ kind: 'dnd', on: false }])
  expect(strangeWords(message)).toMatchObject([{ field: 'device state', value: 'LEVITATING' }])
  expect(strangeWords(device('RINGINUSE'))).toEqual([])
})

test('so are a presence and the state of a channel', () => {
  const presence = (status: string) =>
    event(`Event: PresenceStateChange\nPresentity: CustomPresence:1001\nStatus: ${status}`)
  expect(strangeWords(presence('levitating'))).toMatchObject([{ value: 'levitating' }])
  expect(strangeWords(presence('constructor'))).toMatchObject([{ value: 'constructor' }])
  for (const known of ['xa', 'not_set']) expect(strangeWords(presence(known))).toEqual([])
  const channel = (state: number) => event(`Event: Newstate\nUniqueid: 1.1\nChannelState: ${state}`)
  expect(strangeWords(channel(12))).toMatchObject([{ field: 'channel state', value: '12' }])
  for (const known of [0, 6, 9, 65_536]) expect(strangeWords(channel(known))).toEqual([])
})
