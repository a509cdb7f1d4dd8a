import { expect, test } from 'vitest'
import { startChild } from '../support/child.ts'
import { alone, judgeTime, MachineLoad } from './machine.ts'

const measured = { what: 'everybody is right', tookMs: 2_000, promisedMs: 1_500 }

test('a time that was missed is excused by what others took of the machine, and by nothing else', () => {
  expect(() => judgeTime({ ...measured, others: 0 })).toThrow(/^Too late: everybody is right after 2000 ms/)
  expect(() => judgeTime({ ...measured, others: 0.2 })).toThrow('Too late')
  expect(judgeTime({ ...measured, others: 0.3 })).toContain('late by what others took')
  expect(judgeTime({ ...measured, others: 0.6 })).toContain('not judged')
  expect(judgeTime({ ...measured, tookMs: 1_500, others: 0.9 })).not.toContain('late')
  expect(alone({ tookMs: 1_000, others: 0.25 })).toBe(750)
})

test('what a test has started is not others’, while it runs and when it has ended', async () => {
  const load = new MachineLoad()
  const whole = new MachineLoad()
  const work = 'const until = process.cpuUsage().user + 50_000; while (process.cpuUsage().user < until);'
  const child = startChild(process.execPath, [
    '-e',
    `${work} console.log('worked'); setInterval(() => {}, 1e6)`,
  ])
  while (!child.output().includes('worked')) await new Promise((resolve) => setTimeout(resolve, 20))
  const running = load.take()
  await child.kill()
  const ended = whole.take()
  for (const { busy, others } of [running, ended]) expect(busy - others).toBeGreaterThan(0)
})
