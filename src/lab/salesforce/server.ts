import Fastify from 'fastify'
import type { Emulator, EmulatorDesk, EmulatorWorld } from '../emulator.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import { Agents } from './agents.ts'
import { type AppSwitches, createAppSwitches } from './authorize.ts'
import { Bus } from './bus.ts'
import { publishChange } from './changes.ts'
import { Consoles } from './console.ts'
import { SignIn } from './oauth.ts'
import { PubSub } from './pubsub.ts'
import { faultBody, Rest } from './rest.ts'
import { logoutWord } from './statuses.ts'
import { Tokens } from './tokens.ts'

export interface Salesforce extends Emulator {
  /** The organisation and its Pub/Sub API: `http://127.0.0.1:port,http://127.0.0.1:port`. */
  readonly address: string
  readonly agents: Agents
  readonly bus: Bus
  readonly consoles: Consoles
  readonly switches: { version: string; omniChannel: boolean; pageSize: number }
  /** The app by which the hub signs in. */
  readonly app: AppSwitches
  /** The certificate of the app, PEM. */
  trust(pem: string): void
  readonly streams: () => number
  /** The Pub/Sub API behind TLS as well, for clients that know no other way: `127.0.0.1:port`. */
  listenSecurely(): Promise<string>
  signIns(): { readonly granted: number; readonly refused: number }
}

function deskOf(agents: Agents): EmulatorDesk {
  return {
    states: [...agents.statuses.map(({ label }) => label), logoutWord],
    shown(upn) {
      const user = agents.user(upn)
      return user && (agents.row(user.id)?.status.label ?? logoutWord)
    },
    pick(upn, state) {
      const user = agents.user(upn)
      if (user)
        agents.change(
          user.id,
          agents.statuses.find(({ label }) => label === state),
        )
      return user !== undefined
    },
  }
}

/**
 * A Salesforce organisation with Omni-Channel: token endpoint, REST API (query, composite, platform events), Pub/Sub
 * API (gRPC, Avro) and, for each agent, a browser with the package that carries out commands. The agents are the users of
 * the lab's tenants.
 */
export async function startSalesforce(world: EmulatorWorld): Promise<Salesforce> {
  const { clock, faults, people } = world
  const switches = { version: '66.0', omniChannel: true, pageSize: 2000 }
  const [tokens, agents, bus] = [new Tokens(clock), new Agents(clock, people), new Bus()]
  const consoles = new Consoles(clock, agents, bus)
  agents.on((change) => publishChange(change, bus, clock))
  const app = Fastify({ forceCloseConnections: true })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  )
  addHttpFaults(app, world, { target: 'salesforce', errorBody: faultBody })
  let url = ''
  const appSwitches = createAppSwitches()
  const signIn = new SignIn({ clock, tokens, switches: appSwitches, audience: () => url })
  signIn.addRoutes(app)
  new Rest({ agents, bus, tokens, switches, command: (fields) => consoles.command(fields) }).addRoutes(app)
  const forget = faults.on(({ kind }) => {
    if (kind === 'revoke-tokens') tokens.revokeAll()
  })
  const pubSub = new PubSub({ world, bus, tokens })
  const port = await pubSub.listen()
  url = await listenNear(app, world.port)
  return {
    address: `${url},http://127.0.0.1:${port}`,
    ...{ agents, bus, consoles, switches, app: appSwitches, desk: deskOf(agents) },
    trust: (pem) => signIn.trust(pem),
    streams: () => pubSub.streams,
    listenSecurely: async () => `127.0.0.1:${await pubSub.listenSecurely()}`,
    signIns: () => ({ granted: tokens.granted, refused: signIn.refused }),
    async stop() {
      forget()
      pubSub.stop()
      await app.close()
    },
  }
}
