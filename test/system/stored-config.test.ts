// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how references are written
import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PersonView } from '../../src/core/view.ts'
import { DND, IN_A_CALL } from './e2e/lab-people.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { isHeard, startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

interface Written {
  readonly connectors: Record<string, unknown>[]
  readonly people: Record<string, unknown>[]
  readonly links: Record<string, unknown>[]
}

const busyMachineMs = 60_000
let world: World
let hub: StoredHub
let tenant: Written
/** Values that must be nowhere but in the hub's memory. */
let secrets: readonly string[]

beforeEach(async () => {
  world = await startWorld({ withoutHub: true })
  tenant = (parse(world.text()) as { tenants: Written[] }).tenants[0]!
  const settingOf = (name: string) =>
    tenant.connectors.map((connector) => connector[name]).find((value) => value !== undefined)
  secrets = [String(settingOf('clientSecret')), String(settingOf('secret'))]
  hub = new StoredHub()
  await hub.start()
})
afterEach(async () => {
  await hub.close()
  await world.stop()
})

async function expectCall(): Promise<void> {
  const anna = world.person('anna')
  const phone = world.phone('1001')
  const idle = anna.shown()
  phone.dial('+4930123')
  await until(() => anna.shown() === IN_A_CALL, 'the call in Teams', busyMachineMs)
  phone.hangup()
  await until(() => anna.shown() === idle, 'the end of the call in Teams', busyMachineMs)
}

/** Tenant, systems, people and links, one after the other, as a portal does. */
async function setUp(): Promise<void> {
  expect((await hub.send('PUT', '/config/tenants/contoso', {})).status).toBe(200)
  for (const { id, ...connector } of tenant.connectors) {
    const path = `/config/tenants/contoso/connectors/${String(id)}`
    expect(await hub.send('PUT', `${path}?comment=first`, connector)).toMatchObject({ status: 200 })
  }
  for (const { upn, ...person } of tenant.people) {
    const path = `/config/tenants/contoso/people/${encodeURIComponent(String(upn))}`
    expect(await hub.send('PUT', path, person)).toMatchObject({ status: 200 })
  }
  for (const { from, to, ...link } of tenant.links) {
    const path = `/config/tenants/contoso/links/${String(from)}/${String(to)}`
    expect(await hub.send('PUT', path, link)).toMatchObject({ status: 200 })
  }
}

test('a tenant that is set up through the API alone gets its first call to Teams, also after a restart; its secrets are nowhere in clear', async () => {
  expect((await hub.send('GET', '/config')).json()).toMatchObject({
    ...{ source: 'stored', version: 0, yaml: 'tenants: []\n' },
  })
  await setUp()
  await expectCall()
  const read = await hub.send('GET', '/config')
  expect(read.text).toContain('${secret:connectors/teams/clientSecret/')
  const answers = [
    read,
    await hub.send('GET', '/config/versions'),
    await hub.send('GET', '/config/versions/3'),
  ]
  expect(statSync(join(hub.data, 'secret.key')).mode & 0o777).toBe(0o600)
  const exported = await hub.run('config', 'export')
  expect(exported).toMatchObject({ code: 0, output: (read.json() as { yaml: string }).yaml })
  await hub.stop()
  const before = hub.stored()
  await hub.start()
  expect((await hub.send('GET', '/config')).text).toBe(read.text)
  await expectCall()
  await hub.stop()
  const seen = [before, hub.stored(), hub.said, ...answers.map(({ text }) => text)].join('\n')
  expect(seen).toContain('hs1:file-')
  for (const secret of secrets) expect(seen).not.toContain(secret)
}, 400_000)

test('release finds the stored configuration: the running hub does it, and with the hub stopped the ledger', async () => {
  await setUp()
  const heard = async () => {
    const { people } = (await hub.send('GET', '/people')).json() as { people: PersonView[] }
    return people.length === tenant.people.length && people.every(isHeard)
  }
  await until(heard, 'everyone to be heard', busyMachineMs)
  const setDnd = async (name: string, extension: string) => {
    const phone = world.phone(extension)
    world.person(name).status(DND)
    await until(() => phone.dnd() === 'on', 'do not disturb at the phone', busyMachineMs)
    return () => until(() => phone.dnd() === 'off', 'the phone to ring again', busyMachineMs)
  }
  const annaRings = await setDnd('anna', '1001')
  expect((await hub.run('explain', 'anna@contoso.example')).output).toContain('pbx 1001 dnd')
  expect((await hub.run('release', '--all')).output).toContain('0 remaining')
  await annaRings()
  const benRings = await setDnd('ben', '1002')
  await hub.stop()
  const released = await hub.run('release', '--all')
  expect(released).toMatchObject({ code: 0 })
  expect(released.output).toContain('releasing from the ledger')
  await benRings()
}, 400_000)

