import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { startLab } from '../../../src/lab/lab.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { startVodia, type Vodia, type VodiaOptions } from '../../../src/lab/vodia/server.ts'
import { createLog } from '../../../src/observe/log.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { pass } from './time.ts'
import { isHeard } from './world.ts'

/** The file of `hookswitch lab --with vodia`, as an object to change. */
export interface WrittenConfig {
  readonly tenants: {
    connectors: Record<string, unknown>[]
    people: Record<string, unknown>[]
    links: Record<string, unknown>[]
  }[]
}

const busyMachineMs = 3_000

/** Microsoft 365 and a Vodia PBX, and the hub that the demo configures for them, on one clock that the test moves. */
export async function startVodiaHub(
  change: (config: WrittenConfig) => void = () => {},
  options: Partial<VodiaOptions> = {},
) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-vodia-'))
  const made: { pbx?: Vodia; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      vodia: async (world) => {
        made.pbx = await startVodia({ ...world, ...options })
        return made.pbx
      },
    },
  })
  const pbx = made.pbx!
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const places = { ...lab, ami: '127.0.0.1:0', sip: '127.0.0.1:0', systems: { vodia: pbx.address } }
  const text = (more: (config: WrittenConfig) => void = () => {}) => {
    const config = parse(labConfig(places, { port: 0, data })) as WrittenConfig
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
    ...{ lab, pbx, log: lines, hub, phones: lab.phones },
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    dnd: (extension: string) => lab.phones.phone(extension)!.dnd,
    /** Writes of do not disturb that reached the PBX. */
    writes: (): readonly LoggedRequest[] =>
      lab.requests.since(0).filter(({ method, path }) => method === 'POST' && path.endsWith('/dnd')),
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
    async startHub(more?: (config: WrittenConfig) => void) {
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

export type VodiaHub = Awaited<ReturnType<typeof startVodiaHub>>
