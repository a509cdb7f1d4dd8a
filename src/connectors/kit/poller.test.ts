import { expect, test } from 'vitest'
import { Poller } from './poller.ts'

function poller() {
  let due: (() => void) | undefined
  let end: (() => void) | undefined
  let rounds = 0
  const clock = {
    wall: () => 0,
    monotonic: () => 0,
    after: (_ms: number, callback: () => void) => {
      due = callback
      return {
        cancel: () => {
          due = undefined
        },
      }
    },
  }
  const made = new Poller(clock, {
    intervalMs: () => 1000,
    round() {
      rounds += 1
      return new Promise<void>((resolve) => {
        end = resolve
      })
    },
  })
  const finish = async () => {
    end?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { made, finish, rounds: () => rounds, due: () => due?.(), waits: () => due !== undefined }
}

test('rounds one at a time, by the interval or when asked', async () => {
  const { made, finish, rounds, due, waits } = poller()
  made.start()
  expect(rounds()).toBe(0)
  due()
  expect(rounds()).toBe(1)
  made.poke()
  made.poke()
  expect(rounds()).toBe(1)
  await finish()
  expect(rounds()).toBe(2)
  await finish()
  expect(waits()).toBe(true)
  made.poke()
  expect(rounds()).toBe(3)
  const stopped = made.stop()
  made.poke()
  await finish()
  await stopped
  expect(rounds()).toBe(3)
  expect(waits()).toBe(false)
})
