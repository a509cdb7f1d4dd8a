import Fastify from 'fastify'
import type { Clock } from '../../core/ports.ts'
import type { Emulator, EmulatorWorld } from '../emulator.ts'
import { Faults } from '../faults.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import type { Phones } from '../phones.ts'
import { RequestLog } from '../request-log.ts'
import { type SipEmulator, type SipOptions, startSip } from '../sip/server.ts'
import { AnswerRules } from './answer-rules.ts'
import { type Account, type ApiKey, Credentials } from './credentials.ts'
import { openDesk } from './desk.ts'
import { addDomainRoutes } from './domain-routes.ts'
import { addRefusals } from './gate.ts'
import { addRuleRoutes } from './rule-routes.ts'
import { addSignInRoutes } from './sign-in-routes.ts'
import { addSubscriptionRoutes } from './subscription-routes.ts'
import { Subscriptions } from './subscriptions.ts'
import { tellSubscribers } from './tell.ts'
import type { NetSapiensSettings, NetSapiensWorld } from './world.ts'

export interface NetSapiensOptions extends Partial<NetSapiensSettings> {
  readonly clock: Clock
  readonly phones: Phones
  readonly people?: EmulatorWorld['people']
  readonly faults?: Faults
  readonly requests?: RequestLog
  readonly port?: number
  readonly key?: ApiKey
  readonly account?: Account
  /** Also answers SIP (as-feature-event alone) in the first domain, for the device `9000` with `lab-sip-password`. */
  readonly sip?: Partial<SipOptions>
}

/** A running emulator. */
export interface NetSapiens extends Emulator {
  /** May be changed while it runs. */
  readonly settings: { -readonly [Key in keyof NetSapiensSettings]: NetSapiensSettings[Key] }
  readonly rules: AnswerRules
  readonly credentials: Credentials
  readonly subscriptions: Subscriptions
  /** Where it was asked for. */
  readonly sip: SipEmulator | undefined
  /** HTTP requests under way. */
  connections(): number
  /** Cuts every connection and refuses new ones, or lets them in again. */
  refuse(on: boolean): void
}

const defaults: NetSapiensSettings = {
  domains: { 'lab.example': '' },
  apiVersion: '45.0.2',
  presenceList: true,
  writeLagMs: 0,
  pushEveryMs: 3_000,
  spelling: 'underscore',
  holdWord: undefined,
  foreignAgent: undefined,
}

/** Starts a NetSapiens platform on loopback that presents the lab's phones: API v2 and event subscriptions. */
export async function startNetSapiens(options: NetSapiensOptions): Promise<NetSapiens> {
  const {
    clock,
    phones,
    people,
    port = 0,
    faults = new Faults(),
    key,
    account,
    sip: withSip,
    ...rest
  } = options
  const { requests = new RequestLog(clock), ...given } = rest
  const settings = { ...defaults, ...given }
  const credentials = new Credentials(clock, { ...(key && { key }), ...(account && { account }) })
  const rules = new AnswerRules(clock, phones)
  const subscriptions = new Subscriptions(clock, () => settings.pushEveryMs)
  const world: NetSapiensWorld = {
    ...{ clock, phones, faults, requests, settings, credentials, rules, subscriptions },
  }
  let refusing = false
  let underWay = 0
  const app = Fastify({ forceCloseConnections: true })
  addRefusals(app)
  addHttpFaults(app, world, {
    target: 'netsapiens',
    errorBody: (status) => ({ code: status, message: `A fault of the lab: ${status}` }),
  })
  addSignInRoutes(app, world)
  addDomainRoutes(app, world)
  addRuleRoutes(app, world)
  addSubscriptionRoutes(app, world)
  app.server.on('connection', (socket) => {
    if (refusing || faults.inForce('netsapiens', 'refuse')) socket.destroy()
  })
  app.server.on('request', (_request, response) => {
    underWay += 1
    response.once('close', () => {
      underWay -= 1
    })
  })
  const forget = phones.on((change) => tellSubscribers(world, change))
  const forgetFaults = faults.on(({ target, kind }) => {
    if (target !== 'netsapiens') return
    if (kind === 'refuse') app.server.closeAllConnections()
    if (kind === 'revoke-tokens') credentials.revokeAll()
  })
  const address = await listenNear(app, port)
  const sip = withSip && (await openSip(world, withSip))
  const desk: Pick<Emulator, 'desk'> = people ? { desk: openDesk(world, people) } : {}
  return {
    ...{ settings, rules, credentials, subscriptions, address, sip, ...desk },
    connections: () => underWay,
    refuse(on) {
      refusing = on
      if (on) app.server.closeAllConnections()
    },
    async stop() {
      forget()
      forgetFaults()
      rules.stop()
      await subscriptions.stop()
      await sip?.stop()
      await app.close()
    },
  }
}

/** The platform's SIP side; what a device sets there stands in the answer rule in force. */
function openSip(world: NetSapiensWorld, options: Partial<SipOptions>): Promise<SipEmulator> {
  const { clock, phones, faults, requests, settings } = world
  const [domain = 'lab.example'] = Object.keys(settings.domains)
  return startSip({
    ...{ clock, phones, faults, requests, domain, port: 0, events: ['as-feature-event'] },
    ...{ accounts: { '9000': 'lab-sip-password' }, ...options },
  })
}
