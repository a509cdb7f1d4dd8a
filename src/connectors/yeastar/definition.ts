import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorFailure,
  type ConnectorInstance,
  type Finding,
} from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, presence } from '../../core/presence.ts'
import { checkPbx } from './check.ts'
import { configSchema, resolveSettings, type YeastarConfig } from './config.ts'
import { refusingInstance, YeastarInstance } from './instance.ts'
import { writeSlots } from './slots.ts'

function asFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  return new ConnectorFailure('misconfigured', 'The configuration of the Yeastar connector cannot be used.', {
    fix: 'Compare it with docs/connectors/yeastar.md.',
    cause: error,
  })
}

async function check(config: YeastarConfig, context: ConnectorContext): Promise<readonly Finding[]> {
  try {
    return await checkPbx(resolveSettings(config), context)
  } catch (error) {
    const { message, fix } = asFailure(error)
    return [{ level: 'error', text: message, ...(fix === undefined ? {} : { fix }) }]
  }
}

function create(config: YeastarConfig, context: ConnectorContext): ConnectorInstance {
  try {
    return new YeastarInstance(resolveSettings(config), context)
  } catch (error) {
    return refusingInstance(asFailure(error))
  }
}

/** Yeastar P-Series over its API and its event push (docs/connectors/yeastar.md). */
export const yeastar: ConnectorDefinition<YeastarConfig> = {
  manifest: {
    id: 'yeastar',
    title: 'Yeastar P-Series',
    kind: 'pbx',
    docs: 'docs/connectors/yeastar.md',
    facets: ['dialog', 'registration', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, presence('offline', 'offWork'), AWAY, AVAILABLE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 1000, presence: 200 },
      reconcileMs: 30_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: ({ writePresence = true }) => writeSlots({ writePresence }),
  check,
  create,
}
