import type { AnyConnectorDefinition } from '../core/connector.ts'

/** What the configuration must know of a connector; a whole definition fits. */
export type ConnectorType = Pick<AnyConnectorDefinition, 'configSchema'> &
  Partial<Pick<AnyConnectorDefinition, 'manifest' | 'writes' | 'fromOperator' | 'clientsOf' | 'countedAs'>>

/** By the word used in `type:`. */
export type ConnectorTypes = Readonly<Record<string, ConnectorType>>

/** The type of that name, own names only: `constructor` is no connector. */
export function findType(types: ConnectorTypes, name: unknown): ConnectorType | undefined {
  return typeof name === 'string' && Object.hasOwn(types, name) ? types[name] : undefined
}
