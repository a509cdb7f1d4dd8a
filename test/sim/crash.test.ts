import { afterAll, describe, expect, it } from 'vitest'
import { crashAll } from './crash.ts'
import { actions, settingOf } from './exhaust.ts'
import { remember } from './scenario.ts'

let crashes = 0

afterAll(() => {
  console.log(`killed ${crashes} times between intent, send, answer and outcome`)
})

const ledgers = ['intact', 'lost', 'stale'] as const
const policies = ['plain', 'silence'] as const

/** All pairs of the twelve deeds; the memory is whole after the crash, lost, or that of an hour ago. */
describe.each(ledgers)('a crash at every await, ledger %s', (ledger) => {
  describe.each(policies)('policy %s', (policy) => {
    it.each(actions)('G-02, G-03: %s, then each of the twelve', async (first) => {
      const setting = settingOf(500, { mode: 'observed', policy })
      const { count, wrong } = await crashAll(first, { setting, ledger, memories: await remember(setting) })
      crashes += count
      expect(wrong.slice(0, 3).join('\n\n')).toBe('')
      expect(count).toBeGreaterThan(12)
    })
  })
})
