import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { send } from './cluster/browser.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs, type ClusterNode } from './cluster/node.ts'
import { people } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
import { runCommand } from './e2e/hub-process.ts'
import { until } from './support/child.ts'

/** Two hubs whose tenants are in the store they share; nobody has any at first. */
const keysOf = (id: string, key: string) => ({
  HOOKSWITCH_KEYS: JSON.stringify([{ id, env: 'TEST_KEY' }]),
  TEST_KEY: key,
})
const right = keysOf('2026', randomBytes(32).toString('base64'))
/** With which everything is sealed in the end. */
const lastKey = randomBytes(32).toString('base64')
let world: ClusterWorld
let one: ClusterNode
let two: ClusterNode
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'], { isStored: true })
  ;[one, two] = world.nodes as [ClusterNode, ClusterNode]
  for (const node of world.nodes) await node.start(right)
}, 5 * busyMachineMs)
afterAll(() => world?.close())

const [anna] = people as [(typeof people)[number]]
const token = adminToken
const put = (node: ClusterNode, id: string, value: object = world.tenant(id)) =>
  send(node, `/config/tenants/${id}`, { method: 'PUT', body: value, token })
const connectorsOf = (id: string) =>
  (world.tenant(id) as { connectors: Record<string, unknown>[] }).connectors
const read = async (node: ClusterNode) =>
  (await send(node, '/config', { token })).json<{
    version: number
    config: { tenants: { id: string; people: { upn: string }[] }[] }
  }>()
const untilVersion = (node: ClusterNode, version: number) =>
  until(
    async () => (await read(node)).version === version,
    () => `${node.name} to have version ${version}\n${world.output()}`,
    busyMachineMs,
  )
const isHeard = (node: ClusterNode) => async () =>
  (await node.person(anna.upn))?.systems.every(({ synced }) => synced) ?? false

test('a tenant that is added at one hub is taken by the plan, and every hub tells of it', async () => {
  const saved = await put(one, anna.tenant)
  expect(saved.status, saved.text).toBe(200)
  expect(saved.json<{ version: number; warnings: unknown[] }>()).toMatchObject({ version: 1, warnings: [] })
  // Whoever has just begun may not have seen the other one yet.
  await untilVersion(two, 1)
  expect((await put(two, 't2')).json<{ version: number }>().version).toBe(2)
  expect((await read(one)).version).toBe(2)
  await until(
    async () => new Set((await world.owners()).map(({ node }) => node)).size === 2,
    () => `each hub to have a tenant\n${world.output()}`,
    busyMachineMs,
  )
  for (const node of world.nodes)
    await until(isHeard(node), () => `${node.name} to tell of Anna\n${world.output()}`, busyMachineMs)
})

test('changes at two hubs at once are two versions, or one of them is a conflict; none is lost', async () => {
  const { version } = await read(one)
  const both = await Promise.all([put(one, 't3'), put(two, 't4')])
  expect(
    both.map(({ status }) => status),
    both.map(({ text }) => text).join(),
  ).toEqual([200, 200])
  for (const node of world.nodes) await untilVersion(node, version + 2)
  expect((await read(one)).config).toEqual((await read(two)).config)
  expect((await read(one)).config.tenants.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['t1', 't2', 't3', 't4']),
  )
  const ifMatch = async (node: ClusterNode, id: string) => {
    const answer = await fetch(`${node.url}/api/v1/config/tenants/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}`, 'if-match': `"${version + 2}"` },
    })
    return answer.status
  }
  const removed = await Promise.all([ifMatch(one, 't3'), ifMatch(two, 't4')])
  expect(removed.sort()).toEqual([200, 412])
})

test('a change of a tenant at the hub that has it not takes effect at the other', async () => {
  const owner = await world.owner(anna.tenant)
  const other = world.nodes.find((node) => node !== owner)!
  const { people: all, ...tenant } = world.tenant(anna.tenant) as { people: { upn: string }[] }
  const [gone] = all.filter(({ upn }) => upn !== anna.upn)
  const saved = await put(other, anna.tenant, { ...tenant, people: [{ ...all[0] }] })
  expect(saved.status, saved.text).toBe(200)
  await until(
    async () => (await owner.person(gone!.upn)) === undefined,
    () => `${gone!.upn} to be gone\n${world.output()}`,
    busyMachineMs,
  )
  const wrong = await put(one, 't5', { connectors: [{ id: 'x', type: 'nothing' }] })
  expect(wrong.status).toBe(422)
})

