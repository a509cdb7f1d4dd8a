import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { anna, ben, busyMachineMs, SiteWorld } from './sites/world.ts'
import { until } from './support/child.ts'

/** A hub, and a site that reaches it through a gate, with the lab's Asterisk behind it: each a process of its own. */
let world: SiteWorld
let usedCode = ''
beforeAll(async () => {
  world = await SiteWorld.open()
  await world.startHub()
  usedCode = await world.makeCode()
  world.startSite(usedCode)
  await world.heard()
}, 4 * busyMachineMs)
afterAll(() => world?.close())

const free = /^(?!.*InACall)(?!DoNotDisturb)/
const call = (extension: string) => world.lab('POST', `phones/${extension}/call`, {})
const hangUp = (extension: string) => world.lab('POST', `phones/${extension}/hangup`, {})
const status = (upn: string, picked: string | null) =>
  world.lab('PUT', `teams/${upn}/status`, { status: picked })
const link = async () => (await world.sites())[0]?.link
const revoke = () => world.command('sites', 'revoke', 'office', '--tenant', 'contoso', '--url', world.hubUrl)
const linkIs = (wanted: 'up' | 'down') =>
  until(
    async () => (await link()) === wanted,
    () => `the link to be ${wanted}\n${world.output()}`,
    busyMachineMs,
  )

/** Anna is in do not disturb in Teams, which was taken back at her phone: it follows when she picks it anew. */
async function staysUntilAskedAgain(): Promise<void> {
  expect((await world.state(anna.upn)).teams.shown).toBe('DoNotDisturb/DoNotDisturb')
  expect(await world.hasDnd(anna)).toBe(false)
  await status(anna.upn, null)
  await world.isReadAsFree(anna)
  await status(anna.upn, 'DoNotDisturb/DoNotDisturb')
  await world.phoneIs(anna, true)
  await status(anna.upn, null)
  await world.phoneIs(anna, false)
}

