import { expect, test } from 'vitest'
import { activities, presence, presenceLabel } from '../src/core/presence.ts'
import { pairLabel } from '../web/src/words/presence-words.ts'

/** The page takes nothing but types from the core; its words for states are the core's all the same. */
test('the board calls every state as the hub does', () => {
  const words = activities.map((activity) => [activity, pairLabel(`busy/${activity}`)])
  words[activities.indexOf('unknown')] = ['unknown', pairLabel('unknown/unknown')]
  expect(words).toEqual(
    activities.map((activity) => [activity, presenceLabel(presence('unknown', activity))]),
  )
})
