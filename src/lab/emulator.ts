import type { Clock } from '../core/ports.ts'
import type { Faults } from './faults.ts'
import type { People } from './people.ts'
import type { Phones } from './phones.ts'
import type { RequestLog } from './request-log.ts'

/** What an emulator of a phone system or a CRM gets to work with. */
export interface EmulatorWorld {
  readonly clock: Clock
  readonly phones: Phones
  /** Users of the tenants, with their mail addresses and extensions. */
  readonly people: People
  readonly faults: Faults
  readonly requests: RequestLog
  /** Port to listen on at 127.0.0.1; 0 takes a free one. */
  readonly port: number
}

/** What a person does in the emulated system's own client, in the system's own words. */
export interface EmulatorDesk {
  /** States a person can pick there. */
  readonly states: readonly string[]
  /** What the system shows of the person; undefined for somebody it does not know. */
  shown(upn: string): string | undefined
  /** The person picks one of `states`; false for somebody the system does not know. */
  pick(upn: string, state: string): boolean
}

export interface Emulator {
  /** `127.0.0.1:5038`, or a URL where the connector's setting is one. */
  readonly address: string
  /** Where people have more to pick there than what their phones do. */
  readonly desk?: EmulatorDesk
  stop(): Promise<void>
}

export type StartEmulator = (world: EmulatorWorld) => Promise<Emulator>