test(
  'a call behind a site shows in Teams, and do not disturb in Teams reaches the phone there',
  async () => {
    await call(anna.extension)
    await world.shows(anna.upn, IN_A_CALL)
    await hangUp(anna.extension)
    await world.shows(anna.upn, free)
    await status(ben.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(ben, true)
    await status(ben.upn, null)
    await world.phoneIs(ben, false)
    const [site] = await world.sites()
    expect(site).toMatchObject({
      ...{ tenant: 'contoso', name: 'office', link: 'up', connectors: ['pbx'], configured: ['pbx'] },
      version: expect.stringMatching(/^\d/),
    })
    expect(statSync(join(world.siteFolder, 'site.json')).mode & 0o777).toBe(0o600)
  },
  4 * busyMachineMs,
)

test(
  'the link is cut in mid-call: what was heard is lost, not ended; back, everything is right',
  async () => {
    await call(anna.extension)
    await world.shows(anna.upn, IN_A_CALL)
    world.gate.cut()
    await linkIs('down')
    const pbx = async (upn: string) =>
      (await world.person(upn))?.systems.find(({ connector }) => connector === 'pbx')
    await until(async () => (await pbx(anna.upn))?.synced === false, 'the phone to be lost', busyMachineMs)
    expect((await world.state(anna.upn)).teams.shown).toBe(IN_A_CALL)
    await hangUp(anna.extension)
    await call(ben.extension)
    await status(anna.upn, 'DoNotDisturb/DoNotDisturb')
    const back = performance.now()
    world.gate.open()
    await world.shows(ben.upn, IN_A_CALL)
    await world.shows(anna.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(anna, true)
    const took = performance.now() - back
    console.info(`sites: everything right ${Math.round(took)} ms after the link was back`)
    expect(took).toBeLessThan(60_000)
    await status(anna.upn, null)
    await world.phoneIs(anna, false)
    await hangUp(ben.extension)
    await world.shows(ben.upn, free)
  },
  6 * busyMachineMs,
)

test(
  'a link over which nothing comes any more is noticed and dialled anew',
  async () => {
    world.gate.stall()
    await call(anna.extension)
    await linkIs('down')
    world.gate.open()
    await world.shows(anna.upn, IN_A_CALL)
    await hangUp(anna.extension)
    await world.shows(anna.upn, free)
  },
  4 * busyMachineMs,
)

test(
  'a site that is killed in mid-call comes back with its key; a hub that is killed finds it again',
  async () => {
    await call(anna.extension)
    await world.shows(anna.upn, IN_A_CALL)
    await status(ben.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(ben, true)
    await world.site!.kill()
    await linkIs('down')
    await hangUp(anna.extension)
    await status(ben.upn, null)
    world.startSite()
    await world.shows(anna.upn, free)
    await world.phoneIs(ben, false)
    await call(anna.extension)
    await world.shows(anna.upn, IN_A_CALL)
    await world.hub!.kill()
    await hangUp(anna.extension)
    await world.startHub()
    await world.shows(anna.upn, free)
    await linkIs('up')
  },
  6 * busyMachineMs,
)

test(
  'what was written at the site is taken back at the site alone, and is nobody’s choice for the hub',
  async () => {
    await status(anna.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(anna, true)
    await world.hub!.kill()
    await world.site!.stop()
    const released = await world.command('release', '--all', '--site', world.siteFolder)
    expect(released.output).toContain('1 taken back, 0 remaining')
    expect(released.code).toBe(0)
    await world.phoneIs(anna, false)
    await world.startHub()
    world.startSite()
    await linkIs('up')
    await world.heard()
    await call(ben.extension)
    await world.shows(ben.upn, IN_A_CALL)
    await hangUp(ben.extension)
    await world.shows(ben.upn, free)
    expect((await world.state(anna.upn)).teams.shown).toBe('DoNotDisturb/DoNotDisturb')
    expect(await world.hasDnd(anna)).toBe(false)
    await status(anna.upn, null)
    await world.isReadAsFree(anna)
  },
  6 * busyMachineMs,
)

test(
  'release at a site that runs takes back there, and the hub sets nothing again until it is asked to; keys are rotated there',
  async () => {
    await status(anna.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(anna, true)
    const nobody = await world.command('release', '9999', '--site', world.siteFolder)
    expect(nobody.output).toContain('has written nothing at "9999"')
    const released = await world.command('release', anna.extension, '--site', world.siteFolder)
    expect(released.output).toContain('1 taken back, 0 remaining')
    expect(released.code).toBe(0)
    expect(await world.hasDnd(anna)).toBe(false)
    await linkIs('up')
    await world.heard()
    const rotated = await world.command('keys', 'rotate', '--site', world.siteFolder)
    expect(rotated.code, rotated.output).toBe(0)
    expect(rotated.output).toMatch(/Now: 2 under "file-/)
    await staysUntilAskedAgain()
  },
  6 * busyMachineMs,
)

test(
  'a phone of a site whose hub was away for too long is taken out of do not disturb; what still holds is written again',
  async () => {
    await status(ben.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(ben, true)
    world.gate.cut()
    await linkIs('down')
    await world.site!.stop()
    world.ageAbsence(60)
    const site = world.startSite()
    await world.phoneIs(ben, false)
    await until(() => site.output().includes('was taken back'), 'the site to say so', busyMachineMs)
    expect(site.output()).toContain('the hub has been away for too long')
    expect((await world.state(ben.upn)).teams.shown).toBe('DoNotDisturb/DoNotDisturb')
    world.gate.open()
    await linkIs('up')
    await world.phoneIs(ben, true)
    expect((await world.state(ben.upn)).teams.shown).toBe('DoNotDisturb/DoNotDisturb')
    await status(ben.upn, null)
    await world.phoneIs(ben, false)
  },
  6 * busyMachineMs,
)

test(
  'a site is backed up while it runs; restored on an empty disk with its key it goes on, and knows what it wrote',
  async () => {
    await status(ben.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(ben, true)
    const file = join(world.folder, 'site.backup')
    const saved = await world.command('backup', '--data', world.siteFolder, '--to', file)
    expect(saved.code, saved.output).toBe(0)
    expect(saved.output).toContain(`copies of site.json and secret.key`)
    const kept = ['site.json', 'secret.key'].map((name) => {
      const path = join(world.siteFolder, name)
      return { path, bytes: readFileSync(path) }
    })
    await world.site!.kill()
    await linkIs('down')
    rmSync(world.siteFolder, { recursive: true })
    const restored = await world.command('restore', '--data', world.siteFolder, '--from', file)
    expect(restored.code, restored.output).toBe(0)
    for (const { path, bytes } of kept) writeFileSync(path, bytes, { mode: 0o600 })
    world.startSite()
    await linkIs('up')
    await world.heard()
    expect(await world.hasDnd(ben)).toBe(true)
    await status(ben.upn, null)
    await world.phoneIs(ben, false)
  },
  6 * busyMachineMs,
)

test(
  'a site whose disk died is enrolled anew under its name, and knows what was written there',
  async () => {
    await status(ben.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(ben, true)
    await world.site!.kill()
    await linkIs('down')
    rmSync(world.siteFolder, { recursive: true })
    world.startSite(await world.makeCode())
    await linkIs('up')
    await world.heard()
    expect(await world.hasDnd(ben)).toBe(true)
    const released = await world.command('release', ben.extension, '--site', world.siteFolder)
    expect(released.output).toContain('1 taken back, 0 remaining')
    expect(await world.hasDnd(ben)).toBe(false)
    await linkIs('up')
    await status(ben.upn, null)
  },
  6 * busyMachineMs,
)

test(
  'a site that is revoked takes back what it wrote, says so, and ends; the hub takes that for nobody’s choice',
  async () => {
    await status(anna.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(anna, true)
    expect((await revoke()).code).toBe(0)
    expect(await world.site!.ended).toBe(77)
    expect(await world.hasDnd(anna)).toBe(false)
    const said = world.site!.output()
    expect(said).toContain('An administrator revoked this site. What was written here is taken back.')
    expect(said).toContain(`What it had written was taken back at ${anna.extension}.`)
    const again = world.startSite()
    expect(await again.ended, again.output()).toBe(77)
    expect(again.output()).toContain('Nothing that it had written is left.')
    await linkIs('down')
    rmSync(world.siteFolder, { recursive: true })
    world.startSite(await world.makeCode())
    await linkIs('up')
    await world.heard()
    await call(ben.extension)
    await world.shows(ben.upn, IN_A_CALL)
    await hangUp(ben.extension)
    await staysUntilAskedAgain()
  },
  6 * busyMachineMs,
)

test(
  'a site that is enrolled on another machine leaves there what the former one wrote, which ends',
  async () => {
    await status(ben.upn, 'DoNotDisturb/DoNotDisturb')
    await world.phoneIs(ben, true)
    const former = world.site!
    world.startSite(await world.makeCode(), join(world.folder, 'other-machine'))
    expect(await former.ended).toBe(77)
    expect(former.output()).toContain('Another one was enrolled in its place')
    await linkIs('up')
    await world.heard()
    expect(await world.hasDnd(ben)).toBe(true)
    await status(ben.upn, null)
    await world.phoneIs(ben, false)
  },
  6 * busyMachineMs,
)

test(
  'a code that was used or never was lets nobody in',
  async () => {
    const strange = join(world.folder, 'strange')
    for (const code of [usedCode, `contoso.${'x'.repeat(27)}`, `nobody.${'x'.repeat(27)}`]) {
      const refused = await world.command('site', '--data', strange, '--hub', world.hubUrl, '--code', code)
      expect(refused.code, refused.output).toBe(77)
      expect(refused.output).toContain('The code is wrong, was used, or has expired')
      expect(refused.output).not.toContain(code)
    }
    const plain = await world.command('site', '--data', strange, '--hub', 'http://hub.example', '--code', 'x')
    expect(plain.code, plain.output).toBe(64)
    const wrong = await world.command(
      'sites',
      'code',
      'contoso',
      '--connectors',
      'teams',
      '--url',
      world.hubUrl,
    )
    expect(wrong.output).toContain('runs at the hub in the configuration')
  },
  6 * busyMachineMs,
)
