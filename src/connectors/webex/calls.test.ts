import { expect, test } from 'vitest'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { decodeCalls, toDialog } from './calls.ts'

const call = {
  ...{ id: 'a', callSessionId: 's', personality: 'terminator', state: 'connected' },
  remoteParty: { number: '+14255550100', privacyEnabled: false, callType: 'external' },
  ...{ created: '2026-11-21T09:00:00.000Z', muteCapable: true, muted: false },
}

function map(change: object) {
  const words: StrangeWord[] = []
  const [decoded] = decodeCalls({ items: [{ ...call, ...change }] })!
  const facet = toDialog(decoded!, (word) => words.push(word))
  return { facet, words: words.map(({ field, value }) => `${field} ${value}`) }
}

test('each state of a call', () => {
  const states = ['connecting', 'alerting', 'connected', 'held', 'remoteHeld', 'disconnected']
  expect(states.map((state) => map({ state }).facet?.state)).toEqual([
    ...['trying', 'early', 'confirmed', 'held', 'confirmed', undefined],
  ])
})

test('each type of call, and each way it came', () => {
  const party = (callType: string) => map({ remoteParty: { privacyEnabled: true, callType } }).facet?.party
  expect(['location', 'organization', 'external', 'emergency', 'repair', 'other'].map(party)).toEqual([
    ...['internal', 'internal', 'external', 'external', 'unknown', 'unknown'],
  ])
  const direction = (personality: string) => map({ personality }).facet?.direction
  expect(['originator', 'clickToDial', 'terminator'].map(direction)).toEqual([
    'outbound',
    'outbound',
    'inbound',
  ])
})

test('a queue or hunt group in front of the person', () => {
  const through = (reason: string) =>
    map({ redirections: [{ reason, redirectingParty: { privacyEnabled: false, callType: 'location' } }] })
      .facet?.through
  expect(['callQueue', 'huntGroup', 'noAnswer'].map(through)).toEqual(['queue', 'queue', 'direct'])
  expect(map({ personality: 'originator' }).facet?.through).toBeUndefined()
})

test('words that Webex may add: a call all the same, of nobody knows whom, and told', () => {
  const { facet, words } = map({ state: 'juggling', personality: 'x', remoteParty: { callType: 'y' } })
  expect(facet).toMatchObject({ state: 'confirmed', direction: 'unknown', party: 'unknown' })
  expect(words).toEqual(['call state juggling', 'callType y', 'personality x'])
})

test('whatever is no list of calls is none', () => {
  for (const json of [
    undefined,
    null,
    'x',
    [],
    {},
    { items: 1 },
    { items: [{}] },
    { items: [{ id: 'a' }] },
    { items: [null] },
  ]) {
    expect(decodeCalls(json), JSON.stringify(json)).toBeUndefined()
  }
  expect(decodeCalls({ items: [] })).toEqual([])
})
