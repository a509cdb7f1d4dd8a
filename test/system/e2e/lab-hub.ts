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
import { type Idle, pass, passUntil } from './time.ts'
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

export interface HubBesideLabOptions {
  /** Of the data directory. */
  readonly name: string
  readonly emulators: Readonly<Record<string, (world: EmulatorWorld) => Promise<Emulator>>>
  readonly change?: ((config: LabConfig) => void) | undefined
  /** Default: Saturday, 21 November 2026, 9:00 UTC. */
  readonly wallStart?: number
  /** After each start of the hub, before anybody has to be heard. */
  readonly started?: (hub: RunningHub) => Promise<unknown>
}

const nowhere = '127.0.0.1:0'

/** Microsoft 365 and emulated systems, and the hub that the demo configures for them, on one clock that the test moves. */
export async function startHubBesideLab(options: HubBesideLabOptions) {
  const data = mkdtempSync(join(tmpdir(), `hookswitch-${options.name}-`))
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: options.wallStart ?? Date.UTC(2026, 10, 21, 9) }),
    tenants: [sampleTenant()],
    emulators: options.emulators,
  })
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const { ami = nowhere, sip = nowhere } = lab.addresses
  const further = Object.keys(options.emulators).filter((name) => name !== 'ami' && name !== 'sip')
  const systems = Object.fromEntries(further.map((name) => [name, lab.addresses[name]!]))
  const text = (more: (config: LabConfig) => void = () => {}) => {
    const config = parse(labConfig({ ...lab, ami, sip, systems }, { port: 0, data })) as LabConfig
    options.change?.(config)
    more(config)
    return JSON.stringify(config)
  }
  let running: RunningHub | undefined
  const hub = () => {
    if (!running) throw new Error('the hub is not running')
    return running
  }
  const idle: Idle = (of) => running?.idle(of) ?? Promise.resolve()
  const waiting = () =>
    hub()
      .port.people()
      .filter((person) => !isHeard(person))
  const world = {
    ...{ lab, log: lines, hub, text, phones: lab.phones },
    person: (who: string) => labPerson(lab, who),
    view: (who: string) => hub().port.person(upnOf(who))!,
    dnd: (extension: string) => lab.phones.phone(extension)!.dnd,
    pass: (ms: number, look?: () => void) => pass(lab.clock, ms, { ...(look && { look }), idle }),
    passUntil: (look: () => unknown, what: string, ms: number) =>
      passUntil(lab.clock, look, { what, ms, idle, said: () => lines.slice(-20).join('') }),
    async stopHub() {
      const stopping = running
      running = undefined
      await stopping?.stop()
    },
    async startHub(more?: (config: LabConfig) => void) {
      running = await startHub(loadText(text(more)), { clock: lab.clock, log })
      await options.started?.(running)
      await until(
        async () => {
          await pass(lab.clock, 20)
          return waiting().length === 0
        },
        () => `everyone to be heard; ${JSON.stringify(waiting().slice(0, 1))}\n${lines.join('')}`,
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

/** The same with one emulated system, as `hookswitch lab --with NAME` has it. */
export async function startLabHub<System extends Emulator>(
  name: string,
  start: (world: EmulatorWorld) => Promise<System>,
  change?: (config: LabConfig) => void,
) {
  const made: { system?: System } = {}
  const emulators = {
    [name]: async (world: EmulatorWorld) => {
      made.system = await start(world)
      return made.system
    },
  }
  const world = await startHubBesideLab({ name, emulators, change })
  return { ...world, system: made.system! }
}
