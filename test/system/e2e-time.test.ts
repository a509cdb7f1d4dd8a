import { expect, test } from 'vitest'
import { LabClock } from '../../src/lab/clock.ts'
import { type Idle, pass, passUntil } from './e2e/time.ts'

const idle = () => Promise.resolve()
/** Of a hub whose store is never behind, and whose targets do not answer. */
const neverAnswered: Idle = (of) => (of === 'store' ? Promise.resolve() : new Promise(() => {}))

test('what a busy machine delivers after the time was over still counts, and gets the moment of hub time that it needs', async () => {
  const clock = new LabClock({ running: false })
  let isLit = false
  setTimeout(() => clock.after(500, () => (isLit = true)), 200)
  const about = { what: 'the lamp', ms: 1_000, idle, said: () => '' }
  await passUntil(clock, () => isLit, about)
  expect(clock.monotonic()).toBeLessThan(5_000)
})

test('time that passes quickly waits for the hub, for a second in all where that never comes to rest', async () => {
  const clock = new LabClock({ running: false })
  const begun = performance.now()
  const about = { what: 'the answer', ms: 1_000, idle: neverAnswered, said: () => '' }
  await passUntil(clock, () => clock.monotonic() >= 1_000, about)
  expect(performance.now() - begun).toBeGreaterThan(1_000)
})

test('a commit is waited for however long the disk takes', async () => {
  const clock = new LabClock({ running: false })
  let seenAt: number | undefined
  const commit = new Promise<void>((done) => setTimeout(done, 3_000)).then(() => {
    seenAt = clock.monotonic()
  })
  await pass(clock, 10_000, { idle: () => commit })
  expect(seenAt).toBe(500)
})
