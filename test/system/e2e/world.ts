import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '../../../src/apps/hub.ts'
import type { Clock } from '../../../src/core/ports.ts'
import type { PersonView, SystemView, TargetView } from '../../../src/core/view.ts'
import { type Ami, startAmi } from '../../../src/lab/asterisk/server.ts'
import { LabClock } from '../../../src/lab/clock.ts'
import { type Lab, type LabTenant, startLab } from '../../../src/lab/lab.ts'
import { sampleTenant } from '../../../src/lab/sample.ts'
import { type SipEmulator, type SipOptions, startSip } from '../../../src/lab/sip/server.ts'
import type { Switches } from '../../../src/lab/switches.ts'
import { createLog } from '../../../src/observe/log.ts'
import { busyMachineMs, until } from '../support/child.ts'
import {
  type ConfiguredPeople,
  configText,
  type HubSettings,
  loadText,
  type PersonAddresses,
} from './config.ts'
import { type LabPerson, type LabPhone, labPerson, labPhone, upnOf } from './lab-people.ts'
import { type Idle, pass, passUntil } from './time.ts'

export interface WorldOptions extends Partial<Omit<HubSettings, 'people'>> {
  readonly switches?: Partial<Switches>
  /** Default: everyone of the sample tenant. */
  readonly people?: ConfiguredPeople
  readonly tenant?: LabTenant
  readonly requestLogSize?: number
  /** How the lab's SIP server words its documents. */
  readonly sipStyle?: SipOptions['style']
  /** The hub's clock, made from the lab's. Default: the lab's itself. */
  readonly clock?: (lab: Clock) => Clock
  /** Do not start a hub in this process. */
  readonly withoutHub?: boolean
  /** Time goes on only as the test lets it pass. Default: by itself, which processes of their own need. */
  readonly stopped?: boolean
  /** How fast it is, others measure: on a busy machine `timed` waits for longer, and says that it took the time allowed. */
  readonly patient?: boolean
}

/** A lab with PBX, SIP server and Microsoft 365, and a hub beside it in the same process, on one clock. */
export interface World {
  readonly lab: Lab
  readonly ami: Ami
  readonly sip: SipEmulator
  readonly data: string
  readonly log: string[]
  hub(): RunningHub
  person(name: string): LabPerson
  phone(extension: string): LabPhone
  view(name: string): PersonView
  /** One system of a person as the board shows it. */
  system(name: string, connector: string): SystemView
  /** One slot as the board shows it. */
  target(name: string, connector: string, slot: string): TargetView | undefined
  /** What the lab and the hub know of a person, for the message of a test that fails. */
  describe(name: string): Promise<string>
  text(change?: Partial<HubSettings>): string
  stopHub(): Promise<void>
  /** With another configuration, where given. */
  restartHub(change?: Partial<HubSettings>): Promise<void>
  /** Everyone heard once. */
  ready(): Promise<void>
  /** Time passes, quickly. */
  pass(ms: number, look?: () => void): Promise<void>
  /** Time passes quickly until this is so, or `ms` are over. */
  passUntil(look: () => unknown, what: string, ms: number): Promise<void>
  /** Acts, and waits until that is seen, in real time where time goes on by itself; answers how long it took, milliseconds. */
  timed(
    act: () => void,
    seen: () => unknown,
    about: { name: string; what: string; ms: number },
  ): Promise<number>
  stop(): Promise<void>
}

export const samplePeople = (): PersonAddresses[] =>
  (sampleTenant().people ?? []).map(({ upn, extensions = [] }) => ({ upn, addresses: { pbx: extensions } }))

