import { ConnectorFailure } from '../../core/connector.ts'
import type { TopicTrouble } from './health.ts'
import { BusError } from './pub-sub.ts'

/** Why no changes of presence are heard. */
export function eventsTrouble(reason: string, error: unknown): TopicTrouble {
  const kind = error instanceof BusError ? error.kind : undefined
  const read = 'everyone is read every 10 s meanwhile'
  if (kind === 'missing' || kind === 'forbidden') {
    return {
      text: `Salesforce offers no change events of presence (${kind === 'missing' ? 'no such topic' : 'not permitted'}); ${read}.`,
      fix: 'Select User Service Presence in Setup, Change Data Capture, and give the integration user View All Users.',
    }
  }
  const fix = error instanceof ConnectorFailure ? error.fix : undefined
  return {
    text: `No change events: ${reason.replace(/\.$/, '')}; ${read}.`,
    fix: fix ?? 'Let gRPC (HTTP/2) pass the firewall to the address of the Pub/Sub API, port 7443.',
  }
}

/** Why the agents' consoles are not heard. */
export function packageTrouble(reason: string, error: unknown): TopicTrouble {
  const kind = error instanceof BusError ? error.kind : undefined
  if (kind !== 'missing' && kind !== 'forbidden') {
    const fix = 'Let gRPC (HTTP/2) pass the firewall to the address of the Pub/Sub API, port 7443.'
    return { text: `The agents' consoles are not heard: ${reason.replace(/\.$/, '')}.`, fix }
  }
  return {
    text: 'The package of Hookswitch is not in this organisation, or not open to the integration user: statuses cannot be written.',
    fix: 'Deploy salesforce/ and assign the permission set Hookswitch Integration, or set writeStatus: false.',
  }
}
