import { agentFrameSchema, exchangeSchema, protocolVersion } from './frame-schema.ts'
import { hubFrameSchema } from './hub-frame-schema.ts'

/** docs/agent-protocol.schema.json: what the door of the hub holds frames against, and what it says itself. */
export function agentProtocolSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Hookswitch agent protocol, version ${protocolVersion}`,
    $comment: 'Generated (hookswitch agent-protocol schema); do not edit it.',
    $ref: '#/$defs/agentFrame',
    $defs: { agentFrame: agentFrameSchema, hubFrame: hubFrameSchema, exchange: exchangeSchema },
  }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}
