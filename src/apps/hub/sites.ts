import type { TenantConfig } from '../../config/resolved.ts'
import type { ProgramSocket } from '../../core/connector.ts'
import type { AuditEntry } from '../../core/history.ts'
import type { SitePort, SiteRefusal, SiteView, SiteWish } from '../../core/site-port.ts'
import { SiteBook, type SiteRow } from '../../sites/site-book.ts'
import { SiteDoor } from '../../sites/site-door.ts'
import type { SiteLink } from '../../sites/site-link.ts'
import { protocolVersion, usualHoldMs } from '../../sites/wire.ts'
import { compareVersions, version } from '../version.ts'
import type { RunningTenant } from './port.ts'
import type { Seat } from './seat.ts'
import { SiteRelay, type SiteRelayParts } from './site-relay.ts'
import { assignmentOf, releaseAt } from './site-system.ts'
import type { Parts } from './systems.ts'

export interface HubSitesParts extends Pick<Parts, 'store' | 'clock' | 'log' | 'sites' | 'engine'> {
  readonly tenants: ReadonlyMap<string, Pick<RunningTenant, 'config'>>
  readonly note: (entry: AuditEntry) => Promise<void>
  /** Of several hubs. */
  readonly seat: Seat | undefined
}

/** Sites as the API shows them, and the door where they come in. */
export function openSites(parts: HubSitesParts): {
  readonly port: SitePort
  readonly door: SiteDoor
  readonly accept: (socket: ProgramSocket) => void
} {
  const { tenants, sites: links, seat, engine } = parts
  const book = new SiteBook(parts)
  const relay = seat && createRelay(seat, parts.log, (socket, knock) => door.admit(socket, knock))
  const door: SiteDoor = new SiteDoor({
    ...{ book, links, version, clock: parts.clock, log: parts.log },
    isHere: (tenant) => tenants.has(tenant),
    ...(relay && { passOn: (...knock) => relay.passOn(...knock) }),
  })
  const port: SitePort = {
    list: async (only) => {
      const views: SiteView[] = []
      for (const { config } of tenants.values()) {
        if (only !== undefined && config.id !== only) continue
        views.push(...viewSites(config, await book.list(config.id), links))
      }
      return views
    },
    issueCode: async (wish, who) => {
      const found = readWish(wish, tenants.get(wish.tenant)?.config)
      return 'refused' in found ? found : book.issue({ ...wish, name: found.name }, who)
    },
    revoke: async (tenant, name, who) => {
      const config = tenants.get(tenant)?.config
      if (!config || !(await book.revoke(tenant, name, who))) return false
      // It takes back what it wrote by itself, and has nobody any more to tell.
      for (const { id, site } of config.connectors) if (site === name) releaseAt(engine, tenant, id)
      links.find(tenant, name)?.refuse('revoked', 'An administrator revoked this site.')
      return true
    },
  }
  return { port, door, accept: (socket) => door.accept(socket) }
}

function createRelay(seat: Seat, log: Parts['log'], admit: SiteRelayParts['admit']): SiteRelay {
  return new SiteRelay({
    ...{ bus: seat.bus, log, incarnation: seat.member.incarnation, admit },
    isServed: (tenant) => seat.configured.some(({ id }) => id === tenant),
    ownerOf: (tenant) => seat.view.tenants.find((one) => one.tenant === tenant)?.owner || undefined,
  })
}

function viewSites(
  { id: tenant, connectors }: TenantConfig,
  rows: readonly SiteRow[],
  links: Parts['sites'],
): SiteView[] {
  const enrolled = new Map(rows.map((row) => [row.name, row]))
  const names = new Set([...connectors.flatMap(({ site }) => site ?? []), ...enrolled.keys()])
  return [...names].sort().map((name) => {
    const row = enrolled.get(name)
    const link = links.find(tenant, name)
    const seen = link ?? links.lastSeen(tenant, name)
    const detail = link ? undefined : links.lastSeen(tenant, name)?.detail
    return {
      ...{ tenant, name, connectors: row?.connectors ?? [] },
      configured: connectors.filter(({ site }) => site === name).map(({ id }) => id),
      ...(row && { enrolledAt: row.enrolledAt, enrolledBy: row.enrolledBy }),
      link: link ? 'up' : 'down',
      ...(seen && { version: seen.version, lastHeardAt: Math.round(seen.lastHeardAt) }),
      ...(seen && skewOf(seen.version, link?.protocol)),
      ...(link && measuresOf(link)),
      ...(detail !== undefined && { detail }),
      ...(row && seen && !link && { runsOutAt: Math.round(seen.lastHeardAt + holdOf(connectors, name)) }),
    }
  })
}

/** How long what was written at a site stays there without the hub: the shortest of its connectors, milliseconds. */
function holdOf(connectors: TenantConfig['connectors'], name: string): number {
  const here = connectors.filter(({ site }) => site === name)
  return Math.min(...here.map((one) => assignmentOf(one).holdMs ?? usualHoldMs), 12 * 60 * 60_000)
}

/** A clock that is off by less shows nowhere. Milliseconds. */
const clockOffMs = 2_000

function measuresOf({ roundTripMs, clockBehindMs }: SiteLink): Partial<SiteView> {
  const isOff = clockBehindMs !== undefined && Math.abs(clockBehindMs) > clockOffMs
  return {
    ...(roundTripMs !== undefined && { roundTripMs: Math.round(roundTripMs) }),
    ...(isOff && { clockBehindMs: Math.round(clockBehindMs) }),
  }
}

/** What the link speaks tells more than a number of a version. */
function skewOf(theirs: string, protocol = protocolVersion): Pick<SiteView, 'skew'> {
  const difference = protocol - protocolVersion || compareVersions(theirs, version)
  return difference === 0 ? {} : { skew: difference < 0 ? 'older' : 'newer' }
}

/** A code is for connectors that the configuration has at one site. */
function readWish(
  { tenant, name, connectors }: SiteWish,
  config: TenantConfig | undefined,
): { readonly name: string } | SiteRefusal {
  if (!config) return { refused: `There is no tenant "${tenant}".`, fix: 'Name another one.' }
  const known = config.connectors.map(({ id }) => id).join(', ')
  let site = name
  for (const id of connectors) {
    const connector = config.connectors.find((one) => one.id === id)
    if (!connector) {
      return { refused: `The tenant has no connector "${id}".`, fix: `It has these: ${known}.` }
    }
    if (connector.site === undefined) {
      const fix = `Write "site: ${site ?? 'NAME'}" at that connector first.`
      return { refused: `The connector "${id}" runs at the hub in the configuration.`, fix }
    }
    site ??= connector.site
    if (connector.site !== site) {
      const fix = 'A code is for connectors of one site.'
      return { refused: `The connector "${id}" is at the site "${connector.site}", not "${site}".`, fix }
    }
  }
  if (site !== undefined) return { name: site }
  return { refused: 'No connector was named.', fix: 'Name the connectors that the site is to run.' }
}
