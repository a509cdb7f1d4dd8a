import Fastify from 'fastify'
import type { Emulator, EmulatorDesk, EmulatorWorld } from '../emulator.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import type { People } from '../people.ts'
import { CallControl } from './call-control.ts'
import { errorBody } from './odata.ts'
import { defaultPbxSwitches, type PbxSwitches } from './switches.ts'
import { Tokens } from './tokens.ts'
import { profileNames, Users } from './users.ts'
import { addXapi } from './xapi.ts'

/** The API client of the lab's PBX. It protects nothing. */
export const labApiClient = { clientId: 'hookswitch', clientSecret: 'lab-secret' } as const

export interface ThreeCx extends Emulator {
  /** `http://127.0.0.1:port` */
  readonly address: string
  readonly switches: PbxSwitches
  readonly users: Users
  readonly calls: CallControl
  /** Tokens granted, and sign-ins that were refused. */
  signIns(): { readonly granted: number; readonly refused: number }
}

function deskOf(users: Users, people: Pick<People, 'extensionsOf'>): EmulatorDesk {
  const of = (upn: string) => people.extensionsOf(upn).flatMap((extension) => users.byNumber(extension) ?? [])
  return {
    states: profileNames,
    shown: (upn) => of(upn)[0]?.profile,
    pick(upn, state) {
      const [user] = of(upn)
      return user !== undefined && users.setProfile(user, state, 'phone')
    },
  }
}

/**
 * A 3CX V20 with its configuration API (OData, 3cx.com/docs and the published description of version 20.0.10) and its
 * Call Control API, over the lab's phones. No rate limit is documented and none is kept; faults bring any.
 */
export async function startThreeCx(world: EmulatorWorld): Promise<ThreeCx> {
  const { clock, faults, phones, people } = world
  const switches: PbxSwitches = { ...defaultPbxSwitches }
  const tokens = new Tokens(clock)
  const users = new Users(phones)
  const calls = new CallControl({ world, tokens, switches })
  let refused = 0
  const app = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
  )
  addHttpFaults(app, world, {
    target: '3cx',
    errorBody: (status) => errorBody(String(status), 'A fault of the lab.'),
  })
  app.post('/connect/token', async ({ body }, reply) => {
    const { client_id, client_secret, grant_type } = (body ?? {}) as Record<string, unknown>
    if (grant_type !== 'client_credentials') return reply.code(400).send({ error: 'unsupported_grant_type' })
    if (client_id !== labApiClient.clientId || client_secret !== labApiClient.clientSecret) {
      refused += 1
      return reply.code(401).send({ error: 'invalid_client' })
    }
    const { tokenLifeMs, expiresIn } = switches
    return {
      token_type: 'Bearer',
      expires_in: Math.round(tokenLifeMs / (expiresIn === 'seconds' ? 1000 : 60_000)),
      access_token: tokens.grant(labApiClient.clientId, tokenLifeMs),
      refresh_token: null,
    }
  })
  addXapi(app, { users, tokens, switches, clientId: labApiClient.clientId })
  calls.addRoutes(app)
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url === '/callcontrol/ws') calls.upgrade(request, socket, head)
    else socket.destroy()
  })
  const forget = faults.on(({ kind }) => {
    if (kind === 'revoke-tokens') tokens.revokeAll()
  })
  const address = await listenNear(app, world.port)
  return {
    address,
    ...{ switches, users, calls, desk: deskOf(users, people) },
    signIns: () => ({ granted: tokens.granted, refused }),
    async stop() {
      forget()
      users.stop()
      calls.stop()
      await app.close()
    },
  }
}
