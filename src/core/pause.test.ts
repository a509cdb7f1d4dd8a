import { describe, expect, it } from 'vitest'
import type { Pause } from './pause.ts'
import { beginPause, currentPauses, endPause, nextPauseEnd, pausedBefore, pauseOf } from './pause.ts'

const all: Pause = { link: undefined, from: 100, until: 200 }
const one: Pause = { link: 'a to b', from: 100, until: undefined }

describe('a pause', () => {
  it('covers all links, or one', () => {
    expect(pauseOf([all], 'a to b', 150)).toBe(all)
    expect(pauseOf([one], 'a to b', 150)).toBe(one)
    expect(pauseOf([one], 'b to a', 150)).toBeUndefined()
    expect(pauseOf(undefined, 'a to b', 150)).toBeUndefined()
  })

  it('lasts from its beginning until just before its end, or until switched on', () => {
    expect([99, 100, 199, 200].map((now) => pauseOf([all], 'a to b', now) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(pauseOf([one], 'a to b', 1e12)).toBe(one)
    expect(nextPauseEnd([all, one], 150)).toBe(200)
    expect(nextPauseEnd([one], 150)).toBeUndefined()
  })

  it('is prolonged or shortened by the next wish, and keeps its beginning', () => {
    expect(beginPause([all, one], { link: undefined, from: 150, until: 160 })).toEqual([
      one,
      { link: undefined, from: 100, until: 160 },
    ])
    // One that is over is not taken up again.
    expect(beginPause([all], { link: undefined, from: 300, until: 400 })).toEqual([
      { link: undefined, from: 300, until: 400 },
    ])
  })

  it('ends for one link or for everything', () => {
    expect(currentPauses(endPause([all, one], { link: undefined, at: 150 }), 150)).toEqual([])
    const left = endPause([all, one], { link: 'a to b', at: 150 })
    expect(currentPauses(left, 150)).toEqual([all])
  })

  it('a direction that is off stays so, whatever ends the pauses, until it is switched on by name', () => {
    const off: Pause = { link: 'a to b', from: 90, until: undefined, off: true }
    const both = beginPause([off], one)
    expect(both).toEqual([off, one])
    for (const end of [
      { link: undefined, at: 150 },
      { link: 'a to b', at: 150 },
    ]) {
      expect(currentPauses(endPause(both, end), 150)).toEqual([off])
    }
    const on = endPause([off, all], { link: 'a to b', off: true, at: 150 })
    expect(currentPauses(on, 150)).toEqual([all])
    expect(pausedBefore(on, 'a to b', 150)).toBe(150)
  })

  it('stays on record after its end, so that choices from before do not take effect', () => {
    const ended = endPause([all], { link: undefined, at: 150 })
    expect(pausedBefore(ended, 'a to b', 150)).toBe(150)
    expect(pausedBefore([all], 'a to b', 199)).toBeUndefined()
    expect(pausedBefore([all], 'a to b', 200)).toBe(200)
    expect(pausedBefore([{ ...one, until: 120 }, all], 'c to d', 300)).toBe(200)
  })
})
