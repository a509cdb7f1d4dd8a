import { expect, test } from 'vitest'
import { VirtualClock } from '../../../test/sim/virtual-clock.ts'
import type { Log, LogFields } from '../../core/ports.ts'
import { UnknownValues } from './unknown-values.ts'

function open() {
  const clock = new VirtualClock(1000)
  const told: (LogFields | undefined)[] = []
  const log: Log = {
    debug() {},
    info() {},
    error() {},
    warn: (_message, fields) => told.push(fields),
    with: () => log,
  }
  return { clock, told, values: new UnknownValues({ clock, log }) }
}

test('a word that is not known is counted by field and value, and told once', async () => {
  const { clock, told, values } = open()
  const word = { field: 'activity', value: 'Levitating', takenAs: 'unknown' }
  values.note(word)
  await clock.advance(500)
  values.note(word)
  values.note({ ...word, field: 'availability' })
  expect(values.list()).toEqual([
    { ...word, count: 2, firstAt: 1000, lastAt: 1500 },
    { ...word, field: 'availability', count: 1, firstAt: 1500, lastAt: 1500 },
  ])
  expect(told).toHaveLength(2)
})

test('nonsense neither fills the memory nor reaches a page as it came', () => {
  const { values } = open()
  values.note({ field: 'state', value: '<script>\u0007\r\nx', takenAs: 'unknown' })
  values.note({ field: 'state', value: 'y'.repeat(500), takenAs: 'unknown' })
  expect(values.list().map(({ value }) => value)).toEqual(['?script????x', `${'y'.repeat(63)}…`])
  for (let index = 0; index < 500; index++)
    values.note({ field: 'state', value: `w${index}`, takenAs: 'unknown' })
  expect(values.list()).toHaveLength(51)
  expect(values.list().find(({ value }) => value === '…')?.count).toBe(452)
})