test('tenants with the operator’s application in one organisation share its requests, wherever they are', async () => {
  const teams = connectorsOf(anna.tenant).find(({ type }) => type === 'teams')!
  const { type, clientId, clientSecret, graphUrl, loginUrl, entraTenantId } = teams
  const application = { type, clientId, clientSecret, graphUrl, loginUrl }
  const saved = await send(one, '/config/hub/applications', {
    ...{ method: 'PUT', token },
    body: { value: [application] },
  })
  expect(saved.status, saved.text).toBe(200)
  const grant = { account: { organisation: entraTenantId }, at: 1, confirmedBy: 'test', confirmedAt: 1 }
  const ids = ['o1', 'o2', 'o3', 'o4']
  for (const id of ids) {
    // As the link of a consent leaves it, test/system/consent-link.test.ts.
    await world.ask(
      `insert into hookswitch.memory values ('${id}', 'consent/operator', 'state', '${JSON.stringify({ grant })}')`,
    )
    const connectors = [{ id: 'teams', type: 'teams', application: 'operator', requestsPer30s: 600 }]
    const made = await put(one, id, { connectors, people: [], links: [] })
    expect(made.status, made.text).toBe(200)
  }
  const limits = async () => {
    const asked = ids.map(async (id) => {
      const { systems } = (await send(one, `/health?tenant=${id}`, { token })).json<{
        // A hub that is only beginning with the tenant says so instead.
        systems?: { budget?: { limit: number } }[]
      }>()
      return systems?.[0]?.budget?.limit
    })
    const owners = (await world.owners()).filter(({ tenant }) => ids.includes(tenant))
    return { of: await Promise.all(asked), hubs: new Set(owners.map(({ node }) => node)).size }
  }
  let last: Awaited<ReturnType<typeof limits>> | undefined
  await until(
    async () => {
      last = await limits()
      return last.hubs === 2 && last.of.every((limit) => limit === 300)
    },
    () => `half of it at each of two hubs: ${JSON.stringify(last)}\n${world.output()}`,
    busyMachineMs,
  )
  for (const id of ids) await send(one, `/config/tenants/${id}`, { method: 'DELETE', token })
})

