import { expect, it } from 'vitest'
import { recordingContext } from '../../../test/contract/context.ts'
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
