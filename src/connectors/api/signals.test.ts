import { expect, it } from 'vitest'
import { recordingContext } from '../../../test/contract/context.ts'
import type { ExternalSignal } from '../../core/view.ts'
import { ApiSignals } from './signals.ts'

it('MM-14: what an external system says is never taken for a state that the person picked', async () => {
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
