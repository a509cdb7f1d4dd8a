import type { ResolvedConfig } from '../../config/resolved.ts'
import type { AlertPort } from '../../core/alert.ts'
import type { LinkLatency } from '../../core/latency.ts'
import type { PausePort } from '../../core/pause.ts'
import type { HubPort, PersonView } from '../../core/view.ts'
import { createAlerts } from './alerts.ts'
import { viewLatency } from './latency.ts'
import { createPausePort } from './pauses.ts'
import type { RunningTenant } from './port.ts'
import type { MachineProblems } from './problems/machine.ts'
import type { Parts } from './systems.ts'

/** What the API offers beside presence itself. */
export interface DutyPorts {
  readonly alerts: AlertPort
  readonly pauses: PausePort<PersonView>
  readonly latency: (tenant: string | undefined) => readonly LinkLatency[]
}

export interface DutyParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
  readonly hub: HubPort
  readonly machine: MachineProblems
}

/** Alerts, pauses and latency of a running hub. */
export function createDuties(
  config: ResolvedConfig,
  { tenants, parts, hub, machine }: DutyParts,
): { readonly ports: DutyPorts; start(): Promise<void>; stop(): Promise<void> } {
  const alerts = createAlerts(config.alerts, { ...parts, tenants, machine })
  return {
    ports: {
      alerts,
      pauses: createPausePort({ tenants, parts, hub }),
      latency: (tenant) => viewLatency(parts.engine, tenant),
    },
    start: () => alerts.start(),
    stop: () => alerts.stop(),
  }
}
