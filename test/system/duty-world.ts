import { randomUUID } from 'node:crypto'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import type { PersonView, TargetView } from '../../src/core/view.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import { upnOf } from './e2e/lab-people.ts'
import { type Idle, pass, passUntil } from './e2e/time.ts'
import { startWorld, type World, type WorldOptions } from './e2e/world.ts'
import { until } from './support/child.ts'

type Written = Record<string, unknown>

export interface DutyOptions extends WorldOptions {
  readonly alerts?: Written
  readonly timeZone?: string
  readonly selfService?: Written
  readonly tokens?: readonly Written[]
}

/** A lab, and a hub beside it whose whole configuration a test can change. */
export interface DutyWorld extends Omit<World, 'hub' | 'view' | 'target' | 'restartHub'> {
  readonly log: string[]
  hub(): RunningHub
  view(name: string): PersonView
  target(name: string, connector: string): TargetView | undefined
  restart(): Promise<void>
  /** Calls the hub's API; the answer's body as JSON. */
  call(path: string, options?: { method?: string; body?: unknown; token?: string }): Promise<Answer>
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every form
  readonly body: any
}

export async function startDutyWorld(options: DutyOptions = {}): Promise<DutyWorld> {
  const world = await startWorld({ ...options, withoutHub: true })
  const lines: string[] = []
  const log = createLog({ level: 'info', pretty: false, destination: { write: (line) => lines.push(line) } })
  let running: RunningHub | undefined
  const start = async () => {
    const config = JSON.parse(world.text()) as { http: Written; tenants: Written[] }
    const [tenant] = config.tenants
    const text = JSON.stringify({
      ...config,
      http: { ...config.http, ...(options.tokens && { tokens: options.tokens }) },
      ...(options.alerts && { alerts: options.alerts }),
      tenants: [
        {
          ...tenant,
          ...(options.timeZone && { timeZone: options.timeZone }),
          ...(options.selfService && { selfService: options.selfService }),
        },
      ],
    })
    running = await startHub(loadText(text), { clock: world.lab.clock, log })
    await until(
      () => running!.port.people().every(({ systems }) => systems.every(({ synced }) => synced)),
      () => `everyone to be heard\n${lines.join('')}`,
    )
  }
  const view = (name: string) => running!.port.person(upnOf(name))!
  const idle: Idle = (of) => running?.idle(of) ?? Promise.resolve()
  await start()
  return {
    ...world,
    log: lines,
    pass: (ms, look) => pass(world.lab.clock, ms, { ...(look && { look }), idle }),
    passUntil: (look, what, ms) =>
      passUntil(world.lab.clock, look, { what, ms, idle, said: () => lines.slice(-20).join('') }),
    hub: () => running!,
    view,
    target: (name, connector) => view(name).systems.find((one) => one.connector === connector)?.targets[0],
    restart: async () => {
      await running?.stop()
      await start()
    },
    call: async (path, { method = 'GET', body, token } = {}) => {
      const answer = await fetch(`${running!.url}/api/v1${path}`, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, body: await answer.json() }
    },
    stop: async () => {
      await running?.stop()
      await world.stop()
    },
  }
}

export const newToken = () => randomUUID()
