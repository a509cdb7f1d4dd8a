import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { type Swyx, startSwyx } from '../../../src/apps/phone-agent/swyx.ts'
import type { ResolvedConfig } from '../../../src/config/resolved.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { type Salesforce, startSalesforce } from '../../../src/lab/salesforce/server.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { type SipEmulator, startSip } from '../../../src/lab/sip/server.ts'
import { createLog } from '../../../src/observe/log.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { pass } from './time.ts'
import { isHeard } from './world.ts'

interface Written {
  readonly tenants: {
    connectors: Record<string, unknown>[]
    people: { upn: string; addresses: Record<string, unknown> }[]
    links: Record<string, unknown>[]
  }[]
}

/** Real milliseconds that a busy machine may need for what takes it a few. */
const busyMachineMs = 10_000

/**
 * Swyx beside Microsoft 365, on one clock that the test moves. `agent`: lamps by SIP and states by an agent, as
 * `hookswitch demo --with swyx` has it. `vendor`: kept in step with Teams by the vendor's own connector, with a CRM that
 * the hub serves.
 */
export async function startSwyxHub(way: 'agent' | 'vendor') {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-swyx-'))
  const made: { sip?: SipEmulator; swyx?: Swyx; crm?: Salesforce; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      sip: async (world) => {
        made.sip = await startSip(world)
        return made.sip
      },
      ...(way === 'agent'
        ? {
            swyx: async (world) => {
              made.swyx = await startSwyx(world)
              return made.swyx
            },
          }
        : {
            salesforce: async (world) => {
              made.crm = await startSalesforce(world)
              return made.crm
            },
          }),
    },
  })
  const { sip, swyx, crm } = made
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const systems: Record<string, string> = swyx ? { swyx: swyx.address } : { salesforce: crm!.address }
  const config = (change: (config: Written) => void): ResolvedConfig => {
    const places = { ...lab, ami: '127.0.0.1:0', sip: sip!.address, systems }
    const written = parse(labConfig(places, { port: 0, data })) as Written
    if (way === 'vendor') keepByVendor(written, sip!.address)
    change(written)
    return loadText(JSON.stringify(written))
  }
  const hub = () => {
    if (!made.hub) throw new Error('the hub is not running')
    return made.hub
  }
  const idle = () => made.hub?.idle() ?? Promise.resolve()
  const world = {
    ...{ lab, sip: sip!, swyx: swyx!, crm: crm!, log: lines, hub, config, phones: lab.phones },
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    /** What the lamps tell of a call is on its way between sockets; time stands still until the hub has heard it. */
    heard: (name: string, call: boolean) =>
      until(
        () => {
          const lamps = world.view(name).systems.find(({ connector }) => connector === 'lamps')
          return (lamps?.native?.activity === 'inACall') === call
        },
        `the lamps of ${name} to be heard`,
        20_000,
      ),
    /** What the hub handed to the agent, as `1001 away/away`. */
    writes: () =>
      lab.requests
        .since(0)
        .filter(({ target, method }) => target === 'agent' && method === 'publish')
        .map(({ path, body }) => `${path.replace('presence/', '')} ${body as string}`),
    pass: (ms: number, look?: () => void) => pass(lab.clock, ms, { ...(look && { look }), idle }),
    async passUntil(look: () => unknown, what: string, ms: number) {
      const begun = lab.clock.monotonic()
      while (!look() && lab.clock.monotonic() - begun <= ms) await pass(lab.clock, 250, { idle })
      await until(look, () => `for ${ms} ms: ${what}\n${lines.slice(-20).join('')}`, busyMachineMs)
    },
    async stopHub() {
      const running = made.hub
      delete made.hub
      await running?.stop()
    },
    async startHub(change: (config: Written) => void = () => {}) {
      made.hub = await startHub(config(change), { clock: lab.clock, log })
      const body = JSON.stringify({ url: `${made.hub.url}/hooks/contoso/pbx` })
      if (swyx) await fetch(`${swyx.address}/join`, { method: 'POST', body })
      const waiting = () =>
        hub()
          .port.people()
          .filter((one) => !isHeard(one))
      await until(
        async () => {
          await pass(lab.clock, 20)
          return waiting().length === 0
        },
        () => `everyone to be heard; ${JSON.stringify(waiting().slice(0, 1))}\n${lines.join('')}`,
        30_000,
      )
    },
    async stop() {
      await world.stopHub()
      await lab.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  await world.startHub()
  return world
}

/** The page's set-up for that way: no link between Swyx and Teams, none between Swyx and the CRM. */
function keepByVendor(written: Written, server: string): void {
  const [tenant] = written.tenants
  const account = { username: 'hookswitch', password: 'lab-password', domain: 'lab.example' }
  tenant!.connectors = tenant!.connectors.map((one) =>
    one.id === 'pbx'
      ? { id: 'pbx', type: 'sip', server, transport: 'tcp', ...account, teamsSync: 'vendor' }
      : one,
  )
  const preset = 'swyx-via-crm'
  tenant!.links = [
    { from: 'teams', to: 'crm', preset },
    { from: 'crm', to: 'teams', preset },
  ]
}

export type SwyxHub = Awaited<ReturnType<typeof startSwyxHub>>
