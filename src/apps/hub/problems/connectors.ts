import type { Problem } from '../../../core/alert.ts'
import type { Health } from '../../../core/connector.ts'
import type { RunningTenant } from '../port.ts'
import { apiId, type RunningSystem } from '../systems.ts'

/** A connector that is not up. Its next attempt to start says nothing yet: until then the last failure counts. */
interface Outage {
  /** Wall clock, milliseconds. */
  readonly since: number
  readonly last: Health
}

/** Connectors that cannot sign in, at once; those that are out of order for too long. */
export class ConnectorOutages {
  readonly #afterMs: number
  readonly #outages = new Map<RunningSystem, Outage>()

  constructor(afterMs: number) {
    this.#afterMs = afterMs
  }

  /** `now` is wall clock, milliseconds. */
  find(tenant: RunningTenant, now: number): readonly Problem[] {
    return [...tenant.systems.values()].flatMap((one) => {
      if (one.system.id === apiId) return []
      const outage = this.#note(one)
      return outage
        ? describe({ tenant: tenant.config.id, one, outage }, now - outage.since >= this.#afterMs)
        : []
    })
  }

  #note(one: RunningSystem): Outage | undefined {
    const { health, waits } = one.supervisor
    if (waits || health.state === 'up' || health.state === 'stopped') {
      this.#outages.delete(one)
      return undefined
    }
    const known = this.#outages.get(one)
    const last = known && health.state === 'starting' ? known.last : health
    const outage = { since: known?.since ?? health.since, last }
    this.#outages.set(one, outage)
    return outage
  }
}

interface About {
  readonly tenant: string
  readonly one: RunningSystem
  readonly outage: Outage
}

function describe({ tenant, one: { system }, outage }: About, isLong: boolean): Problem[] {
  const { state, detail, fix, failure } = outage.last
  const place = `${tenant}/${system.id} (${system.manifest.title})`
  const text = detail ?? 'It gives no reason.'
  const common = { text, since: outage.since, tenant, ...(fix !== undefined && { fix }) }
  if (failure === 'auth-failed' || failure === 'misconfigured') {
    const what = failure === 'auth-failed' ? 'cannot sign in' : 'is not configured rightly'
    return [{ ...common, key: `signIn ${tenant} ${system.id}`, kind: 'signIn', title: `${place} ${what}` }]
  }
  if (!isLong) return []
  const title = `${place} is ${state === 'starting' ? 'not up yet' : state}`
  return [{ ...common, key: `connectorDown ${tenant} ${system.id}`, kind: 'connectorDown', title }]
}