/** Teams has found the person, and every system of the person has spoken. */
export const isHeard = ({ systems }: PersonView): boolean =>
  systems.some(({ type }) => type === 'teams') && systems.every(({ synced }) => synced)

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'hookswitch-e2e-'))
  const made: { ami?: Ami; sip?: SipEmulator; hub?: RunningHub } = {}
  const lab = await startLab({
    clock: new LabClock({ running: !options.stopped }),
    tenants: [options.tenant ?? sampleTenant()],
    ...(options.switches && { switches: options.switches }),
    ...(options.requestLogSize && { requestLogSize: options.requestLogSize }),
    emulators: {
      ami: async (world) => {
        made.ami = await startAmi({ ...world, badLoginDelayMs: 20 })
        return made.ami
      },
      sip: async (world) => {
        made.sip = await startSip({ ...world, ...(options.sipStyle && { style: options.sipStyle }) })
        return made.sip
      },
    },
  })
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  const clock = options.clock?.(lab.clock) ?? lab.clock
  const settings: HubSettings = { ...options, people: options.people ?? samplePeople(), data }
  const text = (change: Partial<HubSettings> = {}) => configText(lab, { ...settings, ...change })
  const hub = () => {
    if (!made.hub) throw new Error('the hub is not running')
    return made.hub
  }
  const start = async (change?: Partial<HubSettings>) => {
    made.hub = await startHub(loadText(text(change)), { clock, log })
  }
  const idle: Idle = (of) => made.hub?.idle(of) ?? Promise.resolve()
  const stopHub = async () => {
    const running = made.hub
    delete made.hub
    await running?.stop()
  }
  const system = (name: string, connector: string) => {
    const found = world.view(name).systems.find((each) => each.connector === connector)
    if (!found) throw new Error(`${name} has no ${connector}`)
    return found
  }
  const world: World = {
    ...{ lab, ami: made.ami!, sip: made.sip!, data, log: lines, hub, text, stopHub, system },
    person: (name) => labPerson(lab, name),
    phone: (extension) => labPhone(lab, made.ami!, extension),
    view: (name) => {
      const view = hub().port.person(upnOf(name))
      if (!view) throw new Error(`the hub does not know ${name}`)
      return view
    },
    target: (name, connector, slot) => system(name, connector).targets.find((one) => one.slot === slot),
    async describe(name) {
      const found = lab.people.find(upnOf(name))
      const explained = await made.hub?.port.explain(upnOf(name))
      const { people, requests } = lab
      const recent = requests.since(Math.max(0, requests.last - 30)).map((one) => JSON.stringify(one))
      return [
        JSON.stringify(found && people.state(found, lab.clock.monotonic())),
        JSON.stringify(explained, undefined, 1),
        ...recent,
        ...lines.slice(-20),
      ].join('\n')
    },
    async restartHub(change) {
      await stopHub()
      await start(change)
    },
    async ready() {
      const waiting = () =>
        hub()
          .port.people()
          .filter((one) => !isHeard(one))
      await until(
        async () => {
          if (options.stopped) await pass(lab.clock, 20)
          return waiting().length === 0
        },
        () => `everyone to be heard; ${JSON.stringify(waiting().slice(0, 1))}\n${lines.join('')}`,
      )
    },
    pass: (ms, look) => pass(lab.clock, ms, { ...(look && { look }), idle }),
    passUntil: (look, what, ms) =>
      passUntil(lab.clock, look, { what, ms, idle, said: () => lines.slice(-20).join('') }),
    async timed(act, seen, { name, what, ms }) {
      const now = () => (options.stopped ? lab.clock.monotonic() : performance.now())
      const begun = now()
      act()
      const patienceMs = options.patient ? busyMachineMs : ms
      await (options.stopped ? world.passUntil(seen, what, ms) : until(seen, what, patienceMs)).catch(
        async (error: Error) => {
          throw new Error(`${error.message}\n${await world.describe(name)}`)
        },
      )
      const took = Math.round(now() - begun)
      return options.patient ? Math.min(took, ms) : took
    },
    async stop() {
      await stopHub()
      await lab.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
  if (!options.withoutHub) {
    await start()
    await world.ready()
  }
  return world
}
