import { expect, test } from 'vitest'
import { allocatorSettings, planRestart, v8Flags } from './memory-settings.ts'

const linux = { platform: 'linux', execArgv: ['--cpu-prof'], env: { HOME: '/root', GONE: undefined } }

test('a process is started anew with what is missing, and with what it had', () => {
  expect(planRestart(linux)).toEqual({
    execArgv: [...v8Flags, '--cpu-prof'],
    env: { HOME: '/root', ...allocatorSettings },
  })
})

test('once: the one that was started has all of it', () => {
  const { execArgv, env } = planRestart(linux)!
  expect(planRestart({ platform: 'linux', execArgv, env })).toBeUndefined()
})

test('what the operator has set stays', () => {
  const set = {
    ...allocatorSettings,
    MALLOC_ARENA_MAX: '4',
    NODE_OPTIONS: '--enable-source-maps --max_semi_space_size=32',
  }
  expect(planRestart({ ...linux, env: set })).toBeUndefined()
  const { MALLOC_TRIM_THRESHOLD_, ...some } = set
  expect(planRestart({ ...linux, env: some })).toEqual({
    execArgv: ['--cpu-prof'],
    env: { ...set, MALLOC_TRIM_THRESHOLD_ },
  })
})

test('elsewhere than on Linux nothing is started anew', () => {
  expect(planRestart({ ...linux, platform: 'darwin' })).toBeUndefined()
})
