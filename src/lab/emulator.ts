import type { Clock } from '../core/ports.ts'
import type { Faults } from './faults.ts'
import type { Phones } from './phones.ts'
import type { RequestLog } from './request-log.ts'

/** What an emulator of a phone system gets to work with. */
export interface EmulatorWorld {
  readonly clock: Clock
  readonly phones: Phones
  readonly faults: Faults
  readonly requests: RequestLog
  /** Port to listen on at 127.0.0.1; 0 takes a free one. */
  readonly port: number
}

export interface Emulator {
  /** `127.0.0.1:5038`. */
  readonly address: string
  stop(): Promise<void>
}

export type StartEmulator = (world: EmulatorWorld) => Promise<Emulator>
