import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FREE, IN_A_CALL, upnOf } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

/** A hub on SQLite, in a file system so small that it can be filled (tmpfs: needs root). */
const sizeMb = 24
/** On a machine that is busy with other tests. */
const patienceMs = 60_000

let disk: string
let world: World
beforeAll(async () => {
  disk = mkdtempSync(join(tmpdir(), 'hookswitch-full-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'hookswitch', disk])
  if (mounted.status !== 0) throw new Error(`no small file system: ${mounted.stderr}`)
  world = await startWorld({ data: join(disk, 'data') })
})
afterAll(async () => {
  await world?.stop()
  spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

const ballast = () => join(disk, 'ballast')

function fill(): void {
  const file = openSync(ballast(), 'w')
  for (const size of [1_048_576, 4_096]) {
    const block = Buffer.alloc(size, 1)
    try {
      for (;;) if (writeSync(file, block) < size) break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  closeSync(file)
}

const place = (source: number) => ({ key: upnOf('elif'), source: `s${source}`, tenant: undefined })
const say = (source: number) =>
  world.hub().port.putSignal(place(source), { state: 'busy', ttl: 3_600, note: 'x'.repeat(200) })

test('the disk is full: nothing is acknowledged that is not kept, and once there is space everything is right by itself', async () => {
  const anna = world.person('anna')
  const ben = world.person('ben')
  world.phone('1001').dial()
  await until(() => anna.shown() === IN_A_CALL, 'the call to be shown', patienceMs)
  fill()
  // What the store has set aside already may take some more.
  let acknowledged = 0
  let refusal: unknown
  for (; refusal === undefined && acknowledged < 20_000; ) {
    await say(acknowledged).then(
      () => (acknowledged += 1),
      (error: unknown) => (refusal = error),
    )
  }
  expect(String(refusal)).toContain('the disk is full. Free some space')
  world.phone('1001').hangup()
  world.phone('1002').dial()
  await expect(say(acknowledged)).rejects.toThrow('the disk is full')
  // The hub lives and answers.
  expect(world.view('ben').upn).toBe(upnOf('ben'))
  rmSync(ballast())
  await until(
    () => anna.shown() === FREE && ben.shown() === IN_A_CALL,
    () => `both to be shown as they are\n${world.log.slice(-20).join('')}`,
    patienceMs,
  )
  await world.restartHub()
  await world.ready()
  const lost: number[] = []
  for (let source = 0; source < acknowledged; source += 1)
    if (!(await world.hub().port.deleteSignal(place(source)))) lost.push(source)
  expect(lost).toEqual([])
  world.phone('1002').hangup()
  await until(() => ben.shown() === FREE, 'the end of the call', patienceMs)
})
