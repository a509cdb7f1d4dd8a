import { expect, test } from 'vitest'
import type { Clock } from '../../core/ports.ts'
import { createBackoff, KeptLine, type Line } from './reconnect.ts'

/** Stands still until it is moved. */
function stepClock(): Clock & { advance(milliseconds: number): void } {
  const waiting = new Map<() => void, number>()
  let now = 0
  return {
    wall: () => now,
    monotonic: () => now,
    after(delayMs, callback) {
      waiting.set(callback, now + delayMs)
      return { cancel: () => void waiting.delete(callback) }
    },
    advance(milliseconds) {
      now += milliseconds
      for (const [callback, due] of [...waiting]) {
        if (due <= now && waiting.delete(callback)) callback()
      }
    },
  }
}

function openable() {
  const lines: { end(reason: string): void; closed: boolean }[] = []
  const failures: unknown[] = []
  const lost: string[] = []
  let refuse: Error | undefined
  const clock = stepClock()
  const backoff = createBackoff({ firstMs: 1000, ceilingMs: 8000, random: () => 1 })
  const kept = new KeptLine({
    clock,
    backoff,
    async open() {
      if (refuse) throw refuse
      let end: (reason: string) => void = () => {}
      const closed = new Promise<string>((resolve) => {
        end = resolve
      })
      const entry = { end, closed: false }
      lines.push(entry)
      const line: Line = {
        closed,
        close() {
          entry.closed = true
          end('closed by us')
        },
      }
      return line
    },
    lost: (reason) => void lost.push(reason),
    failed(error) {
      failures.push(error)
      return undefined
    },
  })
  const setRefusal = (error?: Error) => {
    refuse = error
  }
  return { kept, clock, lines, lost, failures, refuse: setRefusal }
}

/** Lets every promise that is ready run. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('waits grow to the ceiling, are jittered by half, and start over', () => {
  const random = [0, 1, 0.5, 1, 1]
  const backoff = createBackoff({ firstMs: 1000, ceilingMs: 4000, random: () => random.shift() ?? 1 })
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([500, 2000, 3000, 4000])
  backoff.reset()
  expect(backoff.next()).toBe(1000)
})

test('a failed first attempt is thrown and not repeated', async () => {
  const { kept, clock, lines, refuse } = openable()
  refuse(new Error('no route'))
  await expect(kept.start()).rejects.toThrow('no route')
  clock.advance(60_000)
  await turn()
  expect(lines).toHaveLength(0)
})

test('a lost line is reopened, with growing waits while attempts fail', async () => {
  const { kept, clock, lines, lost, failures, refuse } = openable()
  await kept.start()
  refuse(new Error('refused'))
  lines[0]?.end('reset by peer')
  await turn()
  expect(lost).toEqual(['reset by peer'])
  clock.advance(1000)
  await turn()
  expect(failures).toHaveLength(1)
  clock.advance(1999)
  await turn()
  expect(failures).toHaveLength(1)
  clock.advance(1)
  await turn()
  expect(failures).toHaveLength(2)
  refuse()
  clock.advance(4000)
  await turn()
  expect(lines).toHaveLength(2)
  lines[1]?.end('again')
  await turn()
  clock.advance(1000)
  await turn()
  expect(lines).toHaveLength(3)
  await kept.stop()
})

test('stop closes the line and leaves no timer', async () => {
  const { kept, clock, lines, lost } = openable()
  await kept.start()
  await kept.stop()
  await kept.stop()
  expect(lines[0]?.closed).toBe(true)
  await turn()
  clock.advance(60_000)
  await turn()
  expect(lines).toHaveLength(1)
  expect(lost).toEqual([])
})
