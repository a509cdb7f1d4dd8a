import { expect, test } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import type { PresenceRow } from './queries.ts'
import { Roster } from './roster.ts'

/** A clock that stands still until it is moved. */
function stoppedClock() {
  let now = 0
  const timers = new Set<{ due: number; call: () => void }>()
  const clock: Clock = {
    wall: () => now,
    monotonic: () => now,
    after(delayMs, call) {
      const timer = { due: now + delayMs, call }
      timers.add(timer)
      return { cancel: () => void timers.delete(timer) }
    },
  }
  const pass = (ms: number) => {
    now += ms
    for (const timer of [...timers].filter(({ due }) => due <= now)) {
      timers.delete(timer)
      timer.call()
    }
  }
  return { clock, pass }
}

const row = (id: string, statusId: string, startedAt: number): PresenceRow => ({
  ...{ id, userId: 'anna', statusId, isAway: true, startedAt },
})
const ended = (...ids: string[]) => ({ type: 'ended', ids }) as const
const began = (each: PresenceRow) => ({ type: 'began', row: each }) as const

function open() {
  const { clock, pass } = stoppedClock()
  const left: string[] = []
  const roster = new Roster(clock, 3000, (users) => left.push(...users))
  roster.read([row('r1', 'available', 1)], 0)
  pass(10)
  return { roster, left, pass }
}

test('an end and a beginning are a change of status, and never a logout between', () => {
  const { roster, left, pass } = open()
  expect(roster.hear([ended('r1')])).toEqual([])
  pass(2000)
  expect(roster.row('anna')?.id).toBe('r1')
  expect(roster.hear([began(row('r2', 'busy', 2))])).toEqual(['anna'])
  pass(60_000)
  expect([left, roster.row('anna')?.statusId]).toEqual([[], 'busy'])
})

test('an end without a beginning is a logout, after a while', () => {
  const { roster, left, pass } = open()
  roster.hear([ended('r1')])
  pass(2999)
  expect(left).toEqual([])
  pass(1)
  expect([left, roster.row('anna')]).toEqual([['anna'], undefined])
})

test('what is told again, late or about another row changes nothing', () => {
  const { roster, left, pass } = open()
  roster.hear([ended('r1'), began(row('r2', 'busy', 2))])
  expect(roster.hear([began(row('r1', 'available', 1)), ended('r1'), ended('r7')])).toEqual([])
  pass(60_000)
  expect([left, roster.row('anna')?.statusId]).toEqual([[], 'busy'])
})

test('a row that has begun and ended within one batch is never shown', () => {
  const { roster } = open()
  expect(roster.hear([began(row('r2', 'busy', 2)), ended('r2')])).toEqual([])
  expect(roster.row('anna')?.statusId).toBe('available')
})

test('a reading that was asked for before an event does not take it back', () => {
  const { roster, left, pass } = open()
  roster.hear([ended('r1'), began(row('r2', 'busy', 2))])
  expect(roster.read([row('r1', 'available', 1)], 5)).toEqual([])
  expect(roster.row('anna')?.statusId).toBe('busy')
  expect(roster.read([row('r3', 'lunch', 3)], 20)).toEqual(['anna'])
  roster.read([], 30)
  pass(3000)
  expect(left).toEqual(['anna'])
})
