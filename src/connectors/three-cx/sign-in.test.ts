import { expect, test } from 'vitest'
import { readLife } from './sign-in.ts'

test.each([
  [60, 50 * 60_000],
  [3600, 50 * 60_000],
  [600, 600_000],
  [5, 5 * 60_000],
  [86_400, 50 * 60_000],
  [0, 50 * 60_000],
  ['soon', 50 * 60_000],
  [undefined, 50 * 60_000],
])('expires_in %s, seconds or minutes, is %i ms', (given, life) => expect(readLife(given)).toBe(life))
