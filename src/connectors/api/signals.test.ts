import { expect, it } from 'vitest'
import { recordingContext } from '../../../test/contract/context.ts'
import { withWallOff } from '../../../test/contract/set-wall-clock.ts'
import type { KeyValue } from '../../core/connector.ts'
import { BUSY, IN_A_CALL } from '../../core/presence.ts'
import type { ExternalSignal } from '../../core/view.ts'
import { LabClock } from '../../lab/clock.ts'
import { ApiSignals } from './signals.ts'

it('MM-13: what an external system says is never taken for a state that the person picked', async () => {
  const recording = recordingContext()
  const signals = new ApiSignals(recording.context)
  await signals.start(['anna'])
  const all: readonly ExternalSignal['state'][] = ['available', 'away', 'busy', 'inACall', 'doNotDisturb']
  for (const state of all) {
    await signals.put('anna', 'calendar', { state, ttl: 60 })
    expect(recording.feeds.observations('anna').map(({ facet }) => facet)).toMatchObject([{ chosen: 'no' }])
  }
  await signals.stop()
})

it('wrap-up follows a state that ends or runs out, for its time, also after a restart', async () => {
  const clock = new LabClock({ running: false })
  const recording = recordingContext({ clock })
  const shown = () => recording.feeds.presence('anna')
  const signals = new ApiSignals(recording.context)
  await signals.start(['anna'])
  const call = { state: 'inACall', ttl: 60, wrapUp: { state: 'busy', seconds: 30 } } as const
  await signals.put('anna', 'queue', call)
  expect(shown()).toEqual(IN_A_CALL)
  expect(await signals.delete('anna', 'queue')).toBe(true)
  expect(shown()).toEqual(BUSY)
  clock.advance(30_000)
  expect(shown()).toBeUndefined()
  expect(await signals.delete('anna', 'queue')).toBe(false)

  await signals.put('anna', 'queue', call)
  clock.advance(60_000)
  expect(shown()).toEqual(BUSY)
  await signals.delete('anna', 'queue')
  expect(shown()).toBeUndefined()

  await signals.put('anna', 'queue', call)
  await signals.stop()
  clock.advance(70_000)
  const next = new ApiSignals(recording.context)
  await next.start(['anna'])
  expect(shown()).toEqual(BUSY)
  clock.advance(20_000)
  expect(shown()).toBeUndefined()
  await next.stop()
})

it('somebody sets the wall clock: what was said neither ends before its time nor outlives it', async () => {
  const lab = new LabClock({ running: false })
  let offMs = 0
  const recording = recordingContext({ clock: withWallOff(lab, () => offMs) })
  const signals = new ApiSignals(recording.context)
  await signals.start(['anna'])
  for (const stepMs of [3_600_000, -3_600_000]) {
    await signals.put('anna', 'queue', { state: 'inACall', ttl: 60 })
    offMs += stepMs
    await signals.put('anna', 'desk', { state: 'busy', ttl: 90 })
    lab.advance(59_000)
    expect(recording.feeds.presence('anna')).toEqual(IN_A_CALL)
    lab.advance(2_000)
    expect(recording.feeds.presence('anna')).toEqual(BUSY)
    lab.advance(30_000)
    expect(recording.feeds.presence('anna')).toBeUndefined()
  }
  await signals.stop()
})

it('an instance that begins while the wall clock is set takes nothing for over, and prolongs nothing', async () => {
  for (const stepMs of [7_200_000, -7_200_000]) {
    const lab = new LabClock({ running: false })
    let offMs = 0
    const recording = recordingContext({ clock: withWallOff(lab, () => offMs) })
    const former = new ApiSignals(recording.context)
    await former.start(['anna'])
    await former.put('anna', 'queue', { state: 'inACall', ttl: 3_600 })
    await former.stop()
    offMs = stepMs
    const next = new ApiSignals(recording.context)
    await next.start(['anna'])
    expect(recording.feeds.presence('anna')).toEqual(IN_A_CALL)
    offMs = 0
    lab.advance(3_601_000)
    expect(recording.feeds.presence('anna')).toBeUndefined()
    await next.stop()
  }
})

it('what is said before everyone was recalled after a restart loses nothing that was said before', async () => {
  const recording = recordingContext()
  const former = new ApiSignals(recording.context)
  await former.start(['anna'])
  await former.put('anna', 'queue', { state: 'inACall', ttl: 60 })
  await former.stop()
  const next = new ApiSignals(recording.context)
  await next.put('anna', 'desk', { state: 'busy', ttl: 60 })
  await next.start(['anna'])
  expect(recording.feeds.presence('anna')).toEqual(IN_A_CALL)
  expect([await next.delete('anna', 'queue'), await next.delete('anna', 'desk')]).toEqual([true, true])
  await next.stop()
})

it('what was taken back is gone only when it is gone from the disk: nobody is told before that there is nothing', async () => {
  const stored = new Map<string, unknown>()
  let isAway = false
  const reach = async () => {
    if (isAway) throw new Error('the store is away')
  }
  const memory: KeyValue = {
    get: async (key) => stored.get(key),
    set: async (key, value) => reach().then(() => void stored.set(key, structuredClone(value))),
    delete: async (key) => reach().then(() => void stored.delete(key)),
  }
  const recording = recordingContext({ memory })
  const former = new ApiSignals(recording.context)
  await former.start(['anna'])
  await former.put('anna', 'queue', { state: 'inACall', ttl: 60 })
  isAway = true
  await expect(former.delete('anna', 'queue')).rejects.toThrow('away')
  await expect(former.delete('anna', 'queue')).rejects.toThrow('away')
  isAway = false
  expect(await former.delete('anna', 'queue')).toBe(false)
  expect(stored).toEqual(new Map())
  await former.stop()
})