test('what is not right changes nothing and is told whole; a version made meanwhile is not overwritten; a rollback brings back the secrets too', async () => {
  const whole = { config: { tenants: [{ id: 'contoso', ...tenant, links: [] }] }, comment: 'all at once' }
  const unnamed = await hub.send('PUT', '/config', whole)
  expect(unnamed.status).toBe(428)
  const first = await hub.send('PUT', '/config', whole, { 'if-match': '"0"' })
  expect(first.json()).toEqual({
    version: 1,
    added: ['contoso'],
    changed: [],
    removed: [],
    afterRestart: [],
    warnings: [],
  })
  expect((await hub.send('PUT', '/config', whole, { 'if-match': '"0"' })).status).toBe(412)

  const path = '/config/tenants/contoso/connectors/pbx'
  const wrong = await hub.send('PUT', path, { type: 'asterisk', hots: 'x', port: 'many' })
  expect(wrong.status).toBe(422)
  const { errors } = wrong.json() as { errors: { path: string; fix?: string }[] }
  expect(errors.map((error) => error.path)).toContain('tenants[0].connectors[1].hots')
  expect(errors.length).toBeGreaterThan(1)
  for (const reference of ['${file:/etc/hostname}', '${env:PATH}', '${secret:connectors/teams/none/1}'])
    expect((await hub.send('PUT', path, { ...pbx(), host: reference })).status).toBe(422)
  expect((await hub.send('GET', '/config')).etag).toBe('"1"')

  const { secret: _, ...withoutSecret } = pbx()
  expect((await hub.send('PUT', path, { ...withoutSecret, sweepSeconds: 50 })).json()).toMatchObject({
    version: 2,
  })
  const changed = await hub.send('PUT', path, { ...pbx(), secret: 'another-secret-value' })
  expect(changed.json()).toMatchObject({ version: 3, changed: ['contoso'] })
  const failing = await hub.send('POST', `${path}/check`, withoutSecret)
  expect(failing.text).toContain('"level":"error"')
  const back = await hub.send('POST', '/config/rollback', { version: 2, comment: 'it was right' })
  expect(back.json()).toMatchObject({ version: 4, changed: ['contoso'] })
  const { findings } = (await hub.send('POST', `${path}/check`, withoutSecret)).json() as {
    findings: { level: string }[]
  }
  expect(findings.filter(({ level }) => level === 'error')).toEqual([])
  const { versions } = (await hub.send('GET', '/config/versions')).json() as {
    versions: { version: number; comment: string; author: string }[]
  }
  expect(versions.map(({ version, comment }) => [version, comment])).toEqual([
    [4, 'Back to version 2: it was right'],
    [3, ''],
    [2, ''],
    [1, 'all at once'],
  ])
  const audit = await hub.send('GET', '/audit?tenant=contoso')
  expect(audit.text).toContain('config.rollback')
  expect((await hub.send('DELETE', path)).status).toBe(422)
  expect((await hub.send('DELETE', '/config/tenants/contoso')).json()).toMatchObject({ removed: ['contoso'] })
  expect((await hub.send('DELETE', path)).status).toBe(404)
}, 400_000)

test('what the links leave out is told when a configuration is checked and when it is saved, and hinders nothing', async () => {
  const lamps = {
    ...{ id: 'lamps', type: 'sip', server: world.lab.addresses.sip, transport: 'tcp', domain: 'lab.example' },
    ...{ username: 'hookswitch', password: 'lab-password', extensionsOf: 'none' },
  }
  const links = [
    { from: 'lamps', to: 'pbx' },
    { from: 'pbx', to: 'teams' },
  ]
  const connectors = [...tenant.connectors, lamps]
  const config = { tenants: [{ id: 'contoso', ...tenant, connectors, links }] }
  const warnings = [
    {
      tenant: 'contoso',
      text: expect.stringContaining('teams does not show what lamps says: there is a way by pbx'),
      fix: expect.stringContaining('from: lamps'),
    },
  ]
  expect((await hub.send('POST', '/config/check', { config })).json()).toEqual({ problems: [], warnings })
  const wrong = { tenants: [{ id: 'contoso', connectors: 7, links }] }
  const { problems, warnings: none } = (
    await hub.send('POST', '/config/check', { config: wrong })
  ).json() as {
    problems: { path: string }[]
    warnings: unknown[]
  }
  expect(problems.map(({ path }) => path)).toContain('tenants[0].connectors')
  expect(none).toEqual([])
  const saved = await hub.send('PUT', '/config', { config }, { 'if-match': '*' })
  expect(saved.json()).toMatchObject({ version: 1, warnings })
  const link = await hub.send('PUT', '/config/tenants/contoso/links/lamps/teams', { observeOnly: true })
  expect(link.json()).toMatchObject({ version: 2, warnings: [] })
}, 400_000)

