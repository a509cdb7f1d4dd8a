// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written in the file
import { rmSync } from 'node:fs'
import { join } from 'node:path'
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

interface Written {
  http: Record<string, unknown>
  store: Record<string, unknown>
  tenants: {
    connectors: Record<string, unknown>[]
    people: unknown
    links: unknown
    preset?: string
  }[]
}

/** Anna's Teams shows a call, Chiara's phone is silenced. */
async function startWithWrites(http: Record<string, unknown>) {
  world = await startWorld({ withoutHub: true })
  const written = JSON.parse(world.text({ data: './store' })) as Written
  written.http = { ...written.http, ...http }
  const write = (change?: (config: Written) => void) => {
    const copy = structuredClone(written)
    change?.(copy)
    return writeConfigFile(world.data, JSON.stringify(copy, null, 1))
  }
  hub = await startHubProcess(write())
  await hub.ready()
  world.phone('1001').dial()
  world.person('chiara').status(DND)
  await until(
    () => world.person('anna').shown() === IN_A_CALL && world.phone('1003').dnd() === 'on',
    () => `both to be written\n${hub!.child.output()}`,
  )
  return write
}

const release = (file: string, ...more: string[]) => runCommand('release', '--all', '--config', file, ...more)

test('G-02: with a secret missing and the rest of the file wrong, release frees the phone and names the connector it cannot use', async () => {
  const write = await startWithWrites({ port: await findFreePort() })
  await hub!.child.kill()
  const broken = write(({ http, tenants: [tenant] }) => {
    http.port = 'many'
    http.tokens = [{ name: 'ops', token: '${env:NO_SUCH_TOKEN}' }]
    tenant!.preset = 'no-such-preset'
    tenant!.people = [{ upn: 5 }]
    tenant!.links = [{ from: 'nowhere', to: 'pbx', table: 3 }]
    tenant!.connectors[0]!.clientSecret = '${env:NO_SUCH_SECRET}'
    tenant!.connectors.push({ id: 'lamps', type: 'sip', password: '${env:NO_SUCH_PASSWORD}' })
  })
  const first = await release(broken)
  expect(first.output).toContain('1 taken back, 1 remaining')
  expect(first.output).toMatch(
    /Nothing can be taken back at teams:\n.*clientSecret refers to .*NO_SUCH_SECRET.*Set NO_SUCH_SECRET/,
  )
  expect(first.output).toMatch(
    /^anna@contoso.example: teams .*: failed: the configuration of teams cannot be used$/m,
  )
  for (const place of ['http.port', 'tenants[0].preset', 'tenants[0].people[0].upn', 'NO_SUCH_PASSWORD']) {
    expect(first.output).toContain(place)
  }
  expect([first.code, world.phone('1003').dnd(), world.person('anna').sessions()]).toEqual([1, 'off', 1])

  const second = await release(write())
  expect([second.code, second.output]).toEqual([0, expect.stringContaining('1 taken back, 0 remaining')])
  expect(world.person('anna').sessions()).toBe(0)
})

test('G-02: with the hub running where the file does not tell its port, release says how to ask it', async () => {
  const write = await startWithWrites({ port: 0 })
  const lost = await release(write())
  expect(lost.code).toBe(69)
  expect(lost.output).toMatch(
    /does not tell the port.*A hub is running \(process \d+ .*--url http:.*or stop it/,
  )
  expect(world.phone('1003').dnd()).toBe('on')
  const asked = await release(write(), '--url', hub!.url)
  expect([asked.code, asked.output]).toEqual([0, expect.stringContaining('2 taken back, 0 remaining')])
  expect(world.phone('1003').dnd()).toBe('off')
})

test('G-02: with the hub running, who may not read its data directory is told what is needed; with the hub stopped no token is', async () => {
  const write = await startWithWrites({ port: await findFreePort() })
  await hub!.child.kill()
  const token = { name: 'ops', token: 'ops-token-of-the-test', scopes: ['admin'] }
  const file = write(({ http }) => Object.assign(http, { tokens: [token] }))
  hub = await startHubProcess(file)
  rmSync(join(world.data, 'store', 'command-token'))
  const refused = await release(file)
  expect(refused.code).toBe(77)
  expect(refused.output).toMatch(/HOOKSWITCH_TOKEN.*A hub is running.*scope admin/)
  await hub!.child.kill()
  const freed = await release(file)
  expect([freed.code, freed.output]).toEqual([0, expect.stringContaining('2 taken back, 0 remaining')])
})

test('G-02: a wrong place of the data, and a stranger, are said and are no success', async () => {
  const write = await startWithWrites({ port: await findFreePort() })
  await hub!.child.kill()
  const astray = await release(write(({ store }) => Object.assign(store, { path: './elsewhere' })))
  expect([astray.code, astray.output]).toEqual([
    73,
    expect.stringMatching(/no ledger in .*elsewhere.*store\.path/),
  ])
  const stranger = await runCommand('release', 'nobody@contoso.example', '--config', write())
  expect([stranger.code, stranger.output]).toEqual([66, expect.stringContaining('nobody@contoso.example')])
})
