import { stateOfWord, wordOfState } from '../../../src/connectors/yeastar/presence-words.ts'
import { UNKNOWN } from '../../../src/core/presence.ts'
import { labApiClient, startYeastar, type Yeastar } from '../../../src/lab/yeastar/server.ts'
import { calls, extensionOf } from './calls.ts'
import type { PhoneSystem } from './phone-systems.ts'

/** Knows presences with a ring strategy each, and calls. */
export function yeastar(): PhoneSystem {
  let pbx: Yeastar
  return {
    emulators: {
      yeastar: async (world) => {
        pbx = await startYeastar(world)
        return pbx
      },
    },
    connector: (lab) => ({ type: 'yeastar', url: lab.addresses.yeastar, ...labApiClient }),
    side: (lab) => ({
      ...calls(lab),
      shown: (person) => stateOfWord(pbx.extensions.presence(extensionOf(person))) ?? UNKNOWN,
      choose: (person, state) => void pbx.extensions.setPresence(extensionOf(person), wordOfState(state)),
    }),
  }
}
