import type { LinkLatency } from '../../core/latency.ts'
import type { Engine } from '../../engine/engine.ts'

/** Every link's times against what its preset promises. */
export function viewLatency(engine: Engine, tenant: string | undefined): readonly LinkLatency[] {
  return engine.latencies.view(engine.now(), tenant).map((one) => {
    const promiseMs = engine.policy(one.tenant).links.find(({ id }) => id === one.link)?.promiseMs
    if (promiseMs === undefined) return one
    const p95 = one.hops.find(({ hop }) => hop === 'written')?.day.p95
    return { ...one, promiseMs, ...(p95 !== undefined && { kept: p95 <= promiseMs }) }
  })
}
