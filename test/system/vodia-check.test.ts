import { expect, test } from 'vitest'
import { connect, domain, password } from './vodia-world.ts'

const problems = async (world: Awaited<ReturnType<typeof connect>>) =>
  (await world.check()).filter(({ level }) => level === 'warning' || level === 'error')

test('a right configuration comes out clean, also for a tenant’s own administrator', async () => {
  expect(await problems(await connect())).toEqual([])
  const tenant = await connect({}, { username: `admin@${domain}`, streamExtension: null })
  expect(await problems(tenant)).toEqual([])
  expect(JSON.stringify(await tenant.check())).toContain('69.5.13')
})

test('VO-01: a release that is too old is said plainly, by check and at the start', async () => {
  const world = await connect({ version: '68.0.40' })
  expect(await problems(world)).toEqual([
    {
      level: 'error',
      text: 'The PBX runs release 68.0.40, which is too old.',
      fix: 'Update it to 69.5.13 or later.',
    },
  ])
  await expect(world.instance.start(['1001'])).rejects.toMatchObject({
    kind: 'misconfigured',
    message: 'The PBX runs release 68.0.40.',
    fix: 'Update it to 69.5.13 or later.',
  })
  expect(await problems(await connect({ version: '69.5.13' }))).toEqual([])
})

test('the vendor’s own presence sync is found, with the fields that say so', async () => {
  const world = await connect({ teamsPresence: true })
  const [finding, ...others] = await problems(world)
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    level: 'warning',
    fix: expect.stringContaining('Microsoft Teams Presence'),
  })
  expect(finding!.text).toContain('intpub.teamspresence: group = all, teams_presence_v2t = true')
  await world.instance.start(['1001'])
  expect(world.recording.health()).toMatchObject({
    state: 'up',
    detail: expect.stringContaining('intpub.teamspresence'),
  })
})

test('with teamsSync: vendor the vendor’s own sync has to be on, and only then all is well', async () => {
  const off = await connect({}, {}, { teamsSync: 'vendor' })
  const [finding, ...others] = await problems(off)
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    level: 'warning',
    text: expect.stringMatching(/has teamsSync: vendor, but .*intpub\.teamspresence/),
    fix: expect.stringContaining('teamsSync: hub'),
  })
  await off.instance.start(['1001'])
  expect(off.recording.health()).toMatchObject({ state: 'up', detail: finding!.text, fix: finding!.fix })

  const on = await connect({ teamsPresence: true }, {}, { teamsSync: 'vendor' })
  expect(await problems(on)).toEqual([])
  expect(await on.check()).toContainEqual({
    level: 'ok',
    text: expect.stringContaining('as it should be'),
  })
  await on.instance.start(['1001'])
  expect(on.recording.health()?.detail).not.toContain('presence')
  expect(on.recording.health()?.fix ?? '').not.toContain('teamsSync')
})

test('an administrator without API access', async () => {
  const world = await connect({ apiAccess: false })
  expect(await problems(world)).toMatchObject([
    { level: 'error', fix: expect.stringContaining('API access') },
  ])
  await expect(world.instance.start(['1001'])).rejects.toMatchObject({ kind: 'misconfigured' })
})

test('a tenant that is not there, a stream extension that is not there, a PBX that is not there', async () => {
  const nobody = await connect({}, { domain: 'nobody.example' })
  expect(await problems(nobody)).toMatchObject([
    { level: 'error', text: expect.stringContaining('nobody.example') },
  ])
  const stream = await connect({}, { streamExtension: '7777' })
  expect(await problems(stream)).toMatchObject([{ level: 'error', text: expect.stringContaining('7777') }])
  const away = await connect()
  await away.pbx.stop()
  expect(await problems(away)).toMatchObject([{ level: 'error', text: expect.stringContaining('refused') }])
})

test('calls that come in a form nobody understands', async () => {
  const world = await connect()
  world.faults.add({ target: 'vodia', kind: 'status', status: 200, path: '/calls' })
  expect(await problems(world)).toMatchObject([
    { level: 'error', text: 'Calls of extension 1001 came in a form that is not understood.' },
  ])
})

test('it writes nothing and says no secret', async () => {
  const world = await connect({ teamsPresence: true })
  const findings = await world.check()
  expect(world.requests.since(0).filter(({ method }) => method !== 'GET')).toEqual([])
  expect(JSON.stringify(findings)).not.toContain(password)
})
