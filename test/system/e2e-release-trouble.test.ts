import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { type HubProcess, runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { DND, IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'

let world: World
let hub: HubProcess | undefined
afterEach(async () => {
  await hub?.child.kill()
  await world.stop()
})

test('G-02: with the hub stopped and Graph down, release still frees the phones and says what is left', async () => {
  world = await startWorld({ withoutHub: true })
  const file = writeConfigFile(world.data, world.text({ data: './store', port: await findFreePort() }))
  hub = await startHubProcess(file)
  await hub.ready()
  world.phone('1001').dial()
  world.person('chiara').status(DND)
  await until(
    () => world.person('anna').shown() === IN_A_CALL && world.phone('1003').dnd() === 'on',
    'both to be written',
  )
  await hub.child.kill()
  world.lab.faults.add({ target: 'graph', kind: 'status', status: 503 })
  const down = await runCommand('release', '--all', '--config', file)
  expect(down.output).toContain('1 taken back, 1 remaining')
  expect(down.code).toBe(1)
  expect([world.phone('1003').dnd(), world.person('anna').sessions()]).toEqual(['off', 1])
  world.lab.faults.clear()
  const up = await runCommand('release', '--all', '--config', file)
  expect([up.code, up.output]).toEqual([0, expect.stringContaining('1 taken back, 0 remaining')])
  expect(world.person('anna').sessions()).toBe(0)
})

test('G-02: rows that cannot be read keep the hub from starting; release frees their phones all the same', async () => {
  world = await startWorld({ withoutHub: true })
  const file = writeConfigFile(world.data, world.text({ data: './store', port: await findFreePort() }))
  hub = await startHubProcess(file)
  await hub.ready()
  world.person('chiara').status(DND)
  await until(() => world.phone('1003').dnd() === 'on', 'the phone to be silent')
  await hub.child.kill()
  const database = new Database(join(world.data, 'store', 'hookswitch.db'))
  database.exec(`update ledger set body = '{' || body where is_open = 1`)
  database.exec(`update presentity set body = '{' || body where id like 'chiara%'`)
  database.close()
  const refused = await runCommand('serve', '--config', file)
  expect(refused.output).toMatch(/Row chiara\S+ of tenant contoso in the table presentity cannot be read/)
  const released = await runCommand('release', '--all', '--config', file)
  expect([released.code, released.output]).toEqual([0, expect.stringContaining('1 taken back, 0 remaining')])
  expect(world.phone('1003').dnd()).toBe('off')
  const forget = new Database(join(world.data, 'store', 'hookswitch.db'))
  forget.exec(`delete from presentity where id like 'chiara%'`)
  forget.close()
  world.person('chiara').status(null)
  hub = await startHubProcess(file)
  await hub.ready()
})
