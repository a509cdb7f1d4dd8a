import { asterisk } from '../connectors/asterisk/definition.ts'
import { sip } from '../connectors/sip/definition.ts'
import { teams } from '../connectors/teams/definition.ts'
import type { AnyConnectorDefinition } from '../core/connector.ts'

/** Every connector by the word that stands in `type:`. A new one is one folder and one line here. */
export const registry: Readonly<Record<string, AnyConnectorDefinition>> = { teams, asterisk, sip }
