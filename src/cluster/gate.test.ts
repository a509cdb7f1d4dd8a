import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

test('near the end of the lease nothing is begun, not even what has waited since before', async () => {
  let left = 10_000
  const gate = createGate(() => left)
  const sent: (AbortSignal | undefined)[] = []
  const send = gate.guard(async (_input, init) => {
    sent.push(init?.signal ?? undefined)
    return new Response('')
  })
  expect(gate.shut).toBeUndefined()
  await gate.pass(() => send('http://target'))
  await send('http://source')
  expect(sent.map((signal) => signal !== undefined)).toEqual([true, false])
  const waiting = Promise.withResolvers<void>()
  const late = gate.pass(async () => {
    await waiting.promise
    return send('http://target')
  })
  left = 3_999
  waiting.resolve()
  await expect(late).rejects.toThrow('cannot be sure')
  expect(gate.shut).toContain('cannot be sure')
  expect(() => gate.writes.check()).toThrow('cannot be sure')
  await send('http://source')
  expect(sent).toHaveLength(3)
})

test('what a write sends over a connection that lasts leaves in time, or the connection ends', async () => {
  let left = 10_000
  const due = new Set<() => void>()
  const gate = createGate(
    () => left,
    (ms, callback) => {
      expect(ms).toBe(3_000)
      due.add(callback)
      return () => due.delete(callback)
    },
  )
  const happened: string[] = []
  const socket = {
    write(text: string) {
      happened.push(text)
      return true
    },
    destroy: (error?: Error) => void happened.push(`ended: ${error?.message}`),
    resetAndDestroy: () => void happened.push('reset'),
  }
  gate.hold(socket)
  socket.write('keepalive')
  await gate.pass(async () => socket.write('answered'))
  expect([...happened, due.size]).toEqual(['keepalive', 'answered', 0])
  const silent = Promise.withResolvers<void>()
  const passing = gate.pass(() => {
    socket.write('unanswered')
    return silent.promise
  })
  for (const callback of due) callback()
  silent.resolve()
  await passing
  left = 3_999
  await gate.pass(async () => socket.write('late'))
  socket.write('a read')
  expect(happened.slice(2)).toEqual(['unanswered', 'reset', expect.stringContaining('ended: '), 'a read'])
})
