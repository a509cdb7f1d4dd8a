import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { registry } from '../../../src/apps/registry.ts'
import { salvageConfig } from '../../../src/config/salvage.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { type NetSapiens, startNetSapiens } from '../../../src/lab/netsapiens/server.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { createLog } from '../../../src/observe/log.ts'
import { bySip } from '../netsapiens-world.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { pass } from './time.ts'
import type { WrittenConfig } from './vodia-hub.ts'
import { isHeard } from './world.ts'

const busyMachineMs = 3_000

/**
 * Microsoft 365 and a NetSapiens platform, and the hub that the demo configures for them, on one clock that the test moves.
 * `bySip`: do not disturb by as-feature-event. `withoutPreset`: the usual rules both ways.
 */
export async function startNetSapiensHub(
  settings: Readonly<Record<string, unknown>> = {},
  options: { readonly bySip?: boolean; readonly withoutPreset?: boolean } = {},
) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-netsapiens-'))
  const made: { platform?: NetSapiens; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 23, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      netsapiens: async (world) => {
        made.platform = await startNetSapiens({ ...world, ...(options.bySip && { sip: {} }) })
        return made.platform
      },
    },
  })
  const platform = made.platform!
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const places = { ...lab, ami: '127.0.0.1:0', sip: '127.0.0.1:0', systems: { netsapiens: platform.address } }
  const text = () => {
    const config = parse(labConfig(places, { port: 0, data })) as WrittenConfig
    for (const one of config.tenants[0]!.connectors)
      if (one.type === 'netsapiens') {
        Object.assign(one, platform.sip && bySip(platform.sip.address), settings)
      }
    if (options.withoutPreset) for (const link of config.tenants[0]!.links) delete link.preset
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
    ...{ lab, platform, log: lines, hub, phones: lab.phones },
    config: () => loadText(text()),
    salvage: () => salvageConfig(text(), { file: 'hookswitch.yaml', types: registry, env: {} }),
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    dnd: (extension: string) => lab.phones.phone(extension)!.dnd,
    /** Do not disturb in the answer rules of a user, by time frame. */
    rules: (extension: string) =>
      Object.fromEntries(
        platform.rules.list(extension).map(({ frame }) => [frame, platform.rules.isOn(extension, frame)]),
      ),
    /** Writes of answer rules that reached the platform. */
    writes: (): readonly LoggedRequest[] =>
      lab.requests.since(0).filter(({ method, path }) => method === 'PUT' && path.includes('/answerrules/')),
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
      made.hub = await startHub(world.config(), { clock: lab.clock, log })
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

export type NetSapiensHub = Awaited<ReturnType<typeof startNetSapiensHub>>
