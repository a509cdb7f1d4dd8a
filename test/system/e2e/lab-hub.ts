import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import type { Emulator, EmulatorWorld } from '../../../src/lab/emulator.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { createLog } from '../../../src/observe/log.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { pass } from './time.ts'
import { isHeard } from './world.ts'

/** The file of `hookswitch lab --with ...`, as an object to change. */
export interface LabConfig {
  readonly http: Record<string, unknown>
  readonly tenants: {
    connectors: Record<string, unknown>[]
    people: Record<string, unknown>[]
    links: Record<string, unknown>[]
  }[]
}

const busyMachineMs = 3_000

/** Microsoft 365 and one emulated system, and the hub that the demo configures for them, on one clock that the test moves. */
export async function startLabHub<System extends Emulator>(
  name: string,
  start: (world: EmulatorWorld) => Promise<System>,
  change: (config: LabConfig) => void = () => {},
) {
  const data = mkdtempSync(join(tmpdir(), `hookswitch-${name}-`))
  const made: { system?: System; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      [name]: async (world) => {
        made.system = await start(world)
        return made.system
      },
    },
  })
  const system = made.system!
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const places = { ...lab, ami: '127.0.0.1:0', sip: '127.0.0.1:0', systems: { [name]: system.address } }
  const text = (more: (config: LabConfig) => void) => {
    const config = parse(labConfig(places, { port: 0, data })) as LabConfig
    change(config)
    more(config)
    return JSON.stringify(config)
  }
  const hub = () => {
    if (!made.hub) throw new Error('the hub is not running')
    return made.hub
  }
  const idle = () => made.hub?.idle() ?? Promise.resolve()
  const waiting = () =>
    hub()
      .port.people()
      .filter((person) => !isHeard(person))
  const world = {
    ...{ lab, system, log: lines, hub, phones: lab.phones },
    person: (who: string) => labPerson(lab, who),
    view: (who: string) => hub().port.person(upnOf(who))!,
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
    async startHub(more: (config: LabConfig) => void = () => {}) {
      made.hub = await startHub(loadText(text(more)), { clock: lab.clock, log })
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