test(
  'the command line reads the stored configuration from the database, and has a hub save and take back',
  async () => {
    const { file } = one
    const yaml = (await send(one, '/config', { token })).json<{ yaml: string }>().yaml
    expect(await runCommand('config', 'export', '--config', file)).toMatchObject({ code: 0, output: yaml })
    const missing = await runCommand('config', 'export', '--config', file, '--version', '99')
    expect([missing.code, missing.output]).toEqual([66, expect.stringContaining('There is no version 99')])
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-import-'))
    const copy = join(folder, 'copy.yaml')
    writeFileSync(copy, yaml)
    const saved = await runCommand('config', 'import', copy, '--config', file)
    expect([saved.code, saved.output], saved.output).toEqual([
      0,
      expect.stringContaining('of the configuration is in force'),
    ])
    const released = await runCommand('release', anna.upn, '--config', file)
    expect(released.output).toContain('0 remaining')
    const nobody = join(folder, 'nobody.yaml')
    const { http, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { readonly http: object }
    writeFileSync(nobody, JSON.stringify({ ...rest, http: { ...http, port: 1 } }))
    for (const command of [
      ['config', 'import', copy],
      ['release', '--all'],
    ]) {
      const refused = await runCommand(...command, '--config', nobody)
      expect([refused.code, refused.output]).toEqual([
        69,
        expect.stringContaining('name any of them with --url'),
      ])
    }
    expect(await runCommand('config', 'export', '--config', nobody)).toMatchObject({ code: 0 })
    rmSync(folder, { recursive: true })
  },
  4 * busyMachineMs,
)

test('a hub that cannot take a version over says so where its operators look, and takes it as soon as it can', async () => {
  const bogus = `tenant = '' and scope = 'secrets' and key = 't1/broken@1'`
  await world.ask(`insert into hookswitch.memory values ('', 'secrets', 't1/broken@1', 'hs1:of-nobody:AAAA')`)
  const saved = await put(one, 't8')
  expect(saved.json<{ warnings: { text: string }[] }>().warnings).toMatchObject([
    { text: expect.stringContaining('The hub two did not take this over: ') },
  ])
  const refused = async () =>
    /^hookswitch_configuration_refused\S* (\d)$/m.exec(
      await (await fetch(`${two.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text(),
    )?.[1]
  expect(await refused()).toBe('1')
  await until(
    async () => {
      const { alerts } = (await send(one, '/alerts', { token })).json<{
        alerts: { kind: string; title: string }[]
      }>()
      return alerts.some(({ kind, title }) => kind === 'configuration' && title.includes('The hub two'))
    },
    () => `the alert at the other hub\n${world.output()}`,
    busyMachineMs,
  )
  await world.ask(`delete from hookswitch.memory where ${bogus}`)
  await until(
    async () => (await refused()) === '0',
    () => `two to have it\n${world.output()}`,
    busyMachineMs,
  )
  expect((await send(one, '/config/tenants/t8', { method: 'DELETE', token })).status).toBe(200)
})

test('a hub without the keys of the others, or with another of the same name, is refused in words', async () => {
  const { version } = await read(one)
  await two.child!.stop()
  const wrong = [keysOf('2026', randomBytes(32).toString('base64')), keysOf('2027', right.TEST_KEY), {}]
  for (const env of wrong) {
    await expect(two.start(env)).rejects.toThrow('the same keys')
    expect(await two.child!.ended).toBe(78)
  }
  await two.start(right)
  await untilVersion(two, version)
})

test('keys are changed only when every hub has the new one', async () => {
  const fresh = { NEW_KEY: lastKey, TEST_KEY: right.TEST_KEY }
  const both = {
    ...fresh,
    HOOKSWITCH_KEYS: JSON.stringify([
      { id: '2027', env: 'NEW_KEY' },
      { id: '2026', env: 'TEST_KEY' },
    ]),
  }
  const rotate = (node: ClusterNode) => send(node, '/config/keys/rotate', { method: 'POST', token })
  await one.child!.stop()
  await one.start(both)
  const early = await rotate(one)
  expect(early.status).not.toBe(200)
  expect(early.text).toContain('two did not say to have it')
  await two.child!.stop()
  await two.start(both)
  const done = await rotate(one)
  expect(done.status, done.text).toBe(200)
  expect(done.json<{ key: string }>().key).toBe('2027')
  await two.child!.stop()
  await expect(two.start(right)).rejects.toThrow('the same keys')
  await two.start(both)
  expect((await put(two, 't6')).status).toBe(200)
})

test(
  'with every hub down, release frees the phones from the ledger that they shared, with their keys',
  async () => {
    const phones = async () => (await world.state(anna.upn)).phones.map(({ dnd }) => dnd)
    await until(isHeard(two), () => `Anna to be heard\n${world.output()}`, busyMachineMs)
    await world.pick(anna.upn, 'DoNotDisturb/DoNotDisturb')
    await until(
      async () => (await phones()).includes(true),
      () => `a phone in do not disturb\n${world.output()}`,
      busyMachineMs,
    )
    // What else is wrong with the file stops nothing.
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-release-'))
    const [file, keys, key] = ['hub.yaml', 'keys.json', '2027.key'].map((name) => join(folder, name))
    const { http, ...rest } = JSON.parse(readFileSync(one.file, 'utf8')) as { readonly http: object }
    writeFileSync(file!, JSON.stringify({ ...rest, http: { ...http, port: 'many' } }))
    writeFileSync(key!, lastKey, { mode: 0o600 })
    writeFileSync(keys!, JSON.stringify([{ id: '2027', file: key }]))
    const release = (...more: string[]) => runCommand('release', '--all', '--config', file!, ...more)
    await one.child!.kill()
    const beside = await release('--keys', keys!)
    expect([beside.code, beside.output]).toEqual([
      69,
      expect.stringMatching(/in use by hookswitch two .*--url/),
    ])
    await two.child!.kill()
    const locked = await release()
    expect([locked.code, locked.output]).toEqual([78, expect.stringContaining('the same keys')])
    const done = await release('--keys', keys!)
    expect(done.output).toMatch(/^anna@contoso.example: pbx \d+ dnd: applied$/m)
    expect([done.code, await phones()]).toEqual([0, expect.not.arrayContaining([true])])
    rmSync(folder, { recursive: true })
  },
  4 * busyMachineMs,
)
