import { describe, expect, test } from 'vitest'
import type { DialogFacet } from '../../core/observation.ts'
import { ChannelTable } from './channels.ts'
import { readEvent } from './events.ts'
import { facetsOf } from './facets.ts'
import { FrameReader } from './frames.ts'

/** A caller waits in a queue and its member's phone is called, in the order of a recorded Asterisk 22. */
const joined = {
  event: 'QueueCallerJoin',
  channel: 'PJSIP/trunk-00000002',
  state: 4,
  id: '27.2',
  exten: '850',
}
const called = { event: 'Newchannel', channel: 'PJSIP/1003-00000003', state: 0, id: '27.3', exten: 's' }
const rings = { ...called, event: 'Newstate', state: 5 }

function textOf({ event, channel, state, id, exten }: typeof joined, connected = '<unknown>'): string {
  const fields = [
    `Event: ${event}`,
    `Privilege: ${event === 'QueueCallerJoin' ? 'agent' : 'call'},all`,
    `Channel: ${channel}`,
    `ChannelState: ${state}`,
    `ConnectedLineNum: ${connected}`,
    `Exten: ${exten}`,
    `Uniqueid: ${id}`,
    'Linkedid: 27.2',
  ]
  return `${fields.join('\r\n')}\r\n\r\n`
}

function legAfter(...texts: readonly string[]): DialogFacet | undefined {
  const table = new ChannelTable()
  for (const frame of new FrameReader().push(
    Buffer.from(`Asterisk Call Manager/11.0.0\r\n${texts.join('')}`),
  )) {
    if (frame.type !== 'message' || frame.message.kind !== 'event') continue
    const reading = readEvent(frame.message)
    if (reading && 'event' in reading) table.apply(reading.event)
  }
  const legs = table.ofDevice('PJSIP/1003').map((channel) => ({ channel, peers: table.peers(channel) }))
  const none = { phones: new Map(), lamps: new Map(), dnd: undefined, presence: undefined }
  const rules = { isPhone: (device: string) => device !== 'PJSIP/trunk', featureCodes: false }
  return facetsOf({ legs, ...none }, rules)[0] as DialogFacet | undefined
}

describe('what is known of the other end', () => {
  test('MM-27: a call of a queue is told from a direct one, with the number that calls', () => {
    const leg = legAfter(textOf(joined), textOf(called), textOf(rings, '+14255550100'))
    expect(leg).toMatchObject({ state: 'early', through: 'queue', remote: '+14255550100', party: 'external' })
  })

  test('without the right to hear of queues nothing is claimed', () => {
    const leg = legAfter(textOf({ ...joined, event: 'Newchannel' }), textOf(called), textOf(rings))
    expect(leg).toMatchObject({ state: 'early', party: 'external' })
    expect(leg).not.toHaveProperty('through')
    expect(leg).not.toHaveProperty('remote')
  })
})
