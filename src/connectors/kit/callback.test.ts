import { expect, test } from 'vitest'
import { inMemory } from '../../../test/contract/context.ts'
import { callbackSecret, canDeliver, knowsSecret } from './callback.ts'

test('a hub on loopback is reached from a system on loopback only', () => {
  expect(canDeliver('http://127.0.0.1:1/hooks', 'https://pbx.example')).toBe(false)
  expect(canDeliver('http://127.0.0.1:1/hooks', 'http://127.0.0.1:2')).toBe(true)
  expect(canDeliver('https://hub.example/hooks', 'https://pbx.example')).toBe(true)
})

test('a delivery proves itself by the end of its path', () => {
  expect(knowsSecret({ path: 'secret/' }, 'secret')).toBe(true)
  expect(knowsSecret({ path: 'secreT' }, 'secret')).toBe(false)
  expect(knowsSecret({ path: '' }, 'secret')).toBe(false)
})

test('the secret is made once and long', async () => {
  const memory = inMemory()
  const secret = await callbackSecret({ memory })
  expect(secret.length).toBeGreaterThanOrEqual(32)
  expect(await callbackSecret({ memory })).toBe(secret)
  await memory.set('webhookSecret', 'short')
  expect(await callbackSecret({ memory })).not.toBe('short')
})
