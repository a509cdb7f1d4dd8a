import { describe, expect, test } from 'vitest'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { decodeCalls, toDialog, type VodiaCall } from './calls.ts'
import { type Numbering, partyOf, readDialled } from './numbers.ts'

const numbering: Numbering = {
  domain: 'pbx.example.com',
  accounts: new Set(['1001', '1002', '700', '4930555']),
  starCodes: new Set(['*78', '88']),
  outsideDigits: 7,
}

const call = (about: Partial<VodiaCall>): VodiaCall => ({
  ...{ id: 'a', state: 'connected', from: '1001', to: '+14255550100', remote: '' },
  ...about,
})

function facet(about: Partial<VodiaCall>) {
  const noted: StrangeWord[] = []
  const dialog = toDialog(call(about), { extension: '1001', numbering, note: (word) => noted.push(word) })
  return { dialog, noted }
}

describe('calls', () => {
  test.each([
    ['the fields that clients of others use', [{ id: 'a', state: 'holding', from: '1', to: '2' }]],
    ['those of the frames', [{ callid: 'a', callstate: 'holding', 'from-number': '1', 'to-number': '2' }]],
    ['a list inside an object', { calls: [{ call_id: 'a', status: 'holding', from: 1, to: 2 }] }],
  ])('are read from %s', (_what, json) => {
    expect(decodeCalls(json)).toEqual([{ id: 'a', state: 'holding', from: '1', to: '2', remote: '' }])
  })

  test('without an id stay apart by their ends', () => {
    const [first, second] = decodeCalls([
      { from: '1', to: '2' },
      { from: '1', to: '3' },
    ])!
    expect(first!.id).not.toBe(second!.id)
  })

  test.each([[{}], ['busy'], [null], [[1]], [[{}]], [{ a: [], b: [] }]])('%j is no list of calls', (json) => {
    expect(decodeCalls(json)).toBeUndefined()
  })

  test.each([
    ['alerting', 'early'],
    ['Connected', 'confirmed'],
    ['holding', 'held'],
    ['calling', 'trying'],
  ])('%s is %s', (state, expected) => {
    expect(facet({ state }).dialog?.state).toBe(expected)
  })

  test('that have ended are none', () => {
    expect(facet({ state: 'disconnected' }).dialog).toBeUndefined()
  })

  test('in a state that nobody knows are calls, and the word is told', () => {
    const { dialog, noted } = facet({ state: 'whispering' })
    expect(dialog?.state).toBe('confirmed')
    expect(noted).toEqual([{ field: 'call state', value: 'whispering', takenAs: 'talking' }])
  })

  test.each([
    [{ from: '1001', to: '+14255550100' }, 'outbound', '+14255550100'],
    [{ from: '"Ben" <sip:1002@pbx.example.com>', to: '1001@pbx.example.com' }, 'inbound', '1002'],
    [{ from: '', to: '', remote: 'tel:+4930555' }, 'unknown', '+4930555'],
  ] as const)('%j is %s with %s', (ends, direction, remote) => {
    expect(facet(ends).dialog).toMatchObject({ direction, remote })
  })

  test('VO-26: to a star code are marked as such', () => {
    expect(facet({ to: '*78' }).dialog).toMatchObject({ featureCode: true, party: 'internal' })
    expect(facet({ to: '88' }).dialog).toMatchObject({ featureCode: true })
  })
})

describe('VO-26: the other end', () => {
  test.each([
    ['1002', 'internal'],
    ['sip:700@pbx.example.com', 'internal'],
    ['1002@other.example.com', 'unknown'],
    ['4930555', 'internal'],
    ['+1002', 'external'],
    ['030 555-1234', 'external'],
    ['anonymous', 'external'],
    ['alice@elsewhere.example', 'external'],
    ['112', 'unknown'],
    ['lobby', 'unknown'],
    ['', 'unknown'],
    ['*97', 'internal'],
  ])('%s is %s', (text, party) => {
    expect(partyOf(readDialled(text), numbering)).toBe(party)
  })
})
