import { AVAILABLE, DO_NOT_DISTURB, isDoNotDisturb, type Presence } from '../../../src/core/presence.ts'
import { labAmiUser, startAmi } from '../../../src/lab/asterisk/server.ts'
import type { StartEmulator } from '../../../src/lab/emulator.ts'
import type { Lab } from '../../../src/lab/lab.ts'
import { startNetSapiens } from '../../../src/lab/netsapiens/server.ts'
import { labApiClient, startThreeCx, type ThreeCx } from '../../../src/lab/three-cx/server.ts'
import { startVodia } from '../../../src/lab/vodia/server.ts'
import { startWebex } from '../../../src/lab/webex/server.ts'
import type { HttpSystem } from '../../support/http-system/server.ts'
import { profileFor, shownAt } from '../three-cx-world.ts'
import { calls, extensionOf } from './calls.ts'
import { swyx } from './swyx-system.ts'
import { yeastar } from './yeastar-system.ts'

/** What people do at a phone system, and what it shows. */
export type Side = Pick<HttpSystem, 'shown' | 'choose' | 'leg' | 'hangup'>

/** A phone system of the lab in the place of the one by HTTP. People are named by numbers. */
export interface PhoneSystem {
  readonly emulators: Readonly<Record<string, StartEmulator>>
  /** The connector's settings. */
  connector(lab: Lab): Readonly<Record<string, unknown>>
  /** Of a connector `lamps` beside it, which speaks for it where its calls are read by somebody else. */
  lamps?(lab: Lab): Readonly<Record<string, unknown>>
  /** For a system that connects by itself: where the hub listens for it. */
  join?(callback: string): Promise<void>
  side(lab: Lab): Side
}

/** Knows do not disturb and calls. */
const phoneSide = (lab: Lab): Side => ({
  ...calls(lab),
  shown: (person) => (lab.phones.phone(extensionOf(person))!.dnd ? DO_NOT_DISTURB : AVAILABLE),
  choose: (person, state: Presence) => void lab.phones.setDnd(extensionOf(person), isDoNotDisturb(state)),
})

const asterisk: PhoneSystem = {
  emulators: { ami: startAmi },
  connector(lab) {
    const [host, port] = lab.addresses.ami!.split(':')
    const { username, secret } = labAmiUser
    return { type: 'asterisk', host, port: Number(port), username, secret, context: 'ext-local' }
  },
  side: phoneSide,
}

const vodia: PhoneSystem = {
  emulators: { vodia: (world) => startVodia(world) },
  connector: ({ addresses: { vodia: url } }) => ({
    ...{ type: 'vodia', url, domain: 'lab.example', password: 'lab-password' },
    streamExtension: extensionOf('p0'),
  }),
  side: phoneSide,
}

const netsapiens: PhoneSystem = {
  emulators: { netsapiens: (world) => startNetSapiens(world) },
  connector: ({ addresses: { netsapiens: url } }) => ({
    ...{ type: 'netsapiens', url, domain: 'lab.example', apiKey: 'nsd_lab-key' },
  }),
  side: phoneSide,
}

/** `vendor`: kept in step with Teams by the vendor's own sync. */
const webex = (teamsSync: 'hub' | 'vendor'): PhoneSystem => ({
  emulators: { webex: (world) => startWebex({ ...world, presenceSync: teamsSync === 'vendor' }) },
  connector: ({ addresses: { webex: url } }) => ({
    ...{ type: 'webex', url, teamsSync, clientId: 'lab-service-app', clientSecret: 'lab-secret' },
    ...{ refreshToken: 'lab-refresh-token', requestsPer30s: 3000 },
  }),
  side: phoneSide,
})

/** Knows profiles and calls. */
function threeCx(): PhoneSystem {
  let pbx: ThreeCx
  return {
    emulators: {
      '3cx': async (world) => {
        pbx = await startThreeCx(world)
        return pbx
      },
    },
    connector: (lab) => ({ type: '3cx', url: lab.addresses['3cx'], ...labApiClient }),
    side: (lab) => ({
      ...calls(lab),
      shown: (person) => shownAt({ pbx }, extensionOf(person)),
      choose(person, state) {
        pbx.users.setProfile(pbx.users.byNumber(extensionOf(person))!, profileFor(state), 'phone')
      },
    }),
  }
}

/** A new one for every world: some keep what they have started. */
const systems = {
  asterisk: () => asterisk,
  '3cx': threeCx,
  vodia: () => vodia,
  netsapiens: () => netsapiens,
  swyx,
  yeastar,
  webex: () => webex('hub'),
  'webex-vendor': () => webex('vendor'),
} satisfies Readonly<Record<string, () => PhoneSystem>>

export type PhoneSystemName = keyof typeof systems

export const phoneSystem = (name: PhoneSystemName): PhoneSystem => systems[name]()
