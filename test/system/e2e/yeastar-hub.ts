import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import type { YeastarConfig } from '../../../src/connectors/yeastar/config.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { startYeastar, type Yeastar } from '../../../src/lab/yeastar/server.ts'
import { createLog } from '../../../src/observe/log.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { type Idle, pass, passUntil } from './time.ts'
import { isHeard } from './world.ts'

/**
 * Microsoft 365 and a Yeastar PBX, and a hub with the configuration of the demo (`--with yeastar`): in this process on one
 * clock, which stands still, or with `process` only the files for one of its own.
 */
export async function startYeastarHub(
  options: {
    process?: { port: number }
    /** Of the connector, beside those of the demo. */
    settings?: Partial<YeastarConfig>
  } = {},
) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-yeastar-'))
  const made: { pbx?: Yeastar; hub?: RunningHub } = {}
  const running = options.process !== undefined
  const lab = await startLab({
    clock: new LabClock({ running, wallStart: Date.UTC(2026, 10, 23, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      yeastar: async (world) => {
        made.pbx = await startYeastar(world)
        return made.pbx
      },
    },
  })
  const pbx = made.pbx!
  const places = { ...lab, ami: '', sip: '', systems: { yeastar: pbx.address } }
  const config = parse(
    labConfig(places, { port: options.process?.port ?? 0, data: join(data, 'store') }),
  ) as {
    readonly tenants: { readonly connectors: Record<string, unknown>[] }[]
  }
  for (const connector of config.tenants.flatMap(({ connectors }) => connectors)) {
    if (connector.type === 'yeastar') Object.assign(connector, options.settings)
  }
  const text = JSON.stringify(config)
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const hub = () => made.hub!
  const idle: Idle = (of) => made.hub?.idle(of) ?? Promise.resolve()
  if (!running) {
    made.hub = await startHub(loadText(text), { clock: lab.clock, log })
    await until(
      async () => {
        await pass(lab.clock, 20)
        return hub().port.people().every(isHeard)
      },
      () => `everyone to be heard\n${lines.join('')}`,
    )
  }
  return {
    ...{ lab, pbx, data, text, lines, hub },
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    presence: (extension: string) => pbx.extensions.presence(extension),
    pick: (extension: string, word: string) => pbx.extensions.setPresence(extension, word),
    /** Writes that reached the PBX, oldest first. */
    writes: () =>
      lab.requests
        .since(0)
        .filter(({ path }) => path.includes('extension/update'))
        .map(({ body }) => (body as { presence_status: string }).presence_status),
    pass: (ms: number, look?: () => void) => pass(lab.clock, ms, { ...(look && { look }), idle }),
    passUntil: (look: () => unknown, what: string, ms: number) =>
      passUntil(lab.clock, look, { what, ms, idle, said: () => lines.slice(-20).join('') }),
    async stop() {
      await made.hub?.stop()
      await lab.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export type YeastarHub = Awaited<ReturnType<typeof startYeastarHub>>
