import Fastify from 'fastify'
import type { Emulator, EmulatorDesk, EmulatorWorld } from '../emulator.ts'
import { addHttpFaults } from '../http-faults.ts'
import { listenNear } from '../listen.ts'
import type { People } from '../people.ts'
import { addApi, apiPath, errorBody } from './api.ts'
import { Events } from './events.ts'
import { Extensions, presenceWords } from './extensions.ts'
import { defaultPbxSwitches, type PbxSwitches } from './switches.ts'
import { Tokens } from './tokens.ts'

/** The API client of the lab's PBX. It protects nothing. */
export const labApiClient = { clientId: 'lab-client', clientSecret: 'lab-secret' } as const

export interface Yeastar extends Emulator {
  /** `http://127.0.0.1:port` */
  readonly address: string
  readonly switches: PbxSwitches
  readonly extensions: Extensions
  readonly events: Events
  readonly tokens: Pick<Tokens, 'live' | 'granted' | 'grant'>
  /** Sign-ins that were refused. */
  refusedSignIns(): number
}

function deskOf(extensions: Extensions, people: Pick<People, 'extensionsOf'>): EmulatorDesk {
  const of = (upn: string) => {
    const known = new Set(extensions.list().map(({ extension }) => extension))
    return people.extensionsOf(upn).find((extension) => known.has(extension))
  }
  return {
    states: presenceWords,
    shown(upn) {
      const extension = of(upn)
      return extension === undefined ? undefined : extensions.presence(extension)
    },
    pick(upn, state) {
      const extension = of(upn)
      if (extension === undefined || !presenceWords.some((each) => each === state)) return false
      extensions.setPresence(extension, state)
      return true
    },
  }
}

/**
 * A Yeastar P-Series PBX with its API and its event push (developer guide at help.yeastar.com), over the lab's phones.
 * No rate limit is documented and none is kept; faults bring any.
 */
export async function startYeastar(world: EmulatorWorld): Promise<Yeastar> {
  const { clock, faults, phones, people } = world
  const switches: PbxSwitches = { ...defaultPbxSwitches }
  const tokens = new Tokens(clock)
  const extensions = new Extensions(phones)
  const events = new Events({ world, tokens, switches, extensions })
  let refused = 0
  const app = Fastify({ forceCloseConnections: true })
  addHttpFaults(app, world, {
    target: 'yeastar',
    errorBody: (status) => errorBody(status, 'A fault of the lab.'),
  })
  addApi(app, {
    ...{ client: labApiClient, phones, tokens, switches, extensions },
    refused: () => {
      refused += 1
    },
  })
  app.server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0]
    if (path === `${apiPath}/subscribe` && switches.api) events.upgrade(request, socket, head)
    else socket.destroy()
  })
  const forget = faults.on(({ kind }) => {
    if (kind === 'revoke-tokens') tokens.revokeAll()
  })
  const address = await listenNear(app, world.port)
  return {
    address,
    ...{ switches, extensions, events, tokens, desk: deskOf(extensions, people) },
    refusedSignIns: () => refused,
    async stop() {
      forget()
      extensions.stop()
      await events.stop()
      await app.close()
    },
  }
}
