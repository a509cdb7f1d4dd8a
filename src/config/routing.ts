import type { Finding } from '../core/connector.ts'
import { type ConnectorTypes, findType } from './connector-types.ts'
import type { ConnectorConfig, LinkConfig, TenantConfig } from './resolved.ts'
import { externalSource } from './schema.ts'
import { isSourceFor, mayStandIn, standInSetting, standsInForNobody } from './stand-in.ts'

/** The routing matrix of one tenant: who reads whom, and what an administrator should know about it. */
export function checkRouting(tenant: TenantConfig, types: ConnectorTypes): readonly Finding[] {
  const systems = tenant.connectors.map((connector) => ({
    ...connector,
    kind: findType(types, connector.type)?.manifest?.kind ?? 'pbx',
    writable: isWritable(connector, types),
  }))
  return [
    ...listReads(tenant, systems),
    ...listStandIns(tenant, types),
    ...findMissing(tenant, systems),
    ...remarkOnVendors(tenant, systems),
    ...remarkOnCalls(tenant, systems),
  ]
}

interface SystemRow extends ConnectorConfig {
  readonly kind: string
  readonly writable: boolean
}

function isWritable({ type, settings }: ConnectorConfig, types: ConnectorTypes): boolean {
  return (findType(types, type)?.writes?.(settings) ?? []).length > 0
}

function listReads({ links }: TenantConfig, systems: readonly SystemRow[]): Finding[] {
  return systems
    .filter(({ writable }) => writable)
    .map(({ id }) => {
      const sources = links.filter((link) => link.to === id).map(describeSource)
      if (!links.some(({ from }) => from === externalSource)) sources.push('external signals')
      return { level: 'ok', text: `${id} shows what is said by: ${sources.join(', ')}` }
    })
}

/** What was taken from another connector without being written, and what could not be. */
function listStandIns({ connectors, people }: TenantConfig, types: ConnectorTypes): Finding[] {
  return connectors.flatMap((connector): Finding[] => {
    const { id, extensionsOf, settings } = connector
    if (extensionsOf !== undefined) {
      const text = `${id} watches the extensions of ${extensionsOf}, and speaks in its place while ${extensionsOf} cannot be heard`
      return [{ level: 'ok', text: `${text}; extensionsOf: ${standsInForNobody} switches this off` }]
    }
    const byHand = people.some(({ addresses }) => addresses[id] !== undefined)
    if (byHand || settings[standInSetting] !== undefined || !mayStandIn(connector, types)) return []
    const others = connectors.filter((other) => isSourceFor(connector, other, types))
    if (others.length < 2) return []
    const ids = others.map((other) => other.id)
    return [
      {
        level: 'warning',
        text: `${id} may see the phones of ${ids.join(' or ')}: it is not told whose extensions to watch`,
        fix: `Set extensionsOf to one of ${ids.join(', ')}, or give people addresses: { ${id}: ... }.`,
      },
    ]
  })
}

function describeSource({ from, observeOnly, groups = [], people = [], optedInOnly }: LinkConfig): string {
  const remarks = [
    observeOnly ? 'observed only' : '',
    groups.length > 0 ? `groups ${groups.join(', ')}` : '',
    people.length > 0 ? `${people.length} people` : '',
    optedInOnly ? 'who opted in' : '',
  ].filter((remark) => remark !== '')
  return remarks.length === 0 ? from : `${from} (${remarks.join('; ')})`
}

/** Pairs that links lead from one to the other only by way of a third: what the first says does not arrive. */
function findMissing({ links }: TenantConfig, systems: readonly SystemRow[]): Finding[] {
  const findings: Finding[] = []
  const direct = new Set(links.map(({ from, to }) => `${from}\n${to}`))
  for (const from of systems) {
    const ways = reach(from.id, links)
    for (const to of systems) {
      const by = ways.get(to.id)
      if (by === undefined || by === from.id || to.id === from.id || !to.writable) continue
      if (direct.has(`${from.id}\n${to.id}`) || isSameLine(from, to) || isVendors(from, to)) continue
      findings.push({
        level: 'warning',
        text: `${to.id} does not show what ${from.id} says: there is a way by ${by}, but nothing is passed on from system to system`,
        fix: `Add a link { from: ${from.id}, to: ${to.id} }; with observeOnly: true where this is meant.`,
      })
    }
  }
  return findings
}

/** Everything that can be reached over links, with the last stop before it. */
function reach(start: string, links: readonly LinkConfig[]): ReadonlyMap<string, string> {
  const reached = new Map<string, string>()
  const open = [start]
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    for (const { from, to } of links) {
      if (from !== at || reached.has(to) || to === start) continue
      reached.set(to, at)
      open.push(to)
    }
  }
  return reached
}

/** Two connectors that see the same phones need no link. */
function isSameLine(a: SystemRow, b: SystemRow): boolean {
  const sees = (one: SystemRow) => one.extensionsOf ?? one.settings.linesOf
  return sees(a) === b.id || sees(b) === a.id
}

/** The vendor's own connector joins the two. */
function isVendors(a: SystemRow, b: SystemRow): boolean {
  const [phone, other] = a.kind === 'pbx' ? [a, b] : [b, a]
  return phone.teamsSync === 'vendor' && other.kind === 'collaboration'
}

function remarkOnVendors({ links }: TenantConfig, systems: readonly SystemRow[]): Finding[] {
  const collaboration = new Set(systems.filter(({ kind }) => kind === 'collaboration').map(({ id }) => id))
  return systems.flatMap(({ id, kind, teamsSync }): Finding[] => {
    if (kind !== 'pbx' || collaboration.size === 0) return []
    if (teamsSync === 'vendor') {
      const text = `${id} and Teams are kept in step by the vendor's own connector; Teams is read as carrying the calls of ${id}`
      return [{ level: 'ok', text }]
    }
    const joined = links.some(
      ({ from, to }) => (from === id && collaboration.has(to)) || (to === id && collaboration.has(from)),
    )
    if (!joined) return []
    const text = `${id} and Teams are kept in step by this hub: a connector of the vendor between the two must be off`
    return [{ level: 'ok', text }]
  })
}

/** What a call that is shown in Teams does not do (learn.microsoft.com: Busy on busy knows Teams' own calls only). */
const ringsOn =
  'a phone call shown in Teams as "In a call" does not stop Teams calls from ringing: Busy on busy of Teams does not count it'

function remarkOnCalls({ links }: TenantConfig, systems: readonly SystemRow[]): Finding[] {
  const kind = (id: string) => systems.find((system) => system.id === id)?.kind
  return links
    .filter(({ to }) => kind(to) === 'collaboration')
    .map(({ from, to, silenceTeams }) => {
      const link = `${from} to ${to}`
      if (!silenceTeams) {
        return { level: 'ok', text: `${link}: ${ringsOn}; silenceTeams: true writes Presenting in its place` }
      }
      return {
        level: 'info',
        text: `${link}: silenceTeams writes Do not disturb / Presenting during a call; colleagues see Presenting. Unverified: no live tenant has confirmed yet that calls do not ring`,
        fix: 'Try it with one person first: hookswitch check --live UPN.',
      }
    })
}
