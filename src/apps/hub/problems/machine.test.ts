import { expect, it } from 'vitest'
import type { Clock } from '../../../core/ports.ts'
import { MachineProblems } from './machine.ts'

it('tells of a store and of a configuration until they are right again, and of a clock for a while', () => {
  let now = 1000
  const clock: Clock = { wall: () => now, monotonic: () => now, after: () => ({ cancel: () => {} }) }
  const machine = new MachineProblems(clock)
  expect(machine.find()).toEqual([])

  machine.storeFailed(new Error('the disk is full'))
  now = 2000
  machine.storeFailed(new Error('the disk is full'))
  expect(machine.find()).toMatchObject([{ kind: 'store', since: 1000 }])
  machine.stored()
  expect(machine.find()).toEqual([])

  machine.configurationStands({ node: 'two', version: 7, author: 'olga', reason: 'the key is missing' })
  expect(machine.find()).toMatchObject([
    {
      key: 'configuration two',
      kind: 'configuration',
      text: expect.stringContaining('version 7 by olga: the key'),
    },
  ])
  machine.configurationStands(undefined)
  expect(machine.find()).toEqual([])

  machine.clockStepped()
  now += 60_000
  expect(machine.find()).toMatchObject([{ kind: 'clock', since: 2000 }])
  now += 15 * 60_000
  expect(machine.find()).toEqual([])
})

it('tells that no NATS server is reached once another one would have been found, until one is', () => {
  let now = 1000
  const clock: Clock = { wall: () => now, monotonic: () => now, after: () => ({ cancel: () => {} }) }
  const machine = new MachineProblems(clock)
  machine.natsStands({ node: 'two', connected: false })
  now += 6_000
  expect(machine.find()).toEqual([])
  machine.natsStands({ node: 'two', connected: false })
  now += 4_000
  expect(machine.find()).toMatchObject([{ key: 'nats two', kind: 'nats', since: 1000 }])
  machine.natsStands({ node: 'two', connected: true })
  expect(machine.find()).toEqual([])
})
