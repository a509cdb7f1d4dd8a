import { expect, test } from 'vitest'
import { VirtualClock } from '../../../test/sim/virtual-clock.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { againMs, type NewVersion, type Refusal, VersionFollower } from './version-follower.ts'

const config = { tenants: [] } as unknown as ResolvedConfig
const newVersion = (version: number, parsed: NewVersion['parsed'] = { config }): NewVersion => ({
  ...{ version, parsed, author: 'olga', comment: '' },
})

/** A hub that can be told to refuse, and what is newest in the store. */
function createWorld() {
  const clock = new VirtualClock(1_800_000_000_000)
  const world = { newest: newVersion(1), fault: '', readable: true }
  const applied: number[] = []
  const told: (Refusal | undefined)[] = []
  const follower = new VersionFollower({
    clock,
    log: { error: () => {} },
    apply: async () => {
      if (world.fault) throw new Error(world.fault)
      applied.push(world.newest.version)
    },
    read: async () => {
      if (!world.readable) throw new Error('the server is away')
      return world.newest
    },
    stands: (refusal) => void told.push(refusal),
  })
  const follow = (version: NewVersion) => {
    world.newest = version
    follower.follow(version)
    return follower.attempted
  }
  return { clock, world, applied, told, follower, follow }
}

test('what could not be taken over is told, and tried again until it is in force', async () => {
  const { clock, world, applied, told, follow } = createWorld()
  world.fault = 'no key'
  expect(await follow(newVersion(2))).toBe('no key')
  expect(told).toEqual([{ version: 2, author: 'olga', reason: 'no key' }])
  await clock.advance(againMs)
  expect([applied, told.length]).toEqual([[], 2])
  world.readable = false
  await clock.advance(againMs)
  Object.assign(world, { readable: true, fault: '' })
  await clock.advance(againMs)
  expect([applied, told.at(-1)]).toEqual([[2], undefined])
  await clock.advance(10 * againMs)
  expect(applied).toEqual([2])
})

test('problems of a version are told in words; a newer one, or one made here, ends the trying', async () => {
  const { clock, world, applied, told, follower, follow } = createWorld()
  const problems = [{ path: 'tenants[0].id', message: 'is missing' }]
  expect(await follow(newVersion(3, { problems }))).toBe('tenants[0].id: is missing')
  expect(await follow(newVersion(4))).toBeUndefined()
  await clock.advance(10 * againMs)
  expect([applied, told.at(-1)]).toEqual([[4], undefined])
  await follow(newVersion(5, 'the key "2027" is missing'))
  world.newest = newVersion(6)
  follower.made()
  await clock.advance(10 * againMs)
  expect([applied, told.at(-1), await follower.attempted]).toEqual([[4], undefined, undefined])
})

test('a hub that stops tries nothing again', async () => {
  const { clock, world, applied, follower, follow } = createWorld()
  world.fault = 'no key'
  await follow(newVersion(2))
  follower.stop()
  world.fault = ''
  await clock.advance(10 * againMs)
  expect(applied).toEqual([])
})
