import type { Metrics } from '../../core/ports.ts'
import type { MachineProblems } from './problems/machine.ts'
import type { Seat } from './seat.ts'

interface WatchBusParts {
  readonly metrics: Metrics
  readonly machine: MachineProblems
}

/** Tells by metric and alert whether the other hubs can be reached, until the bus is closed. */
export function watchBus(
  { bus, member: { node } }: Pick<Seat, 'bus' | 'member'>,
  { metrics, machine }: WatchBusParts,
): void {
  const tell = (connected: boolean) => {
    metrics.gauge('nats_away', connected ? 0 : 1)
    machine.natsStands({ node, connected })
  }
  bus.watch(tell)
  tell(bus.connected)
}
