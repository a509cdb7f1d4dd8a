import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { registry } from '../../../src/apps/registry.ts'
import { parseConfig } from '../../../src/config/load.ts'
import { parsePresence, presenceName } from '../../../src/core/presence.ts'
import { type Lab, startLab } from '../../../src/lab/lab.ts'
import type { Pair } from '../../../src/lab/microsoft/states.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { createLog } from '../../../src/observe/log.ts'
import { presetIndex } from '../../../src/presets/catalog.ts'
import { webcrm, webphone } from '../../support/http-system/connector.ts'
import { type HttpSystem, startHttpSystem } from '../../support/http-system/server.ts'
import { patiently } from '../e2e/time.ts'
import { until } from '../support/child.ts'
import { extensionOf } from './calls.ts'
import type { Act, Mode } from './fixture.ts'
import { type PhoneSystem, type PhoneSystemName, phoneSystem, type Side } from './phone-systems.ts'

const types = { ...registry, webphone, webcrm }

/** One organisation of the hub; all share one Microsoft tenant, one phone system and one CRM. */
export interface RowsTenant {
  readonly id: string
  /** A word each, or more of what the configuration says of a person. */
  readonly people: readonly (string | PersonOf)[]
  readonly links: readonly Record<string, unknown>[]
}

export interface PersonOf {
  readonly name: string
  readonly groups?: readonly string[]
  readonly optedIn?: boolean
}

/** A lab, a phone system and a CRM by HTTP, and a hub between them, on one clock. People are named by a word. */
export interface RowsWorld {
  readonly lab: Lab
  readonly phone: HttpSystem
  readonly crm: HttpSystem
  hub(): RunningHub
  /** With another configuration of the same people. */
  restart(tenants: readonly RowsTenant[]): Promise<void>
  act(person: string, at: 'teams' | 'phone' | 'crm', act: Act): void
  /** What the target shows: a pair of Graph in Teams, one of ours elsewhere. */
  shown(person: string, at: 'teams' | 'phone' | 'crm'): string
  pass(ms: number, look?: () => void): Promise<void>
  passUntil(look: () => boolean, ms: number): Promise<void>
  stop(): Promise<void>
}

/** No timer of the hub may be jumped over by more than this, milliseconds. */
const stepMs = 500

const domain = 'rows.example'
const upnOf = (person: string) => `${person}@${domain}`

interface Systems {
  readonly phone: HttpSystem
  readonly crm: HttpSystem
  readonly data: string
  readonly pbx: PhoneSystem | undefined
}

function phoneConnectors(lab: Lab, { phone, pbx }: Systems) {
  const own = { id: 'phone', ...(pbx ? pbx.connector(lab) : { type: 'webphone', url: phone.url }) }
  return pbx?.lamps ? [own, { id: 'lamps', ...pbx.lamps(lab) }] : [own]
}

function configOf(lab: Lab, systems: Systems, tenants: readonly RowsTenant[]) {
  const { entraTenantId, applications } = sampleTenant()
  const [{ clientId, secrets } = { clientId: '', secrets: [] }] = applications
  const teams = { id: 'teams', type: 'teams', entraTenantId, clientId, clientSecret: secrets?.[0]?.value }
  return parseConfig(
    JSON.stringify({
      http: { port: 0 },
      store: { path: systems.data },
      tenants: tenants.map(({ id, people, links }) => ({
        id,
        connectors: [
          { ...teams, graphUrl: lab.graphUrl, loginUrl: lab.loginUrl },
          ...phoneConnectors(lab, systems),
          { id: 'crm', type: 'webcrm', url: systems.crm.url },
        ],
        people: people.map((person) => {
          const { name, ...rest } = typeof person === 'string' ? { name: person } : person
          return {
            ...rest,
            upn: upnOf(name),
            addresses: { phone: systems.pbx ? extensionOf(name) : name, crm: name },
          }
        }),
        links: links.map((link) =>
          systems.pbx?.lamps && link.from === 'phone' ? { ...link, from: 'lamps' } : link,
        ),
      })),
    }),
    { file: 'hookswitch.yaml', types, presets: presetIndex, env: {} },
  )
}

