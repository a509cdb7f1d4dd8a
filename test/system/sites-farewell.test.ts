import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Farewell, takeLeave } from '../../src/apps/site/farewell.ts'
import { createLog } from '../../src/observe/log.ts'
import { RunnerWorld } from './sites/runner-world.ts'

/** What a site does that was sent away for good, in virtual time. */
let world: RunnerWorld
let lines: string[] = []
beforeEach(async () => {
  lines = []
  world = new RunnerWorld()
  await world.start()
  world.connect()
  await world.begin()
  await world.write('1001', 'assert')
  await world.write('1002', 'assert')
  world.cut()
})
afterEach(() => world.close())

function leave() {
  const end = new AbortController()
  const destination = { write: (line: string) => lines.push(line) }
  const log = createLog({ level: 'info', pretty: false, destination })
  const { ledger, clock } = world
  let farewell: Farewell | undefined
  const parts = { ledger, clock, log, takeBack: (of: string) => world.runner.takeBack(of, {}) }
  const left = takeLeave(parts, end.signal)
  void left.then((said) => {
    farewell = said
  })
  return { end, left, farewell: () => farewell }
}

test('everything is taken back at once', async () => {
  expect(await leave().left).toEqual({ taken: ['1001', '1002'], left: [] })
  expect(world.open).toEqual([])
  expect(await leave().left).toEqual({ taken: [], left: [] })
})

test('a phone system that does not answer is asked again until it does; that is said once', async () => {
  world.answers = { kind: 'failed', reason: 'no answer' }
  const { farewell } = leave()
  await world.pass(5)
  expect(farewell()).toBeUndefined()
  expect(world.open).toHaveLength(2)
  expect(lines.filter((line) => line.includes('it is tried again until it can'))).toHaveLength(1)
  world.answers = undefined
  await world.pass(0.5)
  expect(farewell()).toEqual({ taken: ['1001', '1002'], left: [] })
  expect(world.open).toEqual([])
})

test('who ends it before that is told what is left, and why', async () => {
  world.answers = { kind: 'failed', reason: 'no answer' }
  const { end, left } = leave()
  await world.pass(1)
  end.abort()
  expect(await left).toEqual({ taken: [], left: ['1001', '1002'], reason: 'no answer' })
})

test('what the phone system will never take is not tried for ever', async () => {
  world.answers = { kind: 'rejected', reason: 'there is no such phone' }
  expect(await leave().left).toEqual({
    ...{ taken: [], left: ['1001', '1002'], reason: 'there is no such phone' },
  })
  expect(lines.join('')).toContain('trying again would not help')
})
