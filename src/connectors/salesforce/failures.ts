import { ConnectorFailure } from '../../core/connector.ts'
import type { Reply } from './api.ts'

const fixes: Readonly<Record<string, string>> = {
  INVALID_SESSION_ID:
    'Give the integration user the permission API Enabled and the app the scope api; look at its login IP ranges.',
  API_DISABLED_FOR_ORG: 'Use an edition with API access: Enterprise, Unlimited, Performance or Developer.',
  INVALID_TYPE:
    'Enable Omni-Channel in Setup, and give the integration user the permission set Hookswitch Integration.',
  INVALID_FIELD: 'Give the integration user the permissions View Setup and Configuration and View All Users.',
  INSUFFICIENT_ACCESS: 'Give the integration user the permission set Hookswitch Integration.',
  NOT_FOUND: 'Check apiVersion, and whether the package in salesforce/ is deployed.',
}

/** What an operator should do about an error code of the REST API. */
export function fixOf(code: string): string {
  return fixes[code] ?? 'Look at the integration user and the app in Setup.'
}

/** A reply that gave nothing, as the reason why the connector cannot start. `what`: what was asked for. */
export function asFailure(reply: Exclude<Reply, { kind: 'ok' }>, what: string): ConnectorFailure {
  switch (reply.kind) {
    case 'signedOut':
      return reply.failure
    case 'wait': {
      const { retryAfterMs, reason } = reply
      return new ConnectorFailure('rate-limited', `${what} could not be read: ${reason}.`, { retryAfterMs })
    }
    case 'trouble':
      return new ConnectorFailure('not-ready', `${what} could not be read: ${reply.reason}.`)
    case 'refused': {
      const { status, code, message } = reply
      const text = `${what} may not be read (${status} ${code}): ${message.replace(/\.$/, '')}.`
      return new ConnectorFailure('misconfigured', text, { fix: fixOf(code) })
    }
  }
}
