import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type HubProcess, runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

let world: World
let hub: HubProcess | undefined
afterEach(async () => {
  await hub?.child.stop()
  await world.stop()
})

/** Longer than anything that a start of the hub waits for before it writes: barrier, settle time, retries. */
const quietMs = 60_000

/** Anna in a phone call, Chiara's phone silenced from Teams, David's Teams silenced from the phone. */
async function openWithWrites() {
  world = await startWorld({ withoutHub: true })
  const data = join(world.data, 'store')
  const file = writeConfigFile(world.data, world.text({ data, port: await findFreePort() }))
  /** In this process and on the lab's clock, so that time can pass quickly. */
  const startHere = async () => {
    await world.restartHub({ data })
    await world.ready()
  }
  const anna = world.person('anna')
  const chiara = world.person('chiara')
  const david = world.person('david')
  hub = await startHubProcess(file)
  await hub.ready()
  world.phone('1001').dial()
  chiara.status(DND)
  world.phone('1004').pressDnd(true)
  await until(
    () => anna.shown() === IN_A_CALL && world.phone('1003').dnd() === 'on' && david.shown() === DND,
    'all to be written',
  )
  return { file, startHere, anna, chiara, david }
}

const counts = () => [teamsWrites(world.lab).length, phoneWrites(world.lab).length]

test('G-02: release of everyone, with the hub stopped, from the ledger alone; nothing is written again after a start', async () => {
  const { file, startHere, anna, chiara, david } = await openWithWrites()
  await hub!.child.kill()
  const { code, output } = await runCommand('release', '--all', '--config', file)
  expect(output).toContain('No hub is running')
  expect(output).toContain('3 taken back, 0 remaining')
  expect(code).toBe(0)
  expect([anna.sessions(), world.phone('1003').dnd(), david.preferred()]).toEqual([0, 'off', undefined])
  expect(output).not.toContain('lab-secret')

  const before = counts()
  await startHere()
  // The call still goes on and both choices still stand: what was taken back is not written again.
  const quiet = [before, FREE, 'off', 'Away/Away']
  await world.pass(quietMs, () =>
    expect([counts(), anna.shown(), world.phone('1003').dnd(), david.shown()]).toEqual(quiet),
  )
  // A new call and a new choice are.
  world.phone('1001').hangup()
  world.phone('1001').dial()
  chiara.status(null)
  await until(() => anna.shown() === IN_A_CALL, 'the next call')
  world.phone('1001').hangup()
  await until(() => anna.shown() === FREE, 'its end')
})

test('G-02: release of one person, then of everyone, with the hub running', async () => {
  const { startHere, anna, david } = await openWithWrites()
  const url = hub!.url
  const one = await runCommand('release', 'chiara@contoso.example', '--url', url)
  expect([one.code, one.output]).toEqual([0, expect.stringContaining('1 taken back, 0 remaining')])
  expect([world.phone('1003').dnd(), anna.shown(), david.shown()]).toEqual(['off', IN_A_CALL, DND])

  const all = await runCommand('release', '--all', '--url', url)
  expect([all.code, all.output]).toEqual([0, expect.stringContaining('2 taken back, 0 remaining')])
  expect([anna.sessions(), david.preferred()]).toEqual([0, undefined])

  const before = counts()
  await hub!.child.stop()
  await startHere()
  await world.pass(quietMs, () =>
    expect([counts(), anna.shown(), world.phone('1003').dnd()]).toEqual([before, FREE, 'off']),
  )
})

test('a stranger, and nobody at all, cannot be released; both are said', async () => {
  const { file } = await openWithWrites()
  const stranger = await runCommand('release', 'nobody@contoso.example', '--url', hub!.url)
  expect(stranger.code).not.toBe(0)
  expect(stranger.output).toContain('nobody@contoso.example')
  const nobody = await runCommand('release', '--config', file)
  expect([nobody.code, nobody.output]).toEqual([64, expect.stringContaining('either a UPN or --all')])
})
