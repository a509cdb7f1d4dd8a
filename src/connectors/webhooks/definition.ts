import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE } from '../../core/presence.ts'
import { checkWebhook } from './check.ts'
import { configSchema, type WebhookConfig } from './config.ts'
import { WebhookInstance } from './instance.ts'
import { settingsOf } from './settings.ts'
import { sayable } from './words.ts'

/**
 * A record that the target keeps for us beside its own: it is never told to us again, so nothing of it is read back.
 * The hub's ledger takes it back where it does not end by itself.
 */
function slotOf(config: WebhookConfig): WriteSlot {
  const { targetStates, targetSeconds } = settingsOf(config)
  return {
    slot: 'presence',
    states: targetStates,
    neutral: AVAILABLE,
    contribution: 'ownRecord',
    readBack: 'none',
    echo: 'value',
    expiry: targetSeconds > 0 ? { kind: 'native', lifeMs: targetSeconds * 1000 } : { kind: 'none' },
    // Nothing that the system tells can be from before our write.
    settleMs: 0,
  }
}

/** Anything that speaks by webhook: a contact centre, a CRM, a script. Tells states, is told states, or both. */
export const webhook: ConnectorDefinition<WebhookConfig> = {
  manifest: {
    id: 'webhook',
    title: 'Webhooks',
    kind: 'crm',
    docs: 'docs/connectors/webhook.md',
    facets: ['presence'],
    states: [...sayable],
    addressKind: 'name',
    transport: 'webhook',
    lineRank: 0,
    maturity: {
      latencyMs: { presence: 200 },
      evidence: ['documented'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: (config) => [slotOf(config)],
  check: (config, context) => checkWebhook(settingsOf(config), context),
  create: (config, context) => new WebhookInstance(settingsOf(config), context),
}
