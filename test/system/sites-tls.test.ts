import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLinkWorld, type Door, type LinkWorld } from './sites/link-world.ts'
import { busyMachineMs } from './sites/world.ts'
import { type Child, startChild, until } from './support/child.ts'
import { makeAuthority, makeServerCertificate, startTlsProxy, type TlsProxy } from './support/haproxy.ts'

/** A site of its own process, the door of a hub, and Debian's HAProxy between them with certificates of a private authority. */
const program = fileURLToPath(new URL('../../bin/hookswitch.js', import.meta.url))
let folder: string
let authority: string
let world: LinkWorld
let door: Door
let proxy: TlsProxy
const sites: Child[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-sites-tls-'))
  authority = makeAuthority(folder)
  world = createLinkWorld()
  door = await world.openDoor('one', () => ['contoso'])
  proxy = await startTlsProxy(folder, door.url, {
    right: makeServerCertificate(folder, { name: 'right', san: 'DNS:localhost', by: 'authority' }),
    wrong: makeServerCertificate(folder, { name: 'wrong', san: 'DNS:other.example', by: 'authority' }),
    alone: makeServerCertificate(folder, { name: 'alone', san: 'DNS:localhost', by: 'itself' }),
  })
}, busyMachineMs)
afterAll(async () => {
  for (const site of sites) await site.kill()
  await proxy?.stop()
  await door?.close()
  rmSync(folder, { recursive: true, force: true })
})

function startSite(name: string, hub: string | undefined, more: { code?: string; trusts?: boolean }): Child {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const site = startChild(
    process.execPath,
    [
      ...[program, 'site', '--data', join(folder, name)],
      ...(hub === undefined ? [] : ['--hub', hub]),
      ...(more.code === undefined ? [] : ['--code', more.code]),
    ],
    { env: { ...env, ...(more.trusts && { NODE_EXTRA_CA_CERTS: authority }) } },
  )
  sites.push(site)
  return site
}

const issue = async () =>
  (await world.book.issue({ tenant: 'contoso', name: 'office', connectors: ['pbx'] }, 'anna')).code
const isUp = () => door.links.find('contoso', 'office') !== undefined

test(
  'behind a proxy with a certificate of an authority that it trusts a site is enrolled and connects; moved to others it says why not',
  async () => {
    const site = startSite('office', proxy.urls.right, { code: await issue(), trusts: true })
    await until(isUp, () => `the site to connect\n${site.output()}`, busyMachineMs)
    await site.stop()
    await until(() => !isUp(), 'the link to end', busyMachineMs)
    // Enrolled already: its key is never shown to a hub that is not the one.
    const wrong = startSite('office', proxy.urls.wrong, { trusts: true })
    await until(() => wrong.output().includes('is for another name'), wrong.output, busyMachineMs)
    await wrong.stop()
    expect(isUp()).toBe(false)
    const back = startSite('office', proxy.urls.right, { trusts: true })
    await until(isUp, () => `the site to connect again\n${back.output()}`, busyMachineMs)
    await back.stop()
  },
  4 * busyMachineMs,
)

test(
  'a certificate of a strange authority, for another name or by itself is refused in words, and the code is not used',
  async () => {
    const code = await issue()
    const cases = [
      {
        at: 'right',
        trusts: false,
        says: /issued by an authority that is not trusted here.*NODE_EXTRA_CA_CERTS/,
      },
      { at: 'wrong', trusts: true, says: /certificate is for another name \(.*other\.example\)/ },
      { at: 'alone', trusts: true, says: /certificate is signed by itself.*NODE_EXTRA_CA_CERTS/ },
    ]
    const runs = cases.map(({ at, trusts }) => startSite(`not-${at}`, proxy.urls[at], { code, trusts }))
    for (const [index, site] of runs.entries()) {
      expect(await site.ended, site.output()).toBe(69)
      expect(site.output()).toMatch(cases[index]!.says)
      expect(site.output()).not.toContain(code)
    }
    const later = startSite('later', proxy.urls.right, { code, trusts: true })
    await until(isUp, () => `the code to be good still\n${later.output()}`, busyMachineMs)
    await later.stop()
  },
  4 * busyMachineMs,
)

test(
  'without TLS a site goes no further than this machine',
  async () => {
    const hubs = ['http://hub.example', 'ws://hub.example', 'http://10.1.2.3:8080']
    const code = `contoso.${'x'.repeat(27)}`
    for (const site of hubs.map((hub, index) => startSite(`plain-${index}`, hub, { code }))) {
      expect(await site.ended, site.output()).toBe(64)
      expect(site.output()).toContain('would send credentials unencrypted')
    }
  },
  2 * busyMachineMs,
)
