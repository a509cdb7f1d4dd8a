import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/observe/clock.ts'
import { directoryOwner } from '../../src/store/sqlite/directory-lock.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { makeSqlitePlace, type SqlitePlace } from '../contract/sqlite-place.ts'
import { startScript, startWriter } from './store-child.ts'

let place: SqlitePlace
beforeEach(async () => {
  place = await makeSqlitePlace()
})
afterEach(() => place.remove())

test('a second process is refused with the path and the pid, and kill -9 frees the directory', async () => {
  const writer = startWriter(place.place)
  await writer.lines(1)
  try {
    expect(directoryOwner(place.path)).toMatchObject({ pid: writer.pid })
    await expect(place.open()).rejects.toMatchObject({
      kind: 'in-use',
      message: expect.stringMatching(
        new RegExp(`${place.path} is in use by process ${writer.pid} on .*Stop it`),
      ),
    })
    // The refused one has not disturbed it.
    await writer.lines(writer.output().split('\n').length + 10)
  } finally {
    await writer.kill()
  }
  expect(writer.errors()).toBe('')
  expect(directoryOwner(place.path)).toBeUndefined()
  const store = await place.open()
  expect(directoryOwner(place.path)).toMatchObject({ pid: process.pid })
  await store.close()
  expect(directoryOwner(place.path)).toBeUndefined()
})

test('looking who owns the directory, or trying to open it again, does not lose the lock', async () => {
  const store = await place.open()
  expect(directoryOwner(place.path)).toMatchObject({ pid: process.pid })
  await expect(place.open()).rejects.toThrow(/in use/)
  expect(directoryOwner(place.path)).toMatchObject({ pid: process.pid })
  const second = startWriter(place.place)
  expect(await second.ended()).not.toBe(0)
  expect(second.output()).toBe('')
  expect(second.errors()).toContain(`in use by process ${process.pid}`)
  await store.close()
})

test('a missing or damaged note of the owner changes the words only', async () => {
  const store = await place.open()
  for (const note of ['{"pid":', 'null', '{"pid":"x"}']) {
    writeFileSync(join(place.path, 'owner.json'), note)
    await expect(place.open()).rejects.toThrow(/in use by another process/)
  }
  rmSync(join(place.path, 'owner.json'))
  expect(directoryOwner(place.path)).toMatchObject({ pid: 0 })
  await store.close()
})

test('a directory that is not there is not in use, and is made for its owner only, with the data in it', async () => {
  await place.remove()
  expect(directoryOwner(place.path)).toBeUndefined()
  expect(existsSync(place.path)).toBe(false)
  const store = await place.open()
  expect(statSync(place.path).mode & 0o777).toBe(0o700)
  const files = readdirSync(place.path).filter((file) => file.startsWith('hookswitch.db'))
  expect(files).toContain('hookswitch.db')
  for (const file of files) expect(statSync(join(place.path, file)).mode & 0o077, file).toBe(0)
  await store.close()
})

test('a path that leads through a file is refused with what to do', async () => {
  await place.remove()
  writeFileSync(place.path, '')
  await expect(place.open()).rejects.toThrow(/store\.path/)
})

test.runIf(process.platform === 'linux')(
  'a place where nothing can be made is refused with what to do, and does not hang',
  async () => {
    const store = openSqliteStore({ path: '/proc/hookswitch/data', clock: systemClock({ unref: true }) })
    await expect(store).rejects.toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(
        /^\/proc\/hookswitch\/data: .*could not be made. Correct store\.path.*ENOENT/,
      ),
    })
  },
)

test('directories above it are made too', async () => {
  const path = join(place.path, 'a', 'b')
  const store = await openSqliteStore({ path, clock: systemClock({ unref: true }) })
  expect([statSync(join(place.path, 'a')).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o700])
  await store.close()
})

test('a store that has nothing to do does not keep its process alive', async () => {
  const url = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)
  const child = startScript(`
    import { openSqliteStore } from ${url('store/sqlite/open.ts')}
    import { systemClock } from ${url('observe/clock.ts')}
    const store = await openSqliteStore({ path: ${JSON.stringify(place.path)}, clock: systemClock({ unref: true }) })
    await store.commit([{ put: 'presentity', tenant: 't', id: 'a', body: '1' }], 'full')
    console.log('done')`)
  expect(await child.ended()).toBe(0)
  expect(child.output()).toBe('done\n')
  const store = await place.open()
  expect(await Array.fromAsync(store.presentities())).toEqual([{ tenant: 't', id: 'a', body: '1' }])
  await store.close()
})
