import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { busyMachineMs } from './cluster/node.ts'
import { people, tenants } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { type Child, startChild, until } from './support/child.ts'

const program = fileURLToPath(new URL('../../bin/hookswitch.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'hookswitch-sites-cluster-'))
const [tenant] = tenants
const anna = people.find((one) => one.tenant === tenant)!
let world: ClusterWorld
let site: Child | undefined
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'], { site: 'office' })
  for (const node of world.nodes) await node.start()
  const isOwned = async () => {
    const owners = await world.owners().catch(() => [])
    return owners.length === tenants.length && new Set(owners.map(({ node }) => node)).size === 2
  }
  await until(isOwned, () => `both hubs to have tenants\n${world.output()}`, busyMachineMs)
}, 5 * busyMachineMs)
afterAll(async () => {
  await site?.kill()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

const shows = (inCall: boolean) =>
  until(
    async () => ((await world.shown(anna.upn)) === IN_A_CALL) === inCall,
    () => `${anna.upn} to be ${inCall ? 'in a call' : 'free'}\n${site?.output()}\n${world.output()}`,
    busyMachineMs,
  )

test(
  'a site that knows the other hub alone reaches its tenant through it, and again when the tenant has moved',
  async () => {
    const node = await world.owner(tenant)
    const other = world.nodes.find((one) => one !== node)!
    const body = { tenant, connectors: ['pbx'] }
    let made = await other.ask('POST', 'sites/codes', body)
    // The hub that has the tenant is still about to begin with it.
    const isMade = async () => {
      if (made.status !== 200) made = await other.ask('POST', 'sites/codes', body)
      return made.status === 200
    }
    await until(isMade, () => `a code for the site, not ${made.text}`, busyMachineMs)
    const { code } = made.json<{ code: string }>()
    const start = ['site', '--data', join(folder, 'site'), '--hub', other.url, '--code', code]
    site = startChild(process.execPath, [program, ...start])
    const isSynced = async () =>
      (await other.person(anna.upn))?.systems.every(({ synced }) => synced) ?? false
    await until(isSynced, () => `the site to be heard\n${site!.output()}\n${world.output()}`, busyMachineMs)
    for (const one of world.nodes)
      await expect
        .poll(async () => (await one.ask('GET', 'sites')).json(), { timeout: busyMachineMs })
        .toMatchObject({ sites: [{ tenant, link: 'up' }] })
    await world.call(anna.extension)
    await shows(true)
    await node.child!.kill()
    await until(
      async () => (await world.owner(tenant)) === other,
      'the other hub to take over',
      busyMachineMs,
    )
    await world.hangUp(anna.extension)
    await shows(false)
    await world.call(anna.extension)
    await shows(true)
    await world.hangUp(anna.extension)
    await shows(false)
  },
  6 * busyMachineMs,
)
