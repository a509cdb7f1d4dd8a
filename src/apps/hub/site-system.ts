import type { ConnectorConfig } from '../../config/resolved.ts'
import type { ConnectorContext, ConnectorInstance } from '../../core/connector.ts'
import type { Engine } from '../../engine/engine.ts'
import { createRemote } from '../../sites/remote-system.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import type { Assignment } from '../../sites/wire.ts'

/** What a site is told of a connector. */
export function assignmentOf({ type, settings, teamsSync, readOnly }: ConnectorConfig): Assignment {
  return { type, settings, ...(teamsSync && { teamsSync }), ...(readOnly && { readOnly }) }
}

/** The instance itself, or the one at its site. `local` makes the instance, without I/O. */
export function createHere(
  connector: ConnectorConfig,
  context: ConnectorContext,
  {
    local,
    sites,
    engine,
  }: {
    readonly local: ConnectorInstance
    readonly sites: SiteLinks
    readonly engine: Engine
  },
): ConnectorInstance {
  const { site, id } = connector
  if (site === undefined) return local
  return createRemote({
    ...{ site, links: sites, assignment: assignmentOf(connector), local, context },
    released: (addresses) => {
      context.log.warn('what was written at a site was taken back there', { site, addresses })
      const places = addresses.flatMap((address) => engine.people.at(context.tenant, id, address))
      // As if it had been asked for here: our own withdrawal is nobody's choice.
      for (const { actor } of places) engine.mailboxes.post(actor, { type: 'release' })
    },
  })
}
