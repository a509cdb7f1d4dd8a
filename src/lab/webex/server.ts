import Fastify from 'fastify'
import type { Clock } from '../../core/ports.ts'
import type { Emulator, EmulatorWorld } from '../emulator.ts'
import { Faults } from '../faults.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import type { Phones } from '../phones.ts'
import { RequestLog } from '../request-log.ts'
import { Accounts } from './accounts.ts'
import { openDesk } from './desk.ts'
import { addErrors, errorBody } from './gate.ts'
import { addOauthRoutes } from './oauth-routes.ts'
import { addPeopleRoutes } from './people-routes.ts'
import type { WebexSettings } from './settings.ts'
import { Tokens } from './tokens.ts'
import { addWebhookRoutes } from './webhook-routes.ts'
import { Webhooks } from './webhooks.ts'
import type { WebexWorld } from './world.ts'

export interface WebexOptions extends Partial<WebexSettings> {
  readonly clock: Clock
  readonly phones: Phones
  readonly people?: EmulatorWorld['people']
  readonly faults?: Faults
  readonly requests?: RequestLog
  readonly port?: number
}

/** A running emulator. */
export interface Webex extends Emulator {
  /** May be changed while it runs. */
  readonly settings: { -readonly [Key in keyof WebexSettings]: WebexSettings[Key] }
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly webhooks: Webhooks
  /** Sign-ins that were refused. */
  badSignIns(): number
  /** Requests under way. */
  connections(): number
  /** Cuts every connection and refuses new ones, or lets them in again. */
  refuse(on: boolean): void
}

/** Accounts of the emulator. They protect nothing. */
const defaults: WebexSettings = {
  clientId: 'lab-service-app',
  clientSecret: 'lab-secret',
  refreshToken: 'lab-refresh-token',
  scopes: [
    'spark-admin:people_read',
    'spark-admin:people_write',
    'spark-admin:calls_read',
    'spark-admin:telephony_config_read',
  ],
  integrationId: 'lab-integration',
  integrationSecret: 'lab-integration-secret',
  userScopes: ['spark:calls_read', 'spark:people_read'],
  presenceSync: false,
  callingLicence: true,
  rotates: false,
  disableAfter: 100,
  pageSize: 100,
  dndSynchronized: true,
  browser: '1001',
}

/** Starts an organization with Webex Calling on loopback that presents the lab's phones. */
export async function startWebex(options: WebexOptions): Promise<Webex> {
  const { clock, phones, people, port = 0, faults = new Faults(), ...rest } = options
  const { requests = new RequestLog(clock), ...given } = rest
  const settings = { ...defaults, ...given }
  const tokens = new Tokens(clock)
  const webhooks = new Webhooks(clock, () => settings.disableAfter)
  const accounts = new Accounts(phones, settings)
  const world: WebexWorld = { clock, phones, faults, requests, settings, accounts, tokens, webhooks }
  tokens.seed(settings.refreshToken, { as: 'serviceApp', scopes: settings.scopes })
  let refusing = false
  let badSignIns = 0
  let underWay = 0
  const app = Fastify({ forceCloseConnections: true })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string | Buffer) => Object.fromEntries(new URLSearchParams(String(body))),
  )
  addErrors(app)
  addHttpFaults(app, world, {
    target: 'webex',
    errorBody: (status) => errorBody(`A fault of the lab: ${status}`),
  })
  addOauthRoutes(app, world, (refused) => {
    if (refused) badSignIns += 1
  })
  addPeopleRoutes(app, world)
  addWebhookRoutes(app, world)
  app.server.on('connection', (socket) => {
    if (refusing || faults.inForce('webex', 'refuse')) socket.destroy()
  })
  app.server.on('request', (_request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
    })
  })
  const forget = phones.on((change) => {
    if (change.type === 'leg') webhooks.tell(change)
  })
  const forgetFaults = faults.on(({ target, kind }) => {
    if (target !== 'webex') return
    if (kind === 'refuse') app.server.closeAllConnections()
    if (kind === 'revoke-tokens') tokens.revoke()
  })
  const address = `${await listenNear(app, port)}/v1`
  const desk: Pick<Emulator, 'desk'> = people ? { desk: openDesk(world, people) } : {}
  return {
    ...{ settings, accounts, tokens, webhooks, address, ...desk },
    badSignIns: () => badSignIns,
    connections: () => underWay,
    refuse(on) {
      refusing = on
      if (on) app.server.closeAllConnections()
    },
    async stop() {
      forget()
      forgetFaults()
      await webhooks.stop()
      await app.close()
    },
  }
}
