import { expect, test } from 'vitest'
import { ConnectorFailure } from '../../core/connector.ts'
import { TokenHolder } from './token-holder.ts'

function holder(lifeMs = 100_000) {
  let [now, asked] = [0, 0]
  let refuse: ConnectorFailure | undefined
  const clock = { wall: () => now, monotonic: () => now, after: () => ({ cancel() {} }) }
  const tokens = new TokenHolder(clock, async () => {
    asked += 1
    if (refuse) throw refuse
    return { value: `token ${asked}`, lifeMs }
  })
  return {
    tokens,
    asked: () => asked,
    pass: (ms: number) => {
      now += ms
    },
    refuse: (failure: ConnectorFailure | undefined) => {
      refuse = failure
    },
  }
}

test('however many ask, one sign-in; renewed at nine tenths of the life', async () => {
  const { tokens, asked, pass } = holder()
  expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual(Array(3).fill('token 1'))
  pass(89_000)
  expect(await tokens.get()).toBe('token 1')
  pass(1_000)
  expect(await tokens.get()).toBe('token 2')
  expect(asked()).toBe(2)
})

test('a token that was good and is refused is replaced; a new one that is refused is not, for a minute', async () => {
  const { tokens, pass } = holder()
  const refused = await tokens.get()
  expect(tokens.discard(refused)).toBe(false)
  pass(60_000)
  expect(tokens.discard(refused)).toBe(true)
  const first = await tokens.get()
  tokens.accepted(first)
  expect(tokens.discard(first)).toBe(true)
  // Nor is there a reason to give up for whoever else was refused in the same moment.
  expect(tokens.discard(first)).toBe(true)
  const second = await tokens.get()
  expect(second).toBe('token 3')
  // Whoever still had the former one tries again with this one.
  expect(tokens.discard(first)).toBe(true)
  expect(await tokens.get()).toBe(second)
})

test('tokens that keep ending early are left alone and told', async () => {
  const { tokens, pass, asked } = holder()
  for (let time = 0; time < 5; time += 1) {
    const value = await tokens.get()
    tokens.accepted(value)
    tokens.discard(value)
  }
  expect(tokens.contested).toBe(true)
  expect(asked()).toBe(4)
  pass(61_000)
  expect(tokens.contested).toBe(false)
})

test('after a failure nobody asks again for a while, longer for a wrong secret', async () => {
  const { tokens, pass, refuse, asked } = holder()
  refuse(new ConnectorFailure('auth-failed', 'wrong'))
  await expect(tokens.get()).rejects.toThrow('wrong')
  pass(59_000)
  await expect(tokens.get()).rejects.toThrow('wrong')
  expect(asked()).toBe(1)
  pass(1_000)
  await expect(tokens.get()).rejects.toThrow('wrong')
  pass(60_000)
  await expect(tokens.get()).rejects.toThrow('wrong')
  expect(asked()).toBe(2)
  refuse(undefined)
  pass(60_000)
  expect(await tokens.get()).toBe('token 3')
})

test('tells when the token ends, and why it could not be renewed', async () => {
  const { tokens, pass, refuse } = holder()
  expect(tokens.inspect()).toEqual({})
  await tokens.get()
  expect(tokens.inspect()).toEqual({ expiresAt: 100_000 })
  refuse(new ConnectorFailure('auth-failed', 'The secret is wrong.'))
  pass(95_000)
  await expect(tokens.get()).rejects.toThrow('The secret is wrong.')
  expect(tokens.inspect()).toEqual({ expiresAt: 100_000, trouble: 'The secret is wrong.' })
})
