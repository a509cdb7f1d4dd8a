import type { ConnectorConfig } from '../../config/resolved.ts'
import type { ConnectorContext, ConnectorInstance } from '../../core/connector.ts'
import { isOpen } from '../../core/ledger.ts'
import type { Engine } from '../../engine/engine.ts'
import { createRemote } from '../../sites/remote-system.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import type { Assignment, Written } from '../../sites/wire.ts'

/** What a site is told of a connector. */
export function assignmentOf(connector: ConnectorConfig): Assignment {
  const { type, settings, teamsSync, readOnly, siteHoldMinutes } = connector
  return {
    ...{ type, settings },
    ...(teamsSync && { teamsSync }),
    ...(readOnly && { readOnly }),
    ...(siteHoldMinutes !== undefined && { holdMs: siteHoldMinutes * 60_000 }),
  }
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
    written: () => writtenAt(engine, context.tenant, id),
    takenBack: ({ released, ranOut }) => {
      const placesOf = (addresses: readonly string[]) =>
        addresses.flatMap((address) => engine.people.at(context.tenant, id, address))
      if (released.length > 0)
        context.log.warn('what was written at a site was taken back there', { site, addresses: released })
      // As if it had been asked for here: our own withdrawal is nobody's choice.
      for (const { actor } of placesOf(released)) engine.mailboxes.post(actor, { type: 'release' })
      if (ranOut.length > 0)
        context.log.warn('what was written at a site ran out there without this hub', {
          site,
          addresses: ranOut,
        })
      for (const { actor, point } of placesOf(ranOut)) engine.mailboxes.post(actor, { type: 'ranOut', point })
    },
  })
}

/**
 * What is in the ledger as being at a connector is to be taken back, and its absence there is nobody's choice. It stays in the
 * ledger until the connector can be reached and has confirmed it.
 */
export function releaseAt(engine: Engine, tenant: string, connector: string): void {
  for (const actor of engine.people.of(tenant)) {
    for (const point of actor.presentity.points) {
      if (point.connector !== connector || !point.contributions?.some(isOpen)) continue
      engine.mailboxes.post(actor, { type: 'release', point })
    }
  }
}

/** What is in the ledger as being there. */
function writtenAt(engine: Engine, tenant: string, connector: string): readonly Written[] {
  return [...engine.people.of(tenant)].flatMap(({ presentity }) =>
    presentity.points
      .filter((point) => point.connector === connector)
      .flatMap(({ address, contributions = [] }) =>
        contributions.filter(isOpen).map(({ slot, state }) => ({ address, slot, state })),
      ),
  )
}
