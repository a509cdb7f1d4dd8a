import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startHub } from '../../src/apps/hub.ts'
import { type Ami, labAmiUser, startAmi } from '../../src/lab/asterisk/server.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { type LabTenant, startLab } from '../../src/lab/lab.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import { DND, FREE, IN_A_CALL, labPerson, labPhone } from './e2e/lab-people.ts'
import { isHeard } from './e2e/world.ts'
import { until } from './support/child.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const companies = [
  { id: 'contoso', upn: 'anna@contoso.example', extension: '1001' },
  { id: 'fabrikam', upn: 'ben@fabrikam.example', extension: '1002' },
] as const
const entraIds = ['7e0c3c5a-1f5b-4a55-9c1e-6d1f0a2b3c4d', '9a1d4e6b-2c3f-4b66-8d2e-7e2f1b3c4d5e'] as const
const clientId = '2b9d6f10-8c3e-4f7a-b1d2-5e6f7a8b9c0d'

function labTenant(index: 0 | 1): LabTenant {
  const { upn, extension } = companies[index]
  const secrets = [{ value: `secret-of-${index}` }]
  return {
    entraTenantId: entraIds[index],
    applications: [{ clientId, secrets, roles: ['Presence.ReadWrite.All', 'User.ReadBasic.All'] }],
    people: [{ upn, displayName: upn, extensions: [extension], client: 'Available/Available' }],
  }
}

/** One PBX with the extensions of two companies, each with a Microsoft 365 of its own. */
async function start() {
  const made: { ami?: Ami } = {}
  const lab = await startLab({
    clock: new LabClock(),
    tenants: [labTenant(0), labTenant(1)],
    emulators: {
      ami: async (world) => {
        made.ami = await startAmi({ ...world, badLoginDelayMs: 20 })
        return made.ami
      },
    },
  })
  closers.push(() => lab.stop())
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-tenants-'))
  closers.push(() => rmSync(data, { recursive: true, force: true }))
  const [host, port] = lab.addresses.ami!.split(':')
  const { username, secret } = labAmiUser
  const text = JSON.stringify({
    http: { host: '127.0.0.1', port: 0 },
    store: { kind: 'sqlite', path: data },
    tenants: companies.map(({ id, upn, extension }, index) => ({
      id,
      connectors: [
        {
          ...{ id: 'teams', type: 'teams', entraTenantId: entraIds[index], clientId },
          ...{ clientSecret: `secret-of-${index}`, graphUrl: lab.graphUrl, loginUrl: lab.loginUrl },
        },
        { id: 'pbx', type: 'asterisk', host, port: Number(port), username, secret, context: 'ext-local' },
      ],
      people: [{ upn, addresses: { pbx: extension } }],
      links: [
        { from: 'pbx', to: 'teams' },
        { from: 'teams', to: 'pbx' },
      ],
    })),
  })
  const log = createLog({ level: 'error', pretty: false, destination: { write: () => {} } })
  const hub = await startHub(loadText(text), { clock: lab.clock, log })
  closers.push(() => hub.stop())
  await until(() => hub.port.people().every(isHeard), 'everyone to be heard')
  const [anna, ben] = companies.map(({ upn }) => labPerson(lab, upn))
  const phones = companies.map(({ extension }) => labPhone(lab, made.ami!, extension))
  return { hub, anna: anna!, ben: ben!, phones: phones as [(typeof phones)[0], (typeof phones)[0]] }
}

test('one PBX serves two Entra tenants: each sees its own people, and nothing crosses over', async () => {
  const { hub, anna, ben, phones } = await start()
  const [annas, bens] = phones
  annas.dial()
  await until(() => anna.shown() === IN_A_CALL, 'the call in her own tenant')
  expect(ben.shown()).toBe(FREE)
  ben.status(DND)
  await until(() => bens.dnd() === 'on', 'his own phone to follow')
  expect(annas.dnd()).toBe('off')
  expect(anna.shown()).toBe(IN_A_CALL)
  expect(hub.port.people('contoso').map(({ upn }) => upn)).toEqual([companies[0].upn])
  expect(hub.port.people('fabrikam').map(({ upn }) => upn)).toEqual([companies[1].upn])
  expect(hub.port.person(companies[1].upn, 'contoso')).toBeUndefined()
  annas.hangup()
  await until(() => anna.shown() === FREE, 'the end of the call')
  expect(bens.dnd()).toBe('on')
  // What one tenant has taken back leaves the other alone.
  expect((await hub.port.release('all', 'fabrikam')).remaining).toBe(0)
  await until(() => bens.dnd() === 'off', 'his phone to be released')
})
