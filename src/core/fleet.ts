import type { AlertView } from './alert.ts'
import type { ActionItem } from './consent-port.ts'
import type { ConnectorView } from './view.ts'

/** How a customer stands: something does not work, somebody should look, or nothing is to be done. */
export type FleetCondition = 'broken' | 'attention' | 'fine'

/** One customer on the page of all. */
export interface FleetRow {
  readonly tenant: string
  readonly condition: FleetCondition
  /** People whose presence is kept. */
  readonly people: number
  readonly connectors: { readonly all: number; readonly down: number; readonly degraded: number }
  /** People and phones that could not be matched. */
  readonly unmatched: number
  /** Action items that nobody has done. */
  readonly openItems: number
  /** Version of the rules in force; absent where none are kept. */
  readonly rules?: number
  /** What is wrong, the weightiest first, in the hub's words; at most five. */
  readonly reasons: readonly string[]
}

/** What is known of all tenants. */
export interface FleetSigns {
  /** Ids, by which a tenant is there at all. */
  readonly tenants: readonly string[]
  readonly people: ReadonlyMap<string, number>
  readonly connectors: readonly ConnectorView[]
  readonly alerts: readonly AlertView[]
  readonly items: readonly ActionItem[]
  readonly rules: ReadonlyMap<string, number>
}

const order: readonly FleetCondition[] = ['broken', 'attention', 'fine']
const mostReasons = 5

/** Of these somebody has to be told at once: calls are lost, or a system is not kept in step. */
const breaking: ReadonlySet<AlertView['kind']> = new Set([
  'signIn',
  'connectorDown',
  'tenantDown',
  'staleWrite',
])

/** Every customer, in the order of `compareCustomers`. */
export function viewFleet(signs: FleetSigns): readonly FleetRow[] {
  return signs.tenants.map((tenant) => viewTenant(tenant, signs)).sort(compareCustomers)
}

/** Those with problems first, then by id. */
export function compareCustomers(a: FleetRow, b: FleetRow): number {
  return (
    order.indexOf(a.condition) - order.indexOf(b.condition) ||
    b.reasons.length - a.reasons.length ||
    a.tenant.localeCompare(b.tenant)
  )
}

function viewTenant(tenant: string, signs: FleetSigns): FleetRow {
  const isOf = (one: { readonly tenant?: string }) => one.tenant === tenant
  const connectors = signs.connectors.filter(isOf)
  const alerts = signs.alerts.filter(isOf)
  const items = signs.items.filter((one) => isOf(one) && one.state === 'open')
  const inState = (state: string) => connectors.filter(({ health }) => health.state === state)
  const [down, degraded] = [inState('down'), inState('degraded')]
  const unmatched = connectors.reduce((sum, { problems }) => sum + problems.length, 0)
  const rules = signs.rules.get(tenant)
  const isBroken = down.length > 0 || alerts.some(({ kind }) => breaking.has(kind))
  const isFine = degraded.length === 0 && alerts.length === 0 && items.length === 0
  const told = alerts.some(({ kind }) => kind === 'connectorDown')
  const reasons = [
    ...[...alerts]
      .sort((a, b) => Number(breaking.has(b.kind)) - Number(breaking.has(a.kind)))
      .map(({ title }) => title),
    ...(told ? [] : down.map(({ title, health }) => `${title}: ${health.detail ?? 'down'}`)),
    ...degraded.map(({ title, health }) => `${title}: ${health.detail ?? 'degraded'}`),
    ...items.map(({ title }) => title),
  ]
  return {
    tenant,
    condition: isBroken ? 'broken' : isFine ? 'fine' : 'attention',
    people: signs.people.get(tenant) ?? 0,
    connectors: { all: connectors.length, down: down.length, degraded: degraded.length },
    unmatched,
    openItems: items.length,
    ...(rules !== undefined && { rules }),
    reasons: reasons.slice(0, mostReasons),
  }
}
