import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { readCallEvent } from '../../src/connectors/three-cx/call-events.ts'
import { dialogOf, readDns, strangeWords } from '../../src/connectors/three-cx/participants.ts'
import { kindOfName } from '../../src/connectors/three-cx/profiles.ts'
import { readLife } from '../../src/connectors/three-cx/sign-in.ts'
import { readRow } from '../../src/connectors/three-cx/users.ts'
import { labApiClient } from '../../src/lab/three-cx/server.ts'
import { profileNames } from '../../src/lab/three-cx/users.ts'
import { until } from './support/child.ts'
import { readSamples, strangeIn } from './support/sample.ts'
import { startPbx } from './three-cx-world.ts'

const calls = readSamples('3cx-callcontrol.json')
const enums = readSamples('3cx-enums.json')
const token = readSamples('3cx-token-response.json')
const wordsOf = (name: string) => enums[name] as readonly string[]

test('each frame of the samples is decoded: changed, removed, an answer', () => {
  const read = (name: string) => readCallEvent(JSON.stringify(calls[name]))
  const at = { dn: '101', id: '7' }
  expect(read('ws upsert')).toEqual({ kind: 'changed', ...at, participant: undefined })
  expect(read('ws remove')).toEqual({ kind: 'removed', ...at })
  expect(read('ws response')).toEqual({ kind: 'other' })
})

test('the extension of the samples rings with a call from outside', () => {
  const { dns, malformed } = readDns(calls['GET /callcontrol'])!
  expect([dns.map(({ dn }) => dn), malformed]).toEqual([['101'], 0])
  const [participant] = dns[0]!.participants
  expect(dialogOf(participant!)).toEqual({
    ...{ kind: 'dialog', leg: '7', state: 'early', direction: 'inbound', party: 'external' },
    ...{ evidence: 'call', remote: '+15551230000' },
  })
  expect(strangeWords(participant!)).toEqual([])
})

test('every published word is known: statuses of a participant, profiles, queue states, kinds of event', () => {
  const { dns } = readDns(calls['GET /callcontrol'])!
  const participant = dns[0]!.participants[0]!
  for (const status of wordsOf('participant.status (call-control-examples constants.ts)')) {
    expect(strangeWords({ ...participant, status }), status).toEqual([])
  }
  const names = wordsOf('CurrentProfileName strings seen in client code')
  expect(names.map(kindOfName)).toEqual(['available', 'away', 'outOfOffice', 'custom1', 'custom2'])
  expect(names).toEqual(profileNames)
  for (const QueueStatus of wordsOf('Pbx.QueueStatusType')) {
    expect(readRow({ Id: 1, Number: '101', QueueStatus })?.queue).toBe(QueueStatus)
  }
  const entity = '/callcontrol/101/participants/7'
  const kinds = Object.keys(enums.event_type as object).map((type) => {
    const event = { event_type: Number(type), entity, attached_data: null }
    return readCallEvent(JSON.stringify({ sequence: 1, event })).kind
  })
  expect(kinds).toEqual(['changed', 'removed', 'other', 'other', 'other'])
})

test('the answer to a sign-in of the samples is read; an hour counts as fifty minutes', () => {
  expect(readLife(token.expires_in)).toBe(50 * 60_000)
})

test('what the emulator says has the fields of the samples, no more and no less', async () => {
  const { pbx, phones } = await startPbx()
  const { clientId, clientSecret } = labApiClient
  const same = (said: unknown, sample: unknown) => {
    expect(strangeIn(said, sample)).toEqual([])
    expect(strangeIn(sample, said)).toEqual([])
  }
  try {
    const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }
    const granted = await fetch(`${pbx.address}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    const { _source, ...answer } = token
    const given = (await granted.json()) as { access_token: string }
    same(given, answer)
    const headers = { authorization: `Bearer ${given.access_token}` }
    const frames: unknown[] = []
    const socket = new WebSocket(`${pbx.address.replace('http', 'ws')}/callcontrol/ws`, { headers })
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    await until(() => pbx.calls.connections === 1 && socket.readyState === WebSocket.OPEN, 'the line')
    phones.start({ extension: '1001', direction: 'inbound', to: '+14255550100', answer: false })
    const monitored = (await (await fetch(`${pbx.address}/callcontrol`, { headers })).json()) as unknown[]
    same(monitored.slice(0, 1), calls['GET /callcontrol'])
    phones.hangup('1001')
    await until(() => frames.length === 2, 'both frames')
    same(frames[0], calls['ws upsert'])
    same(frames[1], calls['ws remove'])
    expect(frames.map((frame) => readCallEvent(JSON.stringify(frame)).kind)).toEqual(['changed', 'removed'])
    socket.terminate()
  } finally {
    await pbx.stop()
  }
})
