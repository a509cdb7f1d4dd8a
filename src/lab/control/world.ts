import type { LabClock } from '../clock.ts'
import type { EmulatorDesk } from '../emulator.ts'
import type { Faults } from '../faults.ts'
import type { Entra } from '../microsoft/entra.ts'
import type { Tenant } from '../microsoft/tenant.ts'
import type { People } from '../people.ts'
import type { Phones } from '../phones.ts'
import type { RequestLog } from '../request-log.ts'
import type { Switches } from '../switches.ts'

/** All that the control API can reach. */
export interface ControlWorld {
  readonly clock: LabClock
  readonly phones: Phones
  readonly people: People
  readonly tenants: ReadonlyMap<string, Tenant>
  readonly entra: Entra
  readonly switches: Switches
  readonly faults: Faults
  readonly requests: RequestLog
  /** Addresses of the emulated systems, by name; filled in while the lab starts. */
  readonly addresses: Readonly<Record<string, string>>
  /** Of the emulators that have one, by name; filled in while the lab starts. */
  readonly desks: ReadonlyMap<string, EmulatorDesk>
}
