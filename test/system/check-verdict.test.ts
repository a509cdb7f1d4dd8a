import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runCommand, writeConfigFile } from './e2e/hub-process.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
afterEach(() => world.stop())

interface Written {
  readonly tenants: { connectors: Record<string, unknown>[]; people: unknown[]; links: unknown[] }[]
}

async function check(text: string) {
  return await runCommand('check', '--config', writeConfigFile(world.data, text))
}

/** The lab's configuration with a change. */
async function checkWith(change: (tenant: Written['tenants'][number]) => void) {
  const written = JSON.parse(world.text({ data: './store' })) as Written
  change(written.tenants[0]!)
  return await check(JSON.stringify(written))
}

const lamps = () => ({
  ...{ id: 'lamps', type: 'sip', server: world.lab.addresses.sip, transport: 'tcp', domain: 'lab.example' },
  ...{ username: 'hookswitch', password: 'lab-password', linesOf: 'pbx' },
})

/** Everybody has lamps beside the phone. */
const withLamps = (more: Record<string, unknown> = {}) => {
  return (tenant: Written['tenants'][number]) => {
    tenant.connectors.push({ ...lamps(), ...more })
    tenant.people = (tenant.people as { upn: string; addresses: { pbx: unknown } }[]).map((person) => ({
      ...person,
      addresses: { ...person.addresses, lamps: person.addresses.pbx },
    }))
  }
}

test('SW-04: check finds nothing wrong with the configuration of the README beside a healthy lab; its PBX has TLS', async () => {
  world = await startWorld({ withoutHub: true })
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
  const readme = parse(block) as Written
  const lab = (JSON.parse(world.text({ data: './store' })) as Written).tenants[0]!
  const connectors = readme.tenants[0]!.connectors.map((own) => ({
    ...own,
    ...lab.connectors.find(({ id }) => id === own.id),
  }))
  // The lab's PBX is on this machine, and has no TLS; without it a PBX elsewhere would be warned of.
  const pbx = connectors.find(({ type }) => type === 'asterisk')!
  expect(pbx.tls).toBe(true)
  pbx.tls = false
  const ten = await check(JSON.stringify({ ...readme, tenants: [{ ...readme.tenants[0], connectors }] }))
  expect([ten.code, ten.output]).toEqual([0, expect.not.stringMatching(/^ {2}(warning|error)/m)])
})

test('a lamp account that is no phone itself is no fault; an extension to try that is not there is one', async () => {
  world = await startWorld({ withoutHub: true })
  const healthy = await checkWith(withLamps())
  expect(healthy.output).toMatch(/info .*not tried \(dialog\): "hookswitch" is none itself \(404/)
  expect(healthy.code).toBe(0)
  const wrong = await checkWith(withLamps({ probe: '1999' }))
  expect(wrong.output).toMatch(/warning .*Extension 1999 cannot be watched/)
  expect(wrong.code).toBe(1)
})

test('a warning alone makes check end with 1: a link that is missing', async () => {
  world = await startWorld({ withoutHub: true })
  const missing = await checkWith((tenant) => {
    withLamps({ linesOf: undefined })(tenant)
    tenant.links = [
      { from: 'lamps', to: 'pbx' },
      { from: 'pbx', to: 'teams' },
    ]
  })
  expect(missing.output).toMatch(/warning .*teams does not show what lamps says: there is a way by pbx/)
  expect(missing.code).toBe(1)
})
