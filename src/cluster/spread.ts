import type { Ownership } from '../core/cluster.ts'
import { joinUnits } from './units.ts'

export interface SpreadInput {
  /** Every tenant that is configured. */
  readonly tenants: readonly string[]
  /** Lists of tenants that are to be at one node; a tenant may be in several. Others may be anywhere. */
  readonly together?: readonly (readonly string[])[]
  readonly owners: readonly Ownership[]
  /** Incarnations of the nodes that take tenants. */
  readonly nodes: readonly string[]
  /**
   * A node of a version that knows neither the people of tenants nor which are to be together is among them: all count tenants then, or
   * they would not agree.
   */
  readonly alike?: boolean
}

/** What a tenant costs by itself, in people: its connections, its token, its round (docs/operations/sizing.md). */
export const tenantWeight = 50
/** Nothing is moved between nodes that differ by less than this part of what a node has on average. */
const leastPart = 0.2
/**
 * Nor a tenant where they do not differ by so many times its weight: the other would then have nearly as much too much, and give it
 * back for a few people more.
 */
const leastTimes = 1.5

/** Tenants that move together, by the name of the first; nearly always one. */
interface Weighed {
  readonly tenant: string
  readonly members: readonly string[]
  readonly weight: number
}

/** A node and what it has. */
interface Load {
  readonly node: string
  readonly tenants: Weighed[]
  weight: number
}

/**
 * Which node is to have which tenant: every node works it out by itself from the same rows, and they agree. As few as can be change
 * hands: whoever has one keeps it, unless the node with the least has much less. So numbers of people that go up and down move nothing,
 * and what was moved does not come back for as little as made it go.
 */
export function spreadTenants(input: SpreadInput): ReadonlyMap<string, string> {
  const loads = input.nodes.toSorted().map((node): Load => ({ node, tenants: [], weight: 0 }))
  if (loads.length === 0) return new Map()
  const rows = new Map(input.owners.map((row) => [row.tenant, row]))
  const free: Weighed[] = []
  const weigh = (tenant: string) => tenantWeight + ((!input.alike && rows.get(tenant)?.people) || 0)
  for (const members of joinUnits(input.tenants, (!input.alike && input.together) || [])) {
    const weight = members.reduce((sum, tenant) => sum + weigh(tenant), 0)
    const one = { tenant: members[0]!, members, weight }
    const owner = keeperOf(members, loads, rows)
    if (owner) give(owner, one)
    else free.push(one)
  }
  // The large ones first: the small ones then fill the gaps.
  for (const one of free.sort(byWeight)) give(lightest(loads), one)
  even(loads)
  return new Map(
    loads.flatMap(({ node, tenants }) =>
      tenants.flatMap(({ members }) => members).map((tenant) => [tenant, node]),
    ),
  )
}

/** Who has most of them; the first of several. */
function keeperOf(
  members: readonly string[],
  loads: readonly Load[],
  rows: ReadonlyMap<string, Ownership>,
): Load | undefined {
  const parts = loads.map(({ node }) => members.filter((tenant) => rows.get(tenant)?.owner === node).length)
  const most = Math.max(...parts)
  return most === 0 ? undefined : loads[parts.indexOf(most)]
}

/** Each move makes the sum of the squares smaller, so it ends; and where it ended it does not begin again. */
function even(loads: readonly Load[]): void {
  const whole = loads.reduce((sum, { weight }) => sum + weight, 0)
  const least = (leastPart * whole) / loads.length
  for (;;) {
    const to = lightest(loads)
    const move = bestMove(loads, to, least)
    if (!move) return
    move.from.tenants.splice(move.from.tenants.indexOf(move.one), 1)
    move.from.weight -= move.one.weight
    give(to, move.one)
  }
}

interface Move {
  readonly from: Load
  readonly one: Weighed
  /** By how much the two differ less than before. */
  readonly gain: number
}

function bestMove(loads: readonly Load[], to: Load, least: number): Move | undefined {
  let best: Move | undefined
  for (const from of loads) {
    const apart = from.weight - to.weight
    if (apart <= 0 || apart < least) continue
    for (const one of from.tenants) {
      if (apart < leastTimes * one.weight) continue
      const gain = apart - Math.abs(apart - 2 * one.weight)
      if (!best || gain > best.gain || (gain === best.gain && byWeight(one, best.one) < 0))
        best = { from, one, gain }
    }
  }
  return best
}

function give(to: Load, one: Weighed): void {
  to.tenants.push(one)
  to.weight += one.weight
}

function lightest(loads: readonly Load[]): Load {
  return loads.reduce((least, load) => (load.weight < least.weight ? load : least))
}

/** Heavy ones first; by name where they weigh the same. */
function byWeight(a: Weighed, b: Weighed): number {
  return b.weight - a.weight || (a.tenant < b.tenant ? -1 : 1)
}
