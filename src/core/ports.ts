import type { AuditRow, HistoryRow, PolicyVersionRow } from './history.ts'

/** A timer that has not fired; cancel is idempotent. */
export interface Timer {
  cancel(): void
}

/** Time as the hub sees it. Tests and the lab drive a virtual one; nothing else reads the system's clock. */
export interface Clock {
  /** Milliseconds since the epoch; may jump. For display, latency and what other systems are told. */
  wall(): number
  /** Milliseconds that never go back; for every timer, lease and window. */
  monotonic(): number
  /** Calls back once, not before `delayMs` of monotonic time. */
  after(delayMs: number, callback: () => void): Timer
}

/** Structured fields of a log line. */
export type LogFields = Readonly<Record<string, unknown>>

/** Structured log; implementations redact secrets by field name. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  with(fields: LogFields): Log
}

/** Counters and histograms by name; labels are few and bounded. Times in milliseconds. */
export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void
  gauge(name: string, value: number, labels?: Readonly<Record<string, string>>): void
  observe(name: string, milliseconds: number, labels?: Readonly<Record<string, string>>): void
}

/** `full`: on disk (fsync) before the promise resolves. `normal`: survives a crash of the process, not of the machine. */
export type Durability = 'full' | 'normal'

/** One row to write or delete. Tables: see sql/. Keys and bodies are ours; the store does not look inside a body. */
export type StoreChange =
  | { readonly put: 'presentity'; readonly tenant: string; readonly id: string; readonly body: string }
  | { readonly delete: 'presentity'; readonly tenant: string; readonly id: string }
  | { readonly put: 'ledger'; readonly entry: LedgerRow }
  | {
      readonly put: 'memory'
      readonly tenant: string
      readonly scope: string
      readonly key: string
      readonly body: string
    }
  | { readonly delete: 'memory'; readonly tenant: string; readonly scope: string; readonly key: string }
  /** Refused where the key is there already: of several hubs one is first. */
  | {
      readonly put: 'newMemory'
      readonly tenant: string
      readonly scope: string
      readonly key: string
      readonly body: string
    }
  | { readonly put: 'history'; readonly row: HistoryRow }
  | { readonly put: 'policyVersion'; readonly row: PolicyVersionRow }
  /** Refused where the id is there already: entries are never changed. */
  | { readonly put: 'audit'; readonly row: AuditRow }
  /** All history of a person, or all closed ledger rows. */
  | { readonly delete: 'history' | 'closedLedger'; readonly tenant: string; readonly presentity: string }

/**
 * The ledger's durable row: who was told what, why, and whether it is still there. `open` rows are our
 * contributions that may still show; `hookswitch release` works from these alone.
 */
export interface LedgerRow {
  readonly id: string
  readonly tenant: string
  readonly presentity: string
  readonly connector: string
  readonly address: string
  readonly slot: string
  readonly open: boolean
  /** Wall clock of the last change of this row, milliseconds. */
  readonly updatedAt: number
  /** JSON of core/ledger.ts Contribution. */
  readonly body: string
}

/** One person's durable state; the body is JSON of the engine's. */
export interface PresentityRow {
  readonly tenant: string
  readonly id: string
  readonly body: string
}

/** Durable memory of the hub. Rows of one commit are written together or not at all. */
export interface Store {
  commit(changes: readonly StoreChange[], durability: Durability): Promise<void>
  /** Of one tenant, or of all. */
  presentities(tenant?: string): AsyncIterable<PresentityRow>
  /** Of one tenant, or of all. */
  openLedger(tenant?: string): AsyncIterable<LedgerRow>
  /** Closed rows of one person, newest first, at most `limit`. */
  ledgerOf(tenant: string, presentity: string, limit: number): Promise<readonly LedgerRow[]>
  memory(tenant: string, scope: string): Promise<ReadonlyMap<string, string>>
  close(): Promise<void>
}
