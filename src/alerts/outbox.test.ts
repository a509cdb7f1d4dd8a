import { describe, expect, it } from 'vitest'
import type { Clock, Log } from '../core/ports.ts'
import type { Message } from './message.ts'
import { Outbox } from './outbox.ts'

const quiet = () => {}
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }

const message = (id: string, at = 0): Message => ({ id, at, digest: false, raised: [], cleared: [] })

/** One timer at a time, and a wall clock that it moves. */
function createTime() {
  let now = 0
  let next: { at: number; callback: () => void } | undefined
  const clock: Clock = {
    wall: () => now,
    monotonic: () => now,
    after(delayMs, callback) {
      next = { at: now + delayMs, callback }
      return { cancel: () => (next = undefined) }
    },
  }
  return {
    clock,
    /** Fires the waiting timer; answers how long it was. */
    async fire(): Promise<number | undefined> {
      const due = next
      if (!due) return undefined
      const waited = due.at - now
      now = due.at
      next = undefined
      due.callback()
      await settle()
      return waited
    },
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

function createChannel(answers: readonly ('ok' | 'no')[]) {
  const sent: string[] = []
  let attempts = 0
  return {
    sent,
    attempts: () => attempts,
    channel: {
      name: 'test',
      send: async ({ id }: Message) => {
        const answer = answers[attempts++] ?? 'ok'
        if (answer === 'no') throw new Error('not now')
        sent.push(id)
      },
      close: quiet,
    },
  }
}

describe('what waits to be told', () => {
  it('goes at once, in order', async () => {
    const { clock } = createTime()
    const { channel, sent } = createChannel([])
    const outbox = new Outbox(channel, { clock, log, changed: quiet })
    outbox.put(message('a'), message('b'))
    outbox.put(message('c'))
    await settle()
    expect(sent).toEqual(['a', 'b', 'c'])
    expect(outbox.view()).toEqual({ name: 'test', waiting: 0, sentAt: 0 })
  })

  it('is tried again after waits that double, and keeps its order', async () => {
    const time = createTime()
    const { channel, sent } = createChannel(['no', 'no', 'no'])
    const outbox = new Outbox(channel, { clock: time.clock, log, changed: quiet })
    outbox.put(message('a'))
    await settle()
    outbox.put(message('b'))
    expect(outbox.view()).toEqual({ name: 'test', waiting: 2, trouble: 'not now' })
    expect([await time.fire(), await time.fire(), await time.fire()]).toEqual([5000, 10_000, 20_000])
    expect(sent).toEqual(['a', 'b'])
    expect(outbox.view().trouble).toBeUndefined()
  })

  it('is given up after a day', async () => {
    const time = createTime()
    const { channel, sent } = createChannel(new Array(200).fill('no'))
    const outbox = new Outbox(channel, { clock: time.clock, log, changed: quiet })
    outbox.put(message('a'))
    await settle()
    const waits: number[] = []
    while (outbox.waiting.length > 0) waits.push((await time.fire()) ?? 0)
    expect(Math.max(...waits)).toBe(15 * 60_000)
    expect(time.clock.wall()).toBeGreaterThan(24 * 60 * 60_000)
    expect(sent).toEqual([])
  })

  it('stays for the next start when the hub stops', async () => {
    const time = createTime()
    const { channel } = createChannel(['no'])
    const outbox = new Outbox(channel, { clock: time.clock, log, changed: quiet })
    outbox.put(message('a'))
    await outbox.stop()
    expect(outbox.waiting.map(({ id }) => id)).toEqual(['a'])
    expect(await time.fire()).toBeUndefined()
  })
})
