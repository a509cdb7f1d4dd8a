import { createConfigRoutes } from './config-routes.ts'
import { createLinkRoutes } from './link-routes.ts'
import type { Route } from './route.ts'
import type { seenPorts } from './seen-ports.ts'
import { createTokenRoutes } from './token-routes.ts'

/** What is changed while the hub runs: its configuration with the links, and tokens. */
export function createManagedRoutes({
  configuration,
  tokens,
}: ReturnType<typeof seenPorts>): readonly Route[] {
  return [
    ...(configuration ? createConfigRoutes(configuration) : []),
    ...(configuration ? createLinkRoutes(configuration) : []),
    ...(tokens ? createTokenRoutes(tokens) : []),
  ]
}