function actInTeams(lab: Lab, person: string, { status, client, outOfOffice }: Act): void {
  const found = lab.people.find(upnOf(person))!
  if (outOfOffice !== undefined) found.tenant.setOutOfOffice(found.person, outOfOffice ? 'away' : undefined)
  if (client !== undefined) found.tenant.setClient(found.person, client as Pair | null)
  if (status === null) found.tenant.clearPreferred(found.person)
  else if (status !== undefined) found.tenant.setPreferred(found.person, status as Pair)
}

function actAt(system: Side, person: string, { choose, leg, hangup }: Act): void {
  if (choose !== undefined) system.choose(person, parsePresence(choose)!)
  if (leg) system.leg(person, { kind: 'dialog', evidence: 'call', ...leg })
  if (hangup) system.hangup(person)
}

/** `pbx`: the phone system is one of the lab's, people are named by numbers. */
export async function startRowsWorld(
  tenants: readonly RowsTenant[],
  mode: Mode,
  { pbx: name }: { readonly pbx?: PhoneSystemName | undefined } = {},
): Promise<RowsWorld> {
  const pbx = name && phoneSystem(name)
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-rows-'))
  const people = tenants.flatMap((tenant) =>
    tenant.people.map((person) => (typeof person === 'string' ? person : person.name)),
  )
  const lab = await startLab({
    tenants: [
      {
        ...sampleTenant(),
        people: people.map((person) => ({
          upn: upnOf(person),
          displayName: person,
          client: 'Available/Available' as const,
          ...(pbx && { extensions: [extensionOf(person)] }),
        })),
      },
    ],
    switches: { aggregation: mode, quotaPer30s: 1_000_000 },
    ...(pbx && { emulators: pbx.emulators }),
  })
  const [phone, crm] = await Promise.all([startHttpSystem(), startHttpSystem()])
  const lines: string[] = []
  const log = createLog({ level: 'warn', pretty: false, destination: { write: (line) => lines.push(line) } })
  const running: { hub?: RunningHub } = {}
  const hub = () => running.hub!
  // Teams joins when the directory has been matched.
  const connected = pbx?.lamps ? 4 : 3
  const heard = () =>
    hub()
      .port.people()
      .every(({ systems }) => systems.length === connected && systems.every(({ synced }) => synced))
  const start = async (configured: readonly RowsTenant[]) => {
    const config = configOf(lab, { phone, crm, data, pbx }, configured)
    running.hub = await startHub(config, { clock: lab.clock, log, registry: types })
    await pbx?.join?.(`${running.hub.url}/hooks/${configured[0]!.id}/phone`)
    await until(
      () => hub().port.people().length === people.length && heard(),
      () => `everyone to be heard\n${lines.slice(-20).join('')}`,
      60_000,
    )
  }
  await start(tenants)
  const requests = () => lab.requests.last + phone.requests.length + crm.requests.length
  /** Time passes, and everything that it brings about arrives, however busy the machine is. */
  const step = async (ms: number) => {
    lab.clock.advance(ms)
    const idle = patiently((of) => hub().idle(of))
    for (let quiet = 0, seen = requests(); quiet < 2; ) {
      await wait(1)
      for (let turns = 0; turns < 8; turns++) await turn()
      await idle()
      const now = requests()
      quiet = now === seen ? quiet + 1 : 0
      seen = now
    }
  }
  const at: Record<'phone' | 'crm', Side> = { phone: pbx ? pbx.side(lab) : phone, crm }
  return {
    ...{ lab, phone, crm, hub },
    async restart(configured) {
      await hub().stop()
      await start(configured)
    },
    act: (person, place, act) => {
      if (place === 'teams') return actInTeams(lab, person, act)
      actAt(at[place], person, act)
      // What Teams does meanwhile is told in the same breath.
      actInTeams(lab, person, act)
    },
    shown(person, place) {
      if (place !== 'teams') return presenceName(at[place].shown(person))
      const { tenant, person: found } = lab.people.find(upnOf(person))!
      return tenant.shown(found)
    },
    async pass(ms, look) {
      for (let left = ms; left > 0; left -= stepMs) {
        await step(Math.min(stepMs, left))
        look?.()
      }
    },
    async passUntil(look, ms) {
      for (let passed = 0; passed < ms && !look(); passed += stepMs) await step(stepMs)
    },
    async stop() {
      await hub().stop()
      await Promise.all([phone.stop(), crm.stop(), lab.stop()])
      rmSync(data, { recursive: true, force: true })
    },
  }
}
