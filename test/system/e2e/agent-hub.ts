import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { labConfig } from '../../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import { labAgent, type PhoneAgent, startPhoneAgent } from '../../../src/apps/phone-agent/start.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { startLab } from '../../../src/lab/lab.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { createLog } from '../../../src/observe/log.ts'
import { until } from '../support/child.ts'
import { loadText } from './config.ts'
import { labPerson, upnOf } from './lab-people.ts'
import { pass } from './time.ts'
import { isHeard } from './world.ts'

/** Real milliseconds that a busy machine may need for what takes it a few. */
const busyMachineMs = 5_000

interface WrittenConfig {
  readonly tenants: { connectors: Record<string, unknown>[] }[]
}

/** Microsoft 365, an agent before the lab's phones, and the hub that the demo configures, on one clock of the test's. */
export async function startAgentHub(agents?: readonly Record<string, unknown>[]) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-agent-'))
  const made: { agent?: PhoneAgent; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) }),
    tenants: [sampleTenant()],
    emulators: {
      agent: async (world) => {
        // Told where the hub is once it listens.
        made.agent = await startPhoneAgent({ ...world, hub: 'http://127.0.0.1:1/hooks/contoso/pbx' })
        return made.agent
      },
    },
  })
  const site = made.agent!
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const places = { ...lab, ami: '127.0.0.1:0', sip: '127.0.0.1:0', systems: { agent: site.address } }
  const text = () => {
    const config = parse(labConfig(places, { port: 0, data })) as WrittenConfig
    const own = config.tenants[0]!.connectors.find(({ type }) => type === 'agent')!
    if (agents) own.agents = [...(own.agents as object[]), ...agents]
    return JSON.stringify(config)
  }
  const hub = () => {
    if (!made.hub) throw new Error('the hub is not running')
    return made.hub
  }
  const idle = () => made.hub?.idle() ?? Promise.resolve()
  const callback = () => `${hub().url}/hooks/contoso/pbx`
  const waiting = () =>
    hub()
      .port.people()
      .filter((person) => !isHeard(person))
  const world = {
    ...{ lab, site, hub, callback, phones: lab.phones, log: lines },
    person: (name: string) => labPerson(lab, name),
    view: (name: string) => hub().port.person(upnOf(name))!,
    /** The system `pbx` of a person as the board shows it. */
    system: (name: string) => world.view(name).systems.find(({ connector }) => connector === 'pbx')!,
    dnd: (extension: string) => lab.phones.phone(extension)!.dnd,
    /** What was handed to the agent to set, as `dnd/1001 doNotDisturb/doNotDisturb`. */
    writes: () =>
      lab.requests
        .since(0)
        .filter(({ target, method }) => target === 'agent' && method === 'publish')
        .map(({ path, body }) => `${path} ${body as string}`),
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
      made.hub = await startHub(loadText(text()), { clock: lab.clock, log })
      const body = JSON.stringify({ url: callback() })
      await fetch(`${site.address}/join`, { method: 'POST', body })
      await until(
        async () => {
          await pass(lab.clock, 20)
          return waiting().length === 0
        },
        () => `everyone to be heard; ${JSON.stringify(waiting().slice(0, 1))}\n${lines.join('')}`,
        30_000,
      )
    },
    token: labAgent.token,
    async stop() {
      await world.stopHub()
      await lab.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  await world.startHub()
  return world
}

export type AgentHub = Awaited<ReturnType<typeof startAgentHub>>
