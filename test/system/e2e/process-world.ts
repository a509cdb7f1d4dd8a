import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PersonView } from '../../../src/core/view.ts'
import type { PersonState } from '../../../src/lab/people.ts'
import type { LoggedRequest } from '../../../src/lab/request-log.ts'
import type { Switches } from '../../../src/lab/switches.ts'
import { startChild, until } from '../support/child.ts'
import { openSyncHttp } from '../support/sync-http.ts'
import { configText, type HubSettings } from './config.ts'
import { startHubProcess, writeConfigFile } from './hub-process.ts'
import { type LabPerson, type LabPhone, upnOf } from './lab-people.ts'
import { samplePeople, type World } from './world.ts'

export interface ProcessWorldOptions extends Partial<Omit<HubSettings, 'data' | 'port'>> {
  readonly switches?: Partial<Switches>
}

interface Places {
  readonly controlUrl: string
  readonly graphUrl: string
  readonly loginUrl: string
  readonly ami: string
  readonly sip: string
}

/**
 * Time is real here. What must last is looked at no longer than this, milliseconds: more than any window of the hub, so
 * that what would go wrong afterwards has begun to.
 */
const longestPassMs = 21_000
/** What takes a moment may take so much longer on a loaded machine, milliseconds: promises are measured elsewhere. */
const busyMachineMs = 60_000
const lookMs = 100
/** No two worlds start at a time: four programs that start at once keep each other waiting. */
let starting: Promise<unknown> = Promise.resolve()

/** The part of a world that scenarios use; the rest is not there. */
type Face = Pick<
  World,
  'person' | 'phone' | 'view' | 'system' | 'target' | 'pass' | 'passUntil' | 'timed' | 'describe' | 'stop'
>

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))

/** `hookswitch lab` in one process, `hookswitch serve` in another; the scenarios see them as a world in their own. */
export function startProcessWorld(options: ProcessWorldOptions = {}): Promise<World & { places: Places }> {
  const started = starting.then(() => start(options))
  starting = started.catch(() => {})
  return started
}

async function start({ switches, ...settings }: ProcessWorldOptions): Promise<World & { places: Places }> {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-processes-'))
  const labChild = startChild(process.execPath, [program, 'lab', '--json'])
  const http = openSyncHttp()
  const stopLab = async () => {
    await http.close()
    await labChild.stop()
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const line = () => /^\{.*\}$/m.exec(labChild.output())?.[0] ?? ''
    const said = await until(line, () => `the lab to start\n${labChild.output()}`, busyMachineMs)
    const places = JSON.parse(said) as Places
    const { ami, sip } = places
    const text = configText(
      { ...places, addresses: { ami, sip } },
      { ...settings, people: settings.people ?? samplePeople(), data: './store' },
    )
    const inForce = http.ask<Switches>('PATCH', `${places.controlUrl}/lab/switches`, switches ?? {})
    const hub = await startHubProcess(writeConfigFile(data, text))
    await hub.ready()
    const lab = labFace(<Answer>(path: string) => http.ask<Answer>('GET', `${places.controlUrl}/lab/${path}`))
    const act = (method: string, path: string, body?: object) =>
      http.ask<Record<string, unknown>>(method, `${places.controlUrl}/lab/${path}`, body)
    const ask = <Answer>(path: string) => http.ask<Answer>('GET', `${hub.url}/api/v1/${path}`)
    const face: Face = {
      ...faceOf({ act, ask, state: lab.state }),
      async describe(name) {
        return `${JSON.stringify(ask(`people/${upnOf(name)}/explain`))}\n${hub.child.output().slice(-4000)}`
      },
      async stop() {
        await hub.child.stop()
        await stopLab()
      },
    }
    const rest = { places, lab: { ...lab, switches: inForce }, hub: () => ({ url: hub.url }) }
    return { ...face, ...rest } as unknown as World & { places: Places }
  } catch (error) {
    await stopLab()
    throw error
  }
}

/** What scenarios ask of the lab itself. */
function labFace(get: <Answer>(path: string) => Answer) {
  const state = (upn: string) => get<PersonState>(`people/${encodeURIComponent(upn)}`)
  return {
    state,
    requests: {
      since: (from: number) => get<{ requests: LoggedRequest[] }>(`requests?since=${from}`).requests,
    },
    people: { find: (upn: string) => ({ person: { user: { id: state(upn).id } } }) },
  }
}

interface Reach {
  act(method: string, path: string, body?: object): Record<string, unknown>
  ask<Answer>(path: string): Answer
  state(upn: string): PersonState
}

function faceOf({ act, ask, state }: Reach): Omit<Face, 'describe' | 'stop'> {
  const owners = new Map(
    samplePeople().flatMap(({ upn, addresses }) => [addresses.pbx!].flat().map((one) => [one, upn])),
  )
  const view = (name: string) => ask<PersonView>(`people/${upnOf(name)}`)
  const system = (name: string, connector: string) =>
    view(name).systems.find((one) => one.connector === connector)!
  return {
    view,
    system,
    target: (name, connector, slot) => system(name, connector).targets.find((one) => one.slot === slot),
    person: (name) => personFace(upnOf(name), act, state),
    phone: (extension) => phoneFace(extension, act, () => state(owners.get(extension)!)),
    async pass(ms, look) {
      const deadline = performance.now() + Math.min(ms * 1.2, longestPassMs)
      while (performance.now() < deadline) {
        look?.()
        await wait(Math.min(2 * lookMs, Math.max(0, deadline - performance.now())))
      }
    },
    passUntil: (look, what, ms) => patiently(look, what, ms),
    async timed(does, seen, { what, ms }) {
      const begun = performance.now()
      does()
      await patiently(seen, what, ms)
      return Math.min(ms, Math.round(performance.now() - begun))
    },
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

async function patiently(look: () => unknown, what: string, ms: number): Promise<void> {
  const deadline = performance.now() + ms + busyMachineMs
  while (!look()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`)
    await wait(lookMs)
  }
}

function personFace(upn: string, act: Reach['act'], state: Reach['state']): LabPerson {
  const teams = () => state(upn).teams
  return {
    upn,
    shown: () => teams().shown as ReturnType<LabPerson['shown']>,
    sessions: () => teams().sessions.length,
    preferred: () => (teams().preferred ?? undefined) as ReturnType<LabPerson['preferred']>,
    status: (status) => void act('PUT', `teams/${upn}/status`, { status }),
    client: (client) => void act('PUT', `teams/${upn}/client`, { state: client }),
    teamsCall: (on) => void act(on ? 'POST' : 'DELETE', `teams/${upn}/call`, on ? {} : undefined),
  }
}

function phoneFace(extension: string, act: Reach['act'], owner: () => PersonState): LabPhone {
  const at = `phones/${extension}`
  return {
    extension,
    dial: (to) => String(act('POST', `${at}/call`, to === undefined ? {} : { to }).call),
    ring: () => void act('POST', `${at}/call`, { direction: 'inbound', answer: false }),
    answer: () => void act('POST', `${at}/answer`, {}),
    hold: (on) => void act('POST', `${at}/hold`, { on }),
    hangup: (call) => void act('POST', `${at}/hangup`, call === undefined ? {} : { call }),
    pressDnd: (on) => void act('PUT', `${at}/dnd`, { on }),
    dnd: () => (owner().phones.find((phone) => phone.extension === extension)?.dnd ? 'on' : 'off'),
  }
}
