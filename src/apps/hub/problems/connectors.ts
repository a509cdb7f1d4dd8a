import type { Problem } from '../../../core/alert.ts'
import type { RunningTenant } from '../port.ts'
import { apiId, type RunningSystem } from '../systems.ts'

export interface ConnectorLimits {
  readonly downAfterMs: number
  /** Wall clock, milliseconds. */
  readonly now: number
}

/** Connectors that cannot sign in, at once; those that are out of order for too long. */
export function findConnectorProblems(tenant: RunningTenant, limits: ConnectorLimits): readonly Problem[] {
  return [...tenant.systems.values()]
    .filter(({ system }) => system.id !== apiId)
    .flatMap((one) => findProblem(tenant.config.id, one, limits))
}

function findProblem(
  tenant: string,
  { system, supervisor }: RunningSystem,
  limits: ConnectorLimits,
): Problem[] {
  const { state, detail, fix, since, failure } = supervisor.health
  if (state === 'up' || state === 'stopped') return []
  const place = `${tenant}/${system.id} (${system.manifest.title})`
  const common = { text: detail ?? 'It gives no reason.', since, tenant, ...(fix !== undefined && { fix }) }
  if (failure === 'auth-failed' || failure === 'misconfigured') {
    const what = failure === 'auth-failed' ? 'cannot sign in' : 'is not configured rightly'
    return [{ ...common, key: `signIn ${tenant} ${system.id}`, kind: 'signIn', title: `${place} ${what}` }]
  }
  if (limits.now - since < limits.downAfterMs) return []
  const title = `${place} is ${state === 'starting' ? 'not up yet' : state}`
  return [{ ...common, key: `connectorDown ${tenant} ${system.id}`, kind: 'connectorDown', title }]
}
