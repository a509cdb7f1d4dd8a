import { describe, expect, test } from 'vitest'
import type { CallEvent } from './decode.ts'
import { DeviceBook } from './device-book.ts'
import { changeLeg, type Leg } from './legs.ts'

const us = '1001'
const them = '+14255550100'

const event = (about: Partial<CallEvent> & Pick<CallEvent, 'name'>): CallEvent => ({
  ...{ kind: 'call', monitor: '1', call: 'c1', subject: undefined, actor: undefined, calling: undefined },
  ...{ called: undefined, outside: false, local: undefined, secondCall: undefined, moved: [], ...about },
})

const inbound: Leg = { state: 'early', direction: 'inbound', remote: them, outside: false }
const talking: Leg = { ...inbound, state: 'confirmed' }
const dialled: Leg = { state: 'early', direction: 'outbound', remote: them, outside: false }
const parties = { calling: them, called: us }

/** The same story with and without localConnectionInfo. */
const steps: readonly (readonly [
  string,
  Leg | undefined,
  Parameters<typeof event>[0],
  CallEvent['local'],
  string,
])[] = [
  [
    'our phone rings',
    undefined,
    { name: 'Delivered', subject: us, actor: us, ...parties },
    'alerting',
    'early inbound',
  ],
  [
    'another phone rings for us',
    undefined,
    { name: 'Delivered', subject: them, actor: them, calling: us, called: them },
    'connected',
    'early outbound',
  ],
  [
    'off the hook',
    undefined,
    { name: 'ServiceInitiated', subject: us, actor: us },
    'initiated',
    'trying outbound',
  ],
  [
    'dialled',
    undefined,
    { name: 'Originated', subject: us, actor: us, calling: us, called: them },
    'connected',
    'trying outbound',
  ],
  [
    'we answer',
    inbound,
    { name: 'Established', subject: us, actor: us, ...parties },
    'connected',
    'confirmed inbound',
  ],
  [
    'they answer',
    dialled,
    { name: 'Established', subject: them, actor: them, calling: us, called: them },
    'connected',
    'confirmed outbound',
  ],
  ['we hold', talking, { name: 'Held', subject: us, actor: us }, 'hold', 'held inbound'],
  ['they hold', talking, { name: 'Held', subject: them, actor: them }, 'connected', 'confirmed inbound'],
  [
    'we take it back',
    { ...talking, state: 'held' },
    { name: 'Retrieved', subject: us, actor: us },
    'connected',
    'confirmed inbound',
  ],
  ['we hang up', talking, { name: 'ConnectionCleared', subject: us, actor: us }, 'null', 'gone'],
  [
    'one of several others hangs up',
    talking,
    { name: 'ConnectionCleared', subject: them, actor: them },
    'connected',
    'confirmed inbound',
  ],
  ['the whole call ends', talking, { name: 'CallCleared' }, 'null', 'gone'],
  [
    'a busy tone',
    { ...dialled, state: 'trying' },
    { name: 'Failed', subject: us, actor: them, calling: us },
    'fail',
    'trying outbound',
  ],
  [
    'we are called, and are busy',
    inbound,
    { name: 'Failed', subject: us, actor: us, ...parties },
    'fail',
    'gone',
  ],
  ['diverted away from us', inbound, { name: 'Diverted', subject: us, actor: us }, 'null', 'gone'],
]

describe('a call at one device', () => {
  test.each(steps)('%s', (_title, leg, told, local, expected) => {
    for (const variant of [local, undefined]) {
      const change = changeLeg(leg, event({ ...told, local: variant }), us)
      const shown = typeof change === 'object' ? `${change.state} ${change.direction}` : change
      expect(shown, `localConnectionInfo ${variant}`).toBe(expected)
    }
  })

  test('what is about others changes nothing here', () => {
    expect(changeLeg(undefined, event({ name: 'Held', actor: them }), us)).toBeUndefined()
    expect(changeLeg(undefined, event({ name: 'ConnectionCleared', actor: them }), us)).toBeUndefined()
    expect(
      changeLeg(undefined, event({ name: 'Established', actor: them, calling: '1002' }), us),
    ).toBeUndefined()
  })

  test('who is at the other end is remembered, and an answer does not make it ourselves', () => {
    const change = changeLeg(inbound, event({ name: 'Established', actor: us, called: us }), us)
    expect(change).toMatchObject({ remote: them })
  })
})

describe('calls of one extension', () => {
  const plan = { internalDigits: 5, isExtension: (number: string) => number === '1002' }
  const shown = (book: DeviceBook) =>
    book
      .facets(us, plan)
      .map((facet) => (facet.kind === 'dialog' ? `${facet.leg} ${facet.state} ${facet.party}` : facet.kind))

  test('a transfer by us ends both calls, one by another goes on under its new id', () => {
    const book = new DeviceBook()
    book.take(us, event({ name: 'Established', actor: us, ...parties }))
    expect(shown(book)).toEqual(['c1 confirmed external'])
    const moved = [{ from: { call: 'c1', device: us }, to: { call: 'c9', device: us } }]
    expect(book.take(us, event({ name: 'Transfered', actor: them, moved }))).toBe('doubt')
    expect(shown(book)).toEqual(['c9 confirmed unknown'])

    book.take(us, event({ name: 'Originated', call: 'c10', calling: us, called: '1002' }))
    const ours = { call: 'c9', secondCall: 'c10', actor: us, local: 'null' } as const
    expect(book.take(us, event({ name: 'Transfered', ...ours }))).toBe('doubt')
    expect(shown(book)).toEqual([])
  })

  test('a conference makes one of two calls', () => {
    const book = new DeviceBook()
    book.take(us, event({ name: 'Established', actor: us, ...parties }))
    book.take(us, event({ name: 'Established', call: 'c2', calling: us, called: '1002' }))
    const moved = ['c1', 'c2'].map((call) => ({ from: { call, device: us }, to: { call: 'c1', device: us } }))
    book.take(us, event({ name: 'Conferenced', local: 'connected', secondCall: 'c2', moved, actor: us }))
    expect(book.facets(us, plan)).toHaveLength(1)
  })

  test('a snapshot replaces the set and keeps what was known of a call', () => {
    const book = new DeviceBook()
    book.take(us, event({ name: 'Delivered', actor: them, calling: us, called: them }))
    book.take(us, event({ name: 'Established', call: 'c2', actor: us, ...parties }))
    const connection = { call: 'c1', device: us }
    book.snapshot(us, [{ connection, state: 'initiated', direction: 'outbound', strange: undefined }])
    expect(shown(book)).toEqual(['c1 early external'])
  })

  test.each([
    ['1002', false, 'internal'],
    ['+14255550100', false, 'external'],
    ['12345', false, 'internal'],
    ['12345', true, 'external'],
    ['1002', true, 'internal'],
    ['anna', false, 'external'],
    [undefined, false, 'unknown'],
    [undefined, true, 'external'],
  ])('the party of %s (over a trunk: %s) is %s', (called, outside, party) => {
    const book = new DeviceBook()
    book.take(us, event({ name: 'Established', calling: us, called, outside }))
    expect(shown(book)).toEqual([`c1 confirmed ${party}`])
  })

  test('a star code is one', () => {
    const book = new DeviceBook()
    book.take(us, event({ name: 'Established', calling: us, called: '*97' }))
    expect(book.facets(us, plan)).toMatchObject([{ featureCode: true, remote: '*97' }])
  })
})
