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
  await send('http://source')
  expect(sent).toHaveLength(3)
})
