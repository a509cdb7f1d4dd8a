import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorFailure,
  type ConnectorInstance,
  type Finding,
} from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL } from '../../core/presence.ts'
import { checkPbx } from './check.ts'
import { configSchema, resolveSettings, type ThreeCxConfig } from './config.ts'
import { refusingInstance, ThreeCxInstance } from './instance.ts'
import { writeSlots } from './slots.ts'

function asFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  return new ConnectorFailure('misconfigured', 'The configuration of the 3CX connector cannot be used.', {
    cause: error,
  })
}

async function check(config: ThreeCxConfig, context: ConnectorContext): Promise<readonly Finding[]> {
  try {
    return await checkPbx(resolveSettings(config), context)
  } catch (error) {
    const { message, fix } = asFailure(error)
    return [{ level: 'error', text: message, ...(fix === undefined ? {} : { fix }) }]
  }
}

function create(config: ThreeCxConfig, context: ConnectorContext): ConnectorInstance {
  try {
    return new ThreeCxInstance(resolveSettings(config), context)
  } catch (error) {
    return refusingInstance(asFailure(error))
  }
}

/** 3CX V20 over its configuration API (XAPI) and its Call Control API (docs/connectors/3cx.md). */
export const threeCx: ConnectorDefinition<ThreeCxConfig> = {
  manifest: {
    id: '3cx',
    title: '3CX',
    kind: 'pbx',
    docs: 'docs/connectors/3cx.md',
    facets: ['dialog', 'registration', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AWAY, AVAILABLE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 4000, presence: 4000 },
      reconcileMs: 45_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: ({ writeProfile = true }) => writeSlots({ writeProfile }),
  check,
  create,
}
