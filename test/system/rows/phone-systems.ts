import { AVAILABLE, DO_NOT_DISTURB, isDoNotDisturb, type Presence } from '../../../src/core/presence.ts'
import { labAmiUser, startAmi } from '../../../src/lab/asterisk/server.ts'
import type { StartEmulator } from '../../../src/lab/emulator.ts'
import type { Lab } from '../../../src/lab/lab.ts'
import { labApiClient, startThreeCx, type ThreeCx } from '../../../src/lab/three-cx/server.ts'
import type { HttpSystem } from '../../support/http-system/server.ts'
import { profileFor, shownAt } from '../three-cx-world.ts'

/** What people do at a phone system, and what it shows. */
export type Side = Pick<HttpSystem, 'shown' | 'choose' | 'leg' | 'hangup'>

/** A phone system of the lab in the place of the one by HTTP. People are named by numbers. */
export interface PhoneSystem {
  readonly emulators: Readonly<Record<string, StartEmulator>>
  /** The connector's settings. */
  connector(lab: Lab): Readonly<Record<string, unknown>>
  side(lab: Lab): Side
}

/** A person's extension is made of the number in the word. */
export const extensionOf = (person: string) => `2${person.replace(/\D/g, '').padStart(3, '0')}`

function calls(lab: Lab): Pick<Side, 'leg' | 'hangup'> {
  const { phones } = lab
  return {
    leg(person, { state, direction, party }) {
      const inbound = direction === 'inbound' ? ('inbound' as const) : ('outbound' as const)
      const other = party === 'internal' ? { to: '2999', party } : {}
      const answer = state === 'confirmed'
      phones.start({ extension: extensionOf(person), direction: inbound, answer, ...other })
    },
    hangup: (person) => void phones.hangup(extensionOf(person)),
  }
}

/** Knows do not disturb and calls. */
const asterisk: PhoneSystem = {
  emulators: { ami: startAmi },
  connector(lab) {
    const [host, port] = lab.addresses.ami!.split(':')
    const { username, secret } = labAmiUser
    return { type: 'asterisk', host, port: Number(port), username, secret, context: 'ext-local' }
  },
  side: (lab) => ({
    ...calls(lab),
    shown: (person) => (lab.phones.phone(extensionOf(person))!.dnd ? DO_NOT_DISTURB : AVAILABLE),
    choose: (person, state: Presence) => void lab.phones.setDnd(extensionOf(person), isDoNotDisturb(state)),
  }),
}

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

export type PhoneSystemName = 'asterisk' | '3cx'

export function phoneSystem(name: PhoneSystemName): PhoneSystem {
  return name === 'asterisk' ? asterisk : threeCx()
}
