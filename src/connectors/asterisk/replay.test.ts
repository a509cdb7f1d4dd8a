import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Facet } from '../../core/observation.ts'
import { settingsOf } from './config.ts'
import { readEvent } from './events.ts'
import { type AmiMessage, type Frame, FrameReader, header } from './frames.ts'
import type { Reading } from './reading.ts'
import { PbxState } from './state.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../../test/fixtures/asterisk/${name}.ami`, import.meta.url))

/** The full recordings, where this checkout lies beside them. */
const recordings = new URL('../../../../shared/facts/asterisk/', import.meta.url)

const extensions = ['1001', '1002', '1003', '1007', '1008']

const reading: Reading = {
  hints: extensions.map((exten) => ({
    exten,
    context: 'users',
    hint: `PJSIP/${exten}&Custom:DND${exten},CustomPresence:${exten}`,
  })),
  devices: new Map(),
  channels: [],
  presences: undefined,
  freepbx: false,
  users: new Map(),
  dnd: undefined,
  named: false,
  refused: new Map(),
}

const framesOf = (bytes: Uint8Array): Frame[] => new FrameReader().push(bytes)

const eventsOf = (bytes: Uint8Array): AmiMessage[] =>
  framesOf(bytes).flatMap((frame) =>
    frame.type === 'message' && frame.message.kind === 'event' ? [frame.message] : [],
  )

function describeFacets(facets: readonly Facet[]): string {
  return facets
    .map((facet) => {
      if (facet.kind === 'dialog') {
        const code = facet.featureCode ? ' code' : ''
        return `${facet.state} ${facet.direction} ${facet.party}${code}`
      }
      if (facet.kind === 'dnd') return facet.on ? 'dnd' : ''
      return facet.kind === 'registration' && !facet.registered ? 'offline' : ''
    })
    .filter((word) => word !== '')
    .sort()
    .join(' + ')
}

/** What each extension showed, one line for each change. */
function replay(messages: readonly AmiMessage[]): Record<string, string[]> {
  const state = new PbxState(settingsOf({ host: 'pbx', username: 'hub', secret: 'x' }))
  state.take(reading)
  const shown: Record<string, string[]> = Object.fromEntries(extensions.map((each) => [each, ['']]))
  const facetsOf = (extension: string) => describeFacets(state.facets(extension, () => false))
  for (const extension of extensions) facetsOf(extension)
  for (const message of messages) {
    const read = readEvent(message)
    if (!read) continue
    expect(read).not.toHaveProperty('malformed')
    if (!('event' in read)) continue
    const touched = state.apply(read.event)
    for (const extension of extensions) {
      const now = facetsOf(extension)
      if (now === shown[extension]?.at(-1)) continue
      expect(touched, `${message.name} changed ${extension} to "${now}" without telling`).toContain(extension)
      shown[extension]?.push(now)
    }
  }
  return shown
}

/** Device and hint twins, each pair in the other order. */
function swapTwins(messages: readonly AmiMessage[]): AmiMessage[] {
  const swapped = [...messages]
  for (let index = 1; index < swapped.length; index += 1) {
    const [before, now] = [swapped[index - 1]!, swapped[index]!]
    const names = [before.name, now.name].sort().join()
    if (names !== 'DeviceStateChange,ExtensionStatus') continue
    swapped[index - 1] = now
    swapped[index] = before
    index += 1
  }
  return swapped
}

