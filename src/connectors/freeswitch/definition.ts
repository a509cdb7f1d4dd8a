import type { ConnectorDefinition } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../../core/presence.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkSwitch } from './check.ts'
import { configSchema, type FreeSwitchConfig, resolveSettings } from './config.ts'
import { FreeSwitchInstance } from './instance.ts'
import { writeSlots } from './slots.ts'

/** FreeSWITCH and FusionPBX over the event socket (docs/connectors/freeswitch.md). */
export const freeswitch: ConnectorDefinition<FreeSwitchConfig> = {
  manifest: {
    id: 'freeswitch',
    title: 'FreeSWITCH / FusionPBX',
    kind: 'pbx',
    docs: 'docs/connectors/freeswitch.md',
    facets: ['dialog', 'registration', 'dnd'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE, OFFLINE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 1_000, dnd: 5_000 },
      reconcileMs: 60_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: ({ writeDnd = true, lamps = false }) => writeSlots({ writeDnd, lamps }),
  ...withSettings({
    title: 'the FreeSWITCH connector',
    fix: 'Compare it with docs/connectors/freeswitch.md.',
    resolve: resolveSettings,
    check: checkSwitch,
    create: (settings, context) => new FreeSwitchInstance(settings, context),
  }),
}
