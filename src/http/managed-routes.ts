import { createConfigRoutes } from './config-routes.ts'
import { type ConnectorTripContext, createConnectorTripRoutes } from './connector-trip-routes.ts'
import { createLinkRoutes } from './link-routes.ts'
import type { Route } from './route.ts'
import type { seenPorts } from './seen-ports.ts'
import { createSiteRoutes } from './site-routes.ts'
import { createTokenRoutes } from './token-routes.ts'

/** What is changed while the hub runs: its configuration with the links, sites, and tokens. */
export function createManagedRoutes(
  { configuration: configurationOf, tokens, sites }: ReturnType<typeof seenPorts>,
  { configuration, publicUrl, secure }: Partial<ConnectorTripContext> & Pick<ConnectorTripContext, 'secure'>,
): readonly Route[] {
  const trips =
    configuration &&
    configurationOf &&
    createConnectorTripRoutes({ configuration, configurationOf, publicUrl, secure })
  return [
    ...(configurationOf ? createConfigRoutes(configurationOf) : []),
    ...(configurationOf ? createLinkRoutes(configurationOf) : []),
    ...(trips ?? []),
    ...(sites ? createSiteRoutes(sites) : []),
    ...(tokens ? createTokenRoutes(tokens) : []),
  ]
}
