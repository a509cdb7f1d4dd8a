import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parse, stringify } from 'yaml'
import { labConfig } from '../../src/apps/cli/lab-config.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { registry } from '../../src/apps/registry.ts'
import { parseConfig } from '../../src/config/load.ts'
import { meaningOfWords, stateOfMeaning } from '../../src/connectors/salesforce/meanings.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { startLab } from '../../src/lab/lab.ts'
import { type Salesforce, startSalesforce } from '../../src/lab/salesforce/server.ts'
import { sampleTenant } from '../../src/lab/sample.ts'
import { startThreeCx, type ThreeCx } from '../../src/lab/three-cx/server.ts'
import type { ProfileName } from '../../src/lab/three-cx/users.ts'
import { createLog } from '../../src/observe/log.ts'
import { presetIndex } from '../../src/presets/catalog.ts'
import { seedAccounts } from './access-world.ts'
import { labPerson, upnOf } from './e2e/lab-people.ts'
import { type Idle, pass } from './e2e/time.ts'
import { isHeard } from './e2e/world.ts'
import { until } from './support/child.ts'

/** Every step leaves what is on its way between sockets this long, real milliseconds. */
const breathMs = 4
/** However busy the machine is, real milliseconds. */
const patienceMs = 60_000

interface Link {
  readonly from: string
  readonly to: string
  readonly preset?: string
}

/** Links of one preset: who reads whom. */
const matrix: Readonly<Record<string, readonly Link[]>> = {
  '3cx-crm': [
    ['crm', 'pbx'],
    ['pbx', 'crm'],
    ['teams', 'crm'],
    ['teams', 'pbx'],
  ].map(([from = '', to = '']) => ({ from, to, preset: '3cx-crm' })),
  mirage: ['crm teams', 'teams crm'].map((pair) => {
    const [from = '', to = ''] = pair.split(' ')
    return { from, to, preset: 'mirage' }
  }),
  salesforce: ['crm pbx', 'pbx crm', 'teams crm', 'crm teams', 'teams pbx', 'pbx teams'].map((pair) => {
    const [from = '', to = ''] = pair.split(' ')
    return { from, to, preset: 'salesforce' }
  }),
}

/** The demo's configuration with the links of this preset; to the CRM `signOutAfter` minutes sign out. */
function linkBy(text: string, preset: string, signOutAfter: number | undefined): string {
  const config = parse(text) as { tenants: { links: readonly object[] }[] }
  config.tenants[0]!.links = matrix[preset]!.map((link) =>
    signOutAfter !== undefined && link.from === 'teams' && link.to === 'crm'
      ? { ...link, signOutAfter }
      : link,
  )
  return stringify(config)
}

const supervisedGroup = 'service'

function putInGroup(text: string, names: readonly string[]): string {
  const config = parse(text) as { tenants: { people: { upn: string; groups?: readonly string[] }[] }[] }
  for (const one of config.tenants[0]!.people) {
    if (names.map(upnOf).includes(one.upn)) one.groups = [supervisedGroup]
  }
  return stringify(config)
}

/**
 * A lab with Microsoft 365, 3CX and Salesforce, and a hub beside it, linked by a preset: in this process on one clock,
 * which stands still, or with `process` only the files for one of its own.
 */
export async function startSalesforceHub(
  preset: string,
  options: { process?: { port: number }; signOutAfter?: number; supervised?: readonly string[] } = {},
) {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-salesforce-'))
  const made: { pbx?: ThreeCx; crm?: Salesforce; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: options.process !== undefined }),
    tenants: [sampleTenant()],
    emulators: {
      '3cx': async (world) => {
        made.pbx = await startThreeCx(world)
        return made.pbx
      },
      salesforce: async (world) => {
        made.crm = await startSalesforce(world)
        return made.crm
      },
    },
  })
  const [pbx, crm] = [made.pbx!, made.crm!]
  const { graphUrl, loginUrl, controlUrl } = lab
  const systems = { '3cx': pbx.address, salesforce: crm.address }
  const places = { graphUrl, loginUrl, controlUrl, ami: '', sip: '', systems }
  const port = options.process?.port ?? 0
  const written = linkBy(labConfig(places, { port, data: join(data, 'store') }), preset, options.signOutAfter)
  const text = options.supervised ? putInGroup(written, options.supervised) : written
  const grant = { role: 'supervisor', tenant: 'contoso', groups: [supervisedGroup] } as const
  const signedIn = options.supervised && (await seedAccounts(join(data, 'store'), { Olga: grant }))
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const idle: Idle = (of) => made.hub?.idle(of) ?? Promise.resolve()
  const step = async (ms: number) => {
    await pass(lab.clock, ms, { idle })
    await wait(breathMs)
  }
  if (!options.process) {
    const about = { file: 'hookswitch.yaml', types: registry, presets: presetIndex, env: {} }
    made.hub = await startHub(parseConfig(text, about), {
      ...{ clock: lab.clock, log },
      ...(signedIn && { signIn: true }),
    })
    await until(
      async () => {
        await step(20)
        return made.hub!.port.people().every(isHeard) && crm.streams() === 2
      },
      () => `everyone to be heard\n${lines.join('')}`,
    )
  }
  return {
    ...{ lab, pbx, crm, data, text, lines },
    hub: () => made.hub!,
    /** Of the supervisor's session, where somebody is supervised. */
    cookie: signedIn?.cookies.get('Olga'),
    person: (name: string) => labPerson(lab, name),
    profile: (extension: string) => pbx.users.byNumber(extension)!.profile,
    pickProfile: (extension: string, profile: ProfileName) =>
      void pbx.users.setProfile(pbx.users.byNumber(extension)!, profile, 'phone'),
    status: (name: string) => crm.desk!.shown(upnOf(name)),
    meaningOf: (label: string) => stateOfMeaning(meaningOfWords(label)!),
    pick: (name: string, label: string) => void crm.desk!.pick(upnOf(name), label),
    view: (name: string, connector: string) =>
      made.hub!.port.person(upnOf(name))!.systems.find((system) => system.connector === connector)!,
    async pass(ms: number, look?: () => void) {
      for (let left = ms; left > 0; left -= 500) {
        await step(Math.min(500, left))
        look?.()
      }
    },
    /** Time passes until it is so, and on while the machine is too busy to bring it about. */
    async passUntil(look: () => unknown, what: string) {
      const deadline = performance.now() + patienceMs
      while (!look()) {
        if (performance.now() > deadline) throw new Error(`${what}\n${lines.slice(-20).join('')}`)
        await step(250)
      }
    },
    async stop() {
      await made.hub?.stop()
      await lab.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export type SalesforceHub = Awaited<ReturnType<typeof startSalesforceHub>>