describe('recorded calls of a real Asterisk 22', () => {
  const round3 = replay(eventsOf(fixture('hold-dnd-park-lapse')))

  test('hold is the leg of the phone that pressed it, although the lamp of the other one shows it', () => {
    expect(round3['1001']?.slice(1, 8)).toEqual([
      'trying outbound unknown',
      'trying outbound internal',
      'early outbound internal',
      'confirmed outbound internal',
      'held outbound internal',
      'confirmed outbound internal',
      '',
    ])
    expect(round3['1002']?.slice(1, 4)).toEqual(['early inbound internal', 'confirmed inbound internal', ''])
  })

  test('a queue call, do not disturb by feature code, and a click to call', () => {
    expect(round3['1002']?.slice(4)).toEqual([
      'trying outbound unknown',
      'trying outbound internal',
      'early outbound internal',
      'confirmed outbound internal',
      '',
      'trying outbound unknown code',
      'dnd + trying outbound unknown code',
      'confirmed outbound internal code + dnd',
      'dnd',
      'dnd + trying outbound unknown code',
      'trying outbound unknown code',
      'confirmed outbound internal code',
      '',
      'early inbound unknown',
      'confirmed inbound internal',
      '',
    ])
  })

  test('a registration that is taken back or lapses', () => {
    expect(round3['1001']?.at(-1)).toBe('offline')
    expect(round3['1003']?.at(-1)).toBe('offline')
  })

  test('call waiting: two legs at one phone, ended one by one; a reload changes nothing', () => {
    const round2 = replay(eventsOf(fixture('call-waiting-busy-reload')))
    expect(round2['1001']).toContain('confirmed outbound internal + early inbound internal')
    expect(round2['1001']).toContain('confirmed inbound internal + confirmed outbound internal')
    expect(round2['1001']?.at(-1)).toBe('')
    expect(round2['1002']?.at(-1)).toBe('')
  })

  test('a refused call never rings at the called phone', () => {
    const busy = eventsOf(fixture('call-waiting-busy-reload')).filter((message) =>
      ['1795230760.6', '1795230760.7'].includes(header(message, 'uniqueid') ?? ''),
    )
    expect(busy.length).toBeGreaterThan(2)
    expect(replay(busy)['1001']).toEqual([''])
  })

  test('an automatic answer within the millisecond, and hold by a real phone', () => {
    const shown = replay(eventsOf(fixture('auto-answer-hold')))
    expect(shown['1007']).toContain('held outbound internal')
    expect(shown['1008']).not.toContain('held inbound internal')
    expect(shown['1007']?.at(-1)).toBe('')
    expect(shown['1008']?.at(-1)).toBe('')
  })

  test.each(['hold-dnd-park-lapse', 'call-waiting-busy-reload', 'auto-answer-hold'])(
    '%s: twins may come in either order',
    (name) => {
      const messages = eventsOf(fixture(name))
      expect(replay(swapTwins(messages))).toEqual(replay(messages))
    },
  )

  test('events lost, doubled or out of order: nothing is thrown, and the next reading puts everything right', () => {
    const messages = eventsOf(fixture('call-waiting-busy-reload'))
    const order = fc.array(fc.nat(messages.length - 1), { maxLength: 300 })
    fc.assert(
      fc.property(order, (indices) => {
        const state = new PbxState(settingsOf({ host: 'pbx', username: 'hub', secret: 'x' }))
        state.take(reading)
        for (const index of indices) {
          const read = readEvent(messages[index]!)
          if (read && 'event' in read) state.apply(read.event)
          for (const extension of extensions) state.facets(extension, () => true)
        }
        state.take(reading)
        expect(state.channels.size).toBe(0)
        const facets = extensions.map((extension) => describeFacets(state.facets(extension, () => true)))
        expect(facets.join('')).toBe('')
      }),
    )
  })

  test('any cut of the bytes gives the same messages', () => {
    const bytes = fixture('hold-dnd-park-lapse').subarray(0, 8000)
    const whole = framesOf(bytes)
    const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 40 })
    fc.assert(
      fc.property(cuts, (places) => {
        const reader = new FrameReader()
        const ends = [...places.sort((a, b) => a - b), bytes.length]
        const frames = ends.flatMap((end, index) => reader.push(bytes.subarray(ends[index - 1] ?? 0, end)))
        expect(frames).toEqual(whole)
      }),
      { numRuns: 100 },
    )
  })
})

if (existsSync(recordings)) {
  test.each([
    'ami_events.txt',
    'ami_events_ro_user.txt',
    'round2/ami_events.txt',
    'round3/ami_events.txt',
    'baresip/ami_events_baresip_call.txt',
  ])('the whole recording %s: nothing malformed, every call over at its end', (name) => {
    const bytes = readFileSync(new URL(name, recordings))
    expect(framesOf(bytes).filter((frame) => frame.type === 'malformed')).toEqual([])
    const messages = eventsOf(bytes)
    const shown = replay(messages)
    for (const extension of extensions) expect(shown[extension]?.at(-1), extension).toMatch(/^(offline)?$/)
    expect(replay(swapTwins(messages))).toEqual(shown)
  })
}
