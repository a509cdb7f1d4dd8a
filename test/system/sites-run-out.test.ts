import { afterEach, beforeEach, expect, test } from 'vitest'
import { releaseHere } from '../../src/apps/site/release-here.ts'
import { DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { type Beginning, RunnerWorld } from './sites/runner-world.ts'

/** What was written at a site for a hub that does not come back, in virtual time. */
let world: RunnerWorld
beforeEach(async () => {
  world = new RunnerWorld()
  await world.start()
})
afterEach(() => world.close())

async function startWith(more: Beginning = {}) {
  world.connect()
  await world.begin(more)
  await world.write('1001', 'assert')
  expect(world.open).toEqual(['1001'])
}

test('with the hub away for a quarter of an hour a phone is taken out of do not disturb, and the hub is told that it ran out', async () => {
  await startWith()
  await world.pass(60)
  expect(world.withdrawn).toEqual([])
  world.cut()
  await world.pass(14.5)
  expect(world.withdrawn).toEqual([])
  await world.pass(1)
  expect(world.withdrawn).toEqual(['1001'])
  expect(world.open).toEqual([])
  expect(world.logged.join('')).toContain('the hub has been away for too long')
  expect(JSON.stringify(world.said)).not.toContain('"on":false')
  world.connect()
  expect(await world.begin()).toEqual({ released: [], ranOut: ['1001'] })
  // The state of now is told after that.
  expect(JSON.stringify(world.said)).toContain('"on":false')
})

test('the hub is told again until it has taken it, and never after that', async () => {
  await startWith()
  world.cut()
  await world.pass(16)
  world.connect()
  await world.begin()
  world.cut()
  world.connect()
  expect((await world.begin()).ranOut).toEqual(['1001'])
  world.runner.tell('pbx', { what: 'resync', addresses: ['1001'] })
  await world.settle()
  world.cut()
  world.connect()
  expect((await world.begin()).ranOut).toEqual([])
})

test('the time of the configuration counts; cuts are not added up', async () => {
  await startWith({ holdMs: 60 * 60_000 })
  for (let cuts = 0; cuts < 3; cuts += 1) {
    world.cut()
    await world.pass(59)
    world.connect()
    await world.begin({ holdMs: 60 * 60_000 })
  }
  expect(world.withdrawn).toEqual([])
  world.cut()
  await world.pass(61)
  expect(world.withdrawn).toEqual(['1001'])
})

test('a site that begins anew without the hub goes on counting, and reaches the phone system by itself', async () => {
  await startWith()
  world.cut()
  await world.pass(10)
  await world.runner.stop()
  await world.start()
  await world.pass(4)
  expect(world.withdrawn).toEqual([])
  await world.pass(2)
  expect(world.withdrawn).toEqual(['1001'])
})

test('a phone system that does not answer is asked again until it does', async () => {
  await startWith()
  world.answers = { kind: 'failed', reason: 'no answer' }
  world.cut()
  await world.pass(20)
  expect(world.withdrawn.length).toBeGreaterThan(3)
  expect(world.open).toEqual(['1001'])
  expect(world.logged.join('')).toContain('could not be taken back; it is tried again')
  world.answers = undefined
  await world.pass(1)
  expect(world.open).toEqual([])
})

test('what a person took away at the phone, and set there later, is left alone', async () => {
  await startWith()
  await world.pass(1)
  world.hear('1001', false)
  await world.settle()
  expect(world.open).toEqual([])
  world.hear('1001', true)
  world.cut()
  await world.pass(30)
  expect(world.withdrawn).toEqual([])
})

test('a late word of the phone from before the write takes nothing for taken away', async () => {
  await startWith()
  world.hear('1001', false)
  await world.settle()
  expect(world.open).toEqual(['1001'])
})

test('a release at a site that runs is told before anything is heard of the phone, of the one that was asked for alone', async () => {
  await startWith()
  await world.write('1002', 'assert')
  const order: string[] = []
  const release = (who: string) =>
    releaseHere(who, {
      ledger: world.ledger,
      hold: (reason) => {
        world.cut()
        order.push(`held: ${reason}`)
        return () => order.push('let go')
      },
      takeBack: (...about) => world.runner.takeBack(...about),
    })
  expect(await release('9999')).toEqual({ released: [], remaining: 0 })
  expect(order).toEqual([])
  expect(await release('1001')).toMatchObject({ released: [{ row: { address: '1001' } }], remaining: 0 })
  expect(order).toHaveLength(2)
  expect(world.withdrawn).toEqual(['1001'])
  expect(world.open).toEqual(['1002'])
  expect(JSON.stringify(world.said)).not.toContain('"on":false')
  world.connect()
  expect(await world.begin()).toEqual({ released: ['1001'], ranOut: [] })
  world.answers = { kind: 'failed', reason: 'no answer' }
  expect(await release('all')).toMatchObject({ remaining: 1 })
})

test('an older hub hears of it as of a release', async () => {
  await startWith()
  world.cut()
  await world.pass(16)
  world.connect(1)
  expect(await world.begin()).toEqual({ released: ['1001'], ranOut: [] })
})

test('a site whose disk died learns from the hub what was written there', async () => {
  world.connect()
  await world.begin({ written: [{ address: '1002', slot: 'dnd', state: DO_NOT_DISTURB }] })
  expect(world.open).toEqual(['1002'])
  world.cut()
  await world.pass(16)
  expect(world.withdrawn).toEqual(['1002'])
})

test('how the connector works is told while the hub is there, and kept for nobody else', async () => {
  world.connect()
  await world.begin()
  world.waiting = 7
  await world.pass(0.1)
  const depths = () =>
    world.said.flatMap((said) => (said.what === 'facts' ? said.workings?.queues : [])?.[0]?.depth)
  expect(depths()).toContain(7)
  world.cut()
  world.waiting = 8
  await world.pass(1)
  expect(depths()).not.toContain(8)
})
