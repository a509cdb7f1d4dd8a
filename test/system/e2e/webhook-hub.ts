import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { startAmi } from '../../../src/lab/asterisk/server.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { type ContactCentre, startContactCentre } from '../../../src/lab/webhooks/server.ts'
import { createLog } from '../../../src/observe/log.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { pass } from './time.ts'
import { isHeard } from './world.ts'

interface WrittenLink {
  readonly from: string
  readonly to: string
}

/** The links between Teams and the contact centre by this preset. */
function withPreset(links: readonly WrittenLink[], preset: string) {
  const isCentre = ({ from, to }: WrittenLink) => [from, to].toSorted().join() === 'crm,teams'
  return links.map((link) => (isCentre(link) ? { ...link, preset } : link))
}

const busyMachineMs = 5_000

/** Microsoft 365, an Asterisk PBX and a contact centre with webhooks, with the hub that `lab --with webhook` configures. */
export async function startWebhookHub(preset = 'default') {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-webhook-'))
  const made: { centre?: ContactCentre; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      ami: (world) => startAmi({ ...world, badLoginDelayMs: 20 }),
      webhook: async (world) => {
        made.centre = await startContactCentre(world)
        return made.centre
      },
    },
  })
  const centre = made.centre!
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const { ami } = lab.addresses
  const places = { ...lab, ami: ami!, sip: '127.0.0.1:0', systems: { webhook: centre.address } }
  const config = parse(labConfig(places, { port: 0, data })) as { tenants: [{ links: WrittenLink[] }] }
  const text = JSON.stringify(config, (key, value) => (key === 'links' ? withPreset(value, preset) : value))
  const hub = () => {
    if (!made.hub) throw new Error('the hub is not running')
    return made.hub
  }
  const idle = () => made.hub?.idle() ?? Promise.resolve()
  const world = {
    ...{ lab, centre, log: lines, hub, phones: lab.phones, faults: lab.faults },
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    /** What the contact centre was told to show. */
    told: (name: string) => centre.agents.told(upnOf(name))?.state,
    pick: (name: string, state: string) => centre.agents.pick(upnOf(name), state),
    dnd: (extension: string) => lab.phones.phone(extension)!.dnd,
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
    async startHub() {
      made.hub = await startHub(loadText(text), { clock: lab.clock, log })
      const waiting = () =>
        hub()
          .port.people()
          .filter((person) => !isHeard(person))
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

export type WebhookHub = Awaited<ReturnType<typeof startWebhookHub>>
