import type { ConnectorDefinition } from '../../core/connector.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL } from '../../core/presence.ts'
import { ApiSignals } from './signals.ts'

/** Signals of external systems. Every tenant has one instance of it with the id `api`. */
export const api: ConnectorDefinition<Record<string, never>> = {
  manifest: {
    id: 'api',
    title: 'External signals',
    kind: 'signal',
    docs: 'docs/guide/api.md',
    facets: ['presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, BUSY, AWAY, AVAILABLE],
    addressKind: 'name',
    transport: 'push',
    lineRank: 0,
  },
  configSchema: { type: 'object', additionalProperties: false, properties: {} },
  writes: () => [],
  check: async () => [
    { level: 'ok', text: 'signals are taken at PUT /api/v1/people/{person}/signals/{source}' },
  ],
  create: (_config, context) => new ApiSignals(context),
}