const pbx = () => {
  const { id: _, ...settings } = tenant.connectors.find(({ id }) => id === 'pbx')!
  return settings
}

test('a connector can be tried before it is saved, and leaves nothing behind', async () => {
  await hub.send('PUT', '/config/tenants/contoso', {})
  const path = '/config/tenants/contoso/connectors/pbx/check'
  const right = (await hub.send('POST', path, pbx())).json() as { findings: { level: string }[] }
  expect(right.findings.length).toBeGreaterThan(0)
  expect(right.findings.filter(({ level }) => level === 'error')).toEqual([])
  const wrong = await hub.send('POST', path, { ...pbx(), secret: 'not-the-password' })
  expect(wrong.text).toContain('"level":"error"')
  expect(wrong.text).not.toContain('not-the-password')
  expect((await hub.send('POST', '/config/tenants/nobody/connectors/pbx/check', pbx())).status).toBe(404)
  expect((await hub.send('GET', '/config')).json()).toMatchObject({
    version: 1,
    config: { tenants: [{ id: 'contoso' }] },
  })
  expect((await hub.send('GET', '/config/schema')).text).toContain('"secret":true')
}, 400_000)

test('keys: rotation in a running and in a stopped hub; a missing key is told by its id, and nothing is lost', async () => {
  await setUp()
  await hub.stop()
  const [first, second] = [join(hub.folder, 'first.key'), join(hub.folder, 'second.key')]
  const list = join(hub.folder, 'keys.json')
  const write = (...ids: readonly string[]) =>
    writeFileSync(list, JSON.stringify(ids.map((id) => ({ id, file: join(hub.folder, `${id}.key`) }))))
  for (const file of [first, second]) {
    const made = await hub.generate(file)
    expect(made.code).toBe(0)
  }
  write('first')
  const stopped = await hub.run('keys', 'rotate', '--keys', list)
  expect(stopped.output).toMatch(/2 secrets were sealed again. Now: 2 under "first"/)
  const own = join(hub.data, 'secret.key')
  copyFileSync(own, join(hub.folder, 'kept.key'))
  rmSync(own)

  await hub.start('--keys', list)
  write('second', 'first')
  const running = await hub.run('keys', 'rotate')
  expect(running).toMatchObject({ code: 0 })
  expect(running.output).toContain('Now: 2 under "second"')
  await hub.stop()
  expect(existsSync(own)).toBe(false)

  write('first')
  const refused = await hub.run('serve', '--keys', list, '--port', '0')
  expect(refused.code).toBe(78)
  expect(refused.output).toContain('sealed under the key "second", which is not configured')
  const left = await hub.run('keys', 'rotate', '--keys', list)
  expect(left).toMatchObject({ code: 1 })
  expect(left.output).toContain('2 under "second"')
  write('second')
  await hub.start('--keys', list)
  await expectCall()
  await hub.stop()
  for (const secret of secrets) expect(hub.said + hub.stored()).not.toContain(secret)
}, 600_000)

test('a file is imported with what it refers to, and comes out as YAML with references; a file that is not right says where', async () => {
  const file = join(hub.folder, 'old.yaml')
  writeFileSync(join(hub.folder, 'password'), `${secrets[1]!}\n`)
  const referring = { ...pbx(), id: 'pbx', secret: '${file:password}' }
  const whole = { store: { path: './elsewhere' }, tenants: [{ id: 'contoso', ...tenant }] }
  whole.tenants[0]!.connectors = [tenant.connectors[0]!, referring]
  writeFileSync(file, JSON.stringify(whole))
  const imported = await hub.run('config', 'import', file, '--comment', 'from the file')
  expect(imported).toMatchObject({ code: 0 })
  await expectCall()
  const exported = join(hub.folder, 'exported.yaml')
  writeFileSync(exported, (await hub.run('config', 'export')).output)
  expect((await hub.run('config', 'import', exported)).output).toContain('Version 1 ')
  writeFileSync(file, JSON.stringify({ tenants: [{ id: 'contoso', conectors: [] }] }))
  const wrong = await hub.run('config', 'import', file)
  expect(wrong).toMatchObject({ code: 78 })
  expect(wrong.output).toContain('tenants[0].conectors')
  await hub.stop()
  expect((await hub.run('config', 'import', exported)).output).toContain('Version 1 ')
  expect((await hub.run('config', 'import', file)).code).toBe(78)
  expect((await hub.run('config', 'export', '--version', '1')).code).toBe(0)
  expect((await hub.run('config', 'export', '--version', '7')).code).toBe(66)
}, 400_000)
