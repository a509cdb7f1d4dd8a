import { expect, it } from 'vitest'
import { AVAILABLE, BUSY } from './presence.ts'
import { newPoint, type Point } from './presentity.ts'
import { sharePoint } from './share.ts'

function pointAt(at: number, more: Partial<Point> = {}): Point {
  const point = newPoint({ connector: 'pbx', address: '1001', line: '', rank: 0 })
  const read = { state: AVAILABLE, at }
  const native = { state: AVAILABLE, chosen: 'no' as const, outOfOffice: false, since: at }
  Object.assign(point, { base: { state: AVAILABLE, at, by: 'adopted' }, read, native }, more)
  sharePoint(point)
  return point
}

it('lets points hold the same object for the same thing, and only for the same', () => {
  const one = pointAt(1)
  expect(pointAt(1).base).toBe(one.base)
  expect(pointAt(1).read).toBe(one.read)
  expect(pointAt(1).native).toBe(one.native)
  expect(pointAt(2).base).toEqual({ ...one.base, at: 2 })
  expect(pointAt(1, { base: { state: AVAILABLE, at: 1, by: 'native' } }).base?.by).toBe('native')
  expect(pointAt(1, { base: { state: BUSY, at: 1, by: 'adopted' } }).base?.state).toBe(BUSY)
  const away = { state: AVAILABLE, chosen: 'no' as const, outOfOffice: true, since: 1 }
  expect(pointAt(1, { native: away }).native).toBe(away)
})

it('forgets, and goes on right', () => {
  for (let at = 0; at < 20_000; at += 1) expect(pointAt(at).base?.at).toBe(at)
  const last = pointAt(19_999)
  expect(pointAt(19_999).base).toBe(last.base)
})
