import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCallEvent } from './call-events.ts'
import { dialogOf, readDns, readParticipant, strangeWords } from './participants.ts'

const base = {
  id: 7,
  status: 'Connected',
  dn: '101',
  party_dn: '10000',
  party_caller_id: '+14255550100',
  party_dn_type: 'Wexternalline',
  originated_by_dn: '10000',
  originated_by_type: 'Wexternalline',
  on_behalf_of_type: 'None',
}
const facet = (change: object) => dialogOf(readParticipant({ ...base, ...change })!)

describe('a participant as a leg', () => {
  test.each([
    ['an external call that came in', {}, 'confirmed inbound external'],
    ['ringing', { status: 'Ringing' }, 'early inbound external'],
    ['dialling', { status: 'Dialing', originated_by_dn: '101' }, 'trying outbound external'],
    ['the documentation’s spelling', { party_dn_type: 'ExternalLine' }, 'confirmed inbound external'],
    [
      'a colleague',
      { party_dn: '102', party_dn_type: 'Wextension', originated_by_dn: '101' },
      'confirmed outbound internal',
    ],
    ['a colleague, whoever began it', { party_dn_type: 'Wextension' }, 'confirmed inbound internal'],
    ['a queue that a caller waits in', { party_dn_type: 'Wqueue' }, 'confirmed inbound external'],
    [
      'the voicemail',
      { party_dn_type: 'Wvoicemail', originated_by_dn: '101', originated_by_type: 'Wextension' },
      'confirmed outbound internal',
    ],
    [
      'a type that is new',
      { party_dn_type: 'Wteleporter', originated_by_type: 'None' },
      'confirmed inbound unknown',
    ],
    ['a status that is new', { status: 'Held' }, 'confirmed inbound external'],
    ['nothing of who began it', { originated_by_dn: '' }, 'confirmed unknown external'],
  ])('%s', (_about, change, expected) => {
    const { state, direction, party } = facet(change)
    expect(`${state} ${direction} ${party}`).toBe(expected)
  })

  test('queue, number and feature code', () => {
    expect(facet({ on_behalf_of_type: 'Wqueue' }).through).toBe('queue')
    expect(facet({}).through).toBeUndefined()
    expect(facet({}).remote).toBe('+14255550100')
    expect(facet({ party_caller_id: '*62', party_dn: '' })).toMatchObject({
      featureCode: true,
      remote: '*62',
    })
    expect(facet({ party_caller_id: 'anonymous' }).remote).toBeUndefined()
  })

  test('words that are not known are told', () => {
    const words = strangeWords(readParticipant({ ...base, status: 'Held', party_dn_type: 'Wteleporter' })!)
    expect(words.map(({ field, value }) => `${field} ${value}`)).toEqual([
      'status Held',
      'party_dn_type Wteleporter',
    ])
    expect(strangeWords(readParticipant(base)!)).toEqual([])
  })
})

describe('documents', () => {
  test('good ones', () => {
    const entity = '/callcontrol/101/participants/7'
    const frame = (type: number, attached: unknown = null) =>
      JSON.stringify({ sequence: 1, event: { event_type: type, entity, attached_data: attached } })
    expect(readCallEvent(frame(0))).toEqual({ kind: 'changed', dn: '101', id: '7', participant: undefined })
    expect(readCallEvent(frame(0, { Response: base }))).toMatchObject({ participant: { id: '7' } })
    expect(readCallEvent(frame(1))).toEqual({ kind: 'removed', dn: '101', id: '7' })
    expect(readCallEvent(frame(2, { dtmf_input: '5' }))).toEqual({ kind: 'other' })
    const device = JSON.stringify({ event: { event_type: 0, entity: '/callcontrol/101/devices/x' } })
    expect(readCallEvent(device)).toEqual({ kind: 'other' })
  })

  test('bad ones are counted, never thrown', () => {
    for (const text of ['', '{', '[]', 'null', '{"event":{}}', '{"event":{"event_type":0}}']) {
      expect(readCallEvent(text), text).toEqual({ kind: 'malformed' })
    }
    expect(readDns({})).toBeUndefined()
    expect(readDns([{ dn: '101', participants: [{}, base] }, 5])).toMatchObject({ malformed: 2 })
    fc.assert(
      fc.property(fc.json(), (text) => {
        readCallEvent(text)
        readDns(JSON.parse(text))
        const participant = readParticipant(JSON.parse(text))
        if (participant) dialogOf(participant)
      }),
    )
  })
})
