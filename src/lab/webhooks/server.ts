import Fastify, { type FastifyInstance } from 'fastify'
import type { Clock } from '../../core/ports.ts'
import type { Emulator, EmulatorDesk } from '../emulator.ts'
import { Faults } from '../faults.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import type { People } from '../people.ts'
import { RequestLog } from '../request-log.ts'
import { Agents, agentStates } from './agents.ts'
import { Sender } from './sender.ts'
import { isSigned } from './signature.ts'

/** Secret of the emulated contact centre, both ways. It protects nothing. */
const labWebhookSecret = 'lab-webhook-secret'

export interface ContactCentreOptions {
  readonly clock: Clock
  readonly people: Pick<People, 'find'>
  readonly faults?: Faults
  readonly requests?: RequestLog
  readonly port?: number
  readonly secret?: string
}

/** A running emulator. */
export interface ContactCentre extends Emulator {
  readonly desk: EmulatorDesk
  readonly agents: Agents
  readonly sender: Sender
  /** Requests whose signature did not fit. */
  badSignatures(): number
}

interface Wanted {
  readonly person: string
  readonly act: 'assert' | 'withdraw'
  readonly state: string
  readonly expiresAt?: string
}

interface CallbackEvent {
  readonly type: string
  readonly data: Partial<Wanted> & { readonly callback?: string }
}

function addPresenceRoute(
  app: FastifyInstance,
  {
    agents,
    sender,
    secret,
    refused,
  }: {
    readonly agents: Agents
    readonly sender: Sender
    readonly secret: string
    refused(): void
  },
): void {
  app.post('/presence', async (request, reply) => {
    const text = String(request.body ?? '')
    if (!isSigned(secret, request.headers, text)) {
      refused()
      return reply.code(401).send({ reason: 'the signature does not fit' })
    }
    const { type, data } = JSON.parse(text) as CallbackEvent
    if (type === 'hookswitch.webhook.ping') {
      if (data.callback !== undefined) {
        sender.aim(data.callback)
        for (const agent of agents.all()) sender.tell(agent)
      }
      return reply.code(204).send()
    }
    if (type !== 'hookswitch.state.wanted') return reply.code(204).send()
    const { person = '', act, state = '', expiresAt } = data
    if (!agents.knows(person)) return reply.code(404).send({ reason: 'no such agent' })
    const until = expiresAt === undefined ? undefined : Date.parse(expiresAt)
    const changed = agents.tell(person, act === 'assert' ? { state, until } : undefined)
    return { result: changed ? 'applied' : 'unchanged' }
  })
}

/** Starts a contact centre on loopback that speaks webhooks both ways: signed deliveries, and a target for states. */
export async function startContactCentre(options: ContactCentreOptions): Promise<ContactCentre> {
  const { clock, people, port = 0, secret = labWebhookSecret } = options
  const { faults = new Faults(), requests = new RequestLog(clock) } = options
  const agents = new Agents(clock, (mail) => people.find(mail) !== undefined)
  const sender = new Sender(clock, secret)
  let badSignatures = 0
  const app = Fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  // A signature covers the bytes.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  addHttpFaults(
    app,
    { clock, faults, requests },
    { target: 'webhook', errorBody: (status) => ({ reason: `a fault of the lab: ${status}` }) },
  )
  const refused = () => {
    badSignatures += 1
  }
  addPresenceRoute(app, { agents, sender, secret, refused })
  const forget = agents.on((agent) => sender.tell(agent))
  const address = await listenNear(app, port)
  return {
    ...{ address, agents, sender },
    badSignatures: () => badSignatures,
    desk: {
      states: agentStates,
      shown: (upn) => (agents.knows(upn) ? (agents.told(upn)?.state ?? agents.picked(upn)) : undefined),
      pick: (upn, state) => agents.pick(upn, state),
    },
    async stop() {
      forget()
      await sender.stop()
      await app.close()
    },
  }
}
