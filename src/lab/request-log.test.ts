import { describe, expect, test } from 'vitest'
import { LabClock } from './clock.ts'
import { RequestLog, shorten } from './request-log.ts'

describe('the request log', () => {
  test('keeps the newest, and gives what came after', () => {
    const log = new RequestLog(new LabClock({ running: false, wallStart: 5 }), 3)
    const told: number[] = []
    log.on(({ sequence }) => told.push(sequence))
    for (const path of ['a', 'b', 'c', 'd']) log.add({ target: 'ami', method: 'Login', path })
    expect(log.since(0).map(({ path }) => path)).toEqual(['b', 'c', 'd'])
    expect(log.since(2, 1).map(({ path }) => path)).toEqual(['c'])
    expect(log.since(4)).toEqual([])
    expect(told).toEqual([1, 2, 3, 4])
    expect(log.since(3)[0]?.at).toBe(5)
  })

  test('keeps entries small', () => {
    expect(shorten({ ids: Array.from({ length: 650 }, () => 'x'), text: 'y'.repeat(600) })).toEqual({
      ids: { items: 650 },
      text: `${'y'.repeat(500)}…`,
    })
  })
})
