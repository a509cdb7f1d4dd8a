import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labConfig } from '../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { registry } from '../../src/apps/registry.ts'
import { parseConfig } from '../../src/config/load.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { startLab } from '../../src/lab/lab.ts'
import { sampleTenant } from '../../src/lab/sample.ts'
import { startThreeCx, type ThreeCx } from '../../src/lab/three-cx/server.ts'
import type { ProfileName } from '../../src/lab/three-cx/users.ts'
import { createLog } from '../../src/observe/log.ts'
import { presetIndex } from '../../src/presets/catalog.ts'
import { labPerson, upnOf } from './e2e/lab-people.ts'
import { type Idle, pass, passUntil } from './e2e/time.ts'
import { isHeard } from './e2e/world.ts'
import { until } from './support/child.ts'

/** A minute before eight in Berlin. */
const monday = Date.UTC(2026, 10, 23, 6, 59)

/**
 * A lab with Microsoft 365 and 3CX, and a hub beside it with the configuration of the demo (`--with 3cx`): in this
 * process on one clock, which stands still, or with `process` only the files for one of its own.
 */
export async function startThreeCxHub(
  options: {
    process?: { port: number }
    /** Before the hub begins. */
    prepare?: (pbx: ThreeCx) => void
  } = {},
) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-3cx-'))
  const made: { pbx?: ThreeCx; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: options.process !== undefined, wallStart: monday }),
    tenants: [sampleTenant()],
    emulators: {
      '3cx': async (world) => {
        made.pbx = await startThreeCx(world)
        return made.pbx
      },
    },
  })
  const pbx = made.pbx!
  options.prepare?.(pbx)
  const { graphUrl, loginUrl, controlUrl } = lab
  const places = { graphUrl, loginUrl, controlUrl, ami: '', sip: '', systems: { '3cx': pbx.address } }
  const text = labConfig(places, { port: options.process?.port ?? 0, data: join(data, 'store') })
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const hub = () => made.hub!
  const idle: Idle = (of) => made.hub?.idle(of) ?? Promise.resolve()
  if (!options.process) {
    const config = parseConfig(text, {
      file: 'hookswitch.yaml',
      types: registry,
      presets: presetIndex,
      env: {},
    })
    made.hub = await startHub(config, { clock: lab.clock, log })
    await until(
      async () => {
        await pass(lab.clock, 20)
        return hub().port.people().every(isHeard)
      },
      () => `everyone to be heard\n${lines.join('')}`,
    )
  }
  const user = (extension: string) => pbx.users.byNumber(extension)!
  return {
    ...{ lab, pbx, data, text, lines, hub },
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    profile: (extension: string) => user(extension).profile,
    pick: (extension: string, profile: ProfileName) =>
      void pbx.users.setProfile(user(extension), profile, 'phone'),
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

export type ThreeCxHub = Awaited<ReturnType<typeof startThreeCxHub>>
