import { expect, test } from 'vitest'
import { createHall } from '../../bus/in-process.ts'
import type { Clock } from '../../core/ports.ts'
import { createMetrics } from '../../observe/metrics.ts'
import { MachineProblems } from './problems/machine.ts'
import { watchBus } from './watch-bus.ts'

test('a hub that reaches no NATS server says so by metric and alert until it does', async () => {
  let now = 0
  const clock: Clock = { wall: () => now, monotonic: () => now, after: () => ({ cancel: () => {} }) }
  const metrics = createMetrics({ processMetrics: false })
  const machine = new MachineProblems(clock)
  let change: (connected: boolean) => void = () => {}
  const bus = Object.assign(createHall().join(), {
    watch: (changed: (connected: boolean) => void) => {
      change = changed
      return { end: () => {} }
    },
  })
  watchBus({ bus, member: { node: 'two', incarnation: 'i' } }, { metrics, machine })
  expect(await metrics.render()).toContain('hookswitch_nats_away 0')

  change(false)
  now = 10_000
  expect(await metrics.render()).toContain('hookswitch_nats_away 1')
  expect(machine.find()).toMatchObject([{ kind: 'nats', title: 'The hub two reaches no NATS server' }])

  change(true)
  expect(await metrics.render()).toContain('hookswitch_nats_away 0')
  expect(machine.find()).toEqual([])
})
