import { type Swyx, startSwyx } from '../../../src/apps/phone-agent/swyx.ts'
import { type Presence, parsePresence, presenceName } from '../../../src/core/presence.ts'
import { startSip } from '../../../src/lab/sip/server.ts'
import { calls, extensionOf } from './calls.ts'
import type { PhoneSystem } from './phone-systems.ts'

/** States in the words of the system's own client. */
const words = {
  'available/available': 'Available',
  'away/away': 'Away',
  'doNotDisturb/doNotDisturb': 'Do not disturb',
  'busy/inACall': 'Speaking',
} as const

const wordOf = (state: Presence) => words[presenceName(state) as keyof typeof words]
const stateOf = (word: string) =>
  parsePresence(Object.entries(words).find(([, each]) => each === word)?.[0] ?? '')!

/** An agent reads and sets states, calls are read by SIP. */
export function swyx(): PhoneSystem {
  let pbx: Swyx
  return {
    emulators: {
      sip: (world) => startSip(world),
      swyx: async (world) => {
        pbx = await startSwyx(world)
        return pbx
      },
    },
    connector: () => ({
      ...{ type: 'agent', writes: 'presence', presenceStates: Object.keys(words) },
      agents: [{ id: 'lab-site', token: 'lab-agent-token-of-no-worth', addresses: ['*'] }],
    }),
    lamps: (lab) => ({
      ...{ type: 'sip', server: lab.addresses.sip, transport: 'tcp', domain: 'lab.example' },
      ...{ username: 'hookswitch', password: 'lab-password', linesOf: 'phone' },
    }),
    async join(url) {
      await fetch(`${pbx.address}/join`, { method: 'POST', body: JSON.stringify({ url }) })
    },
    side: (lab) => ({
      ...calls(lab),
      shown: (person) => stateOf(pbx.shown(extensionOf(person)).word),
      choose: (person, state) => pbx.pick(extensionOf(person), wordOf(state)),
    }),
  }
}
