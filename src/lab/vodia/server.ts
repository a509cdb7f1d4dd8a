import Fastify from 'fastify'
import type { Clock } from '../../core/ports.ts'
import type { Emulator, EmulatorWorld } from '../emulator.ts'
import { Faults } from '../faults.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import type { Phones } from '../phones.ts'
import { RequestLog } from '../request-log.ts'
import { ActionUrls } from './action-urls.ts'
import { openDesk } from './desk.ts'
import { DndBook } from './dnd.ts'
import { addGate, VodiaRefusal } from './gate.ts'
import { LiveFrames } from './live.ts'
import { addSessionRoutes } from './session-routes.ts'
import { Sessions } from './sessions.ts'
import { sendActionUrls } from './tell.ts'
import { addTenantRoutes } from './tenant-routes.ts'
import { addUserRoutes } from './user-routes.ts'
import type { VodiaSettings, VodiaWorld } from './world.ts'

export interface VodiaOptions extends Partial<VodiaSettings> {
  readonly clock: Clock
  readonly phones: Phones
  readonly people?: EmulatorWorld['people']
  readonly faults?: Faults
  readonly requests?: RequestLog
  readonly port?: number
}

/** A running emulator. */
export interface Vodia extends Emulator {
  /** May be changed while it runs. */
  readonly settings: { -readonly [Key in keyof VodiaSettings]: VodiaSettings[Key] }
  readonly dnd: DndBook
  readonly actionUrls: ActionUrls
  readonly live: LiveFrames
  /** Requests with wrong credentials. */
  badSignIns(): number
  /** Open connections: WebSockets, and HTTP requests under way. */
  connections(): number
  /** Cuts every connection and refuses new ones, or lets them in again. */
  refuse(on: boolean): void
}

const defaults: VodiaSettings = {
  domains: { 'lab.example': '' },
  password: 'lab-password',
  version: '70.3.1',
  apiAccess: true,
  teamsPresence: false,
  dndExpires: true,
  variables: 'all',
  accounts: { 700: 'acds', 800: 'attendants' },
}

/** Starts a Vodia PBX on loopback that presents the lab's phones: REST, one-time sessions, WebSocket, action URLs. */
export async function startVodia(options: VodiaOptions): Promise<Vodia> {
  const { clock, phones, people, port = 0, faults = new Faults(), ...rest } = options
  const { requests = new RequestLog(clock), ...given } = rest
  const settings = { ...defaults, ...given }
  const parts = {
    sessions: new Sessions(clock),
    actionUrls: new ActionUrls(),
    dnd: new DndBook(clock, phones),
  }
  const world: VodiaWorld = { clock, phones, faults, requests, settings, ...parts }
  let refusing = false
  let badSignIns = 0
  let underWay = 0
  const refuses = () => refusing || faults.inForce('vodia', 'refuse') !== undefined
  const app = Fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  // The vendor's own clients leave the content type out.
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) => {
    try {
      return String(body) === '' ? undefined : JSON.parse(String(body))
    } catch {
      throw new VodiaRefusal(400, 'Bad request')
    }
  })
  addGate(app, (status) => {
    if (status === 401) badSignIns += 1
  })
  addHttpFaults(app, world, {
    target: 'vodia',
    errorBody: (status) => ({ error: `A fault of the lab: ${status}` }),
  })
  addTenantRoutes(app, world)
  addUserRoutes(app, world)
  addSessionRoutes(app, world)
  app.server.on('connection', (socket) => {
    if (refuses()) socket.destroy()
  })
  app.server.on('request', (_request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
    })
  })
  const live = new LiveFrames(world, app.server, refuses)
  const forget = phones.on((change) => sendActionUrls(world, change))
  const dropAll = () => {
    live.cut()
    app.server.closeAllConnections()
  }
  const forgetFaults = faults.on(({ target, kind }) => {
    if (target === 'vodia' && kind === 'refuse') dropAll()
  })
  const address = await listenNear(app, port)
  const desk: Pick<Emulator, 'desk'> = people ? { desk: openDesk(world, people) } : {}
  return {
    ...{ settings, dnd: parts.dnd, actionUrls: parts.actionUrls, live, ...desk },
    address,
    badSignIns: () => badSignIns,
    connections: () => live.connections + underWay,
    refuse(on) {
      refusing = on
      if (on) dropAll()
    },
    async stop() {
      forget()
      forgetFaults()
      live.stop()
      parts.dnd.stop()
      await parts.actionUrls.stop()
      await app.close()
    },
  }
}
