import type { DayView } from './day-view.ts'
import type { AuditEntry, AuditQuery, AuditRow } from './history.ts'
import type { ExplainView, PersonView } from './view.ts'

/** Whose past, and who asks; `key`: id or UPN. `who` ends in the audit log. */
export interface PastSubject {
  readonly key: string
  readonly tenant?: string | undefined
  readonly who: string
}

/** Nothing can be told, and why, in a sentence for people. */
export interface NothingTold {
  readonly none: string
}

/** Everything that is stored about one person. Times are hub time, milliseconds. */
export interface PersonData {
  readonly tenant: string
  readonly id: string
  readonly exportedAt: number
  /** As the board shows them; absent once they have left. */
  readonly person?: PersonView
  /** What outlives a restart: signals, choices, pauses. */
  readonly state?: unknown
  readonly history: readonly { readonly at: number; readonly policyVersion: number; readonly body: unknown }[]
  /** What was written for them, open entries first. */
  readonly ledger: readonly {
    readonly connector: string
    readonly address: string
    readonly slot: string
    readonly open: boolean
    readonly entry: unknown
  }[]
  /** Entries of the connectors' memory, as far as they name the person or an address of theirs. */
  readonly memory: readonly { readonly scope: string; readonly key: string; readonly value: unknown }[]
  readonly audit: readonly AuditRow[]
}

/** What was erased, and what stays as long as the person is kept in step. */
export interface EraseReport {
  readonly tenant: string
  readonly id: string
  readonly historyRows: number
  readonly closedLedgerRows: number
  /** In a sentence for people. */
  readonly stays: string
}

/** One version of a tenant's rules, without the rules themselves. */
export interface PolicyVersionView {
  readonly version: number
  readonly at: number
  readonly author: string
  readonly comment: string
  readonly links: number
}

/** Which version of a tenant's rules is in force. */
export interface RulesInForce {
  readonly tenant: string
  readonly version: number
  /** Put in force in the place of the configuration's. */
  readonly pinned: boolean
}

/** Which rules of a tenant are in force, and all versions, oldest first. */
export interface PoliciesView {
  readonly tenant: string
  readonly inForce: number
  readonly pinned?: {
    readonly version: number
    readonly at: number
    readonly author: string
    readonly comment: string
  }
  readonly versions: readonly PolicyVersionView[]
}

/** Which version is to be put in force, by whom and why. Without a tenant: the only one. */
export interface RollbackWish {
  readonly tenant?: string | undefined
  readonly version: number
  readonly comment: string
  readonly who: string
}

/** The past of the running hub, as the HTTP API sees it: history, versions of the rules, audit log. */
export interface HistoryPort {
  /** Since when history is kept at most, wall clock, milliseconds; undefined where none is. */
  keptFrom(tenant: string): number | undefined
  /** Undefined where there is no such person. */
  explainAt(subject: PastSubject, at: number): Promise<ExplainView | NothingTold | undefined>
  /** From one moment to another; hub time, milliseconds. Noted in the audit log. */
  dayOf(
    subject: PastSubject,
    stretch: { readonly from: number; readonly to: number },
  ): Promise<DayView | NothingTold | undefined>
  personData(subject: PastSubject): Promise<PersonData | undefined>
  erase(subject: PastSubject): Promise<EraseReport | undefined>
  policies(tenant?: string): readonly PoliciesView[]
  /** Which rules are in force, of tenants at other hubs too. */
  inForce(tenant?: string): readonly RulesInForce[]
  /** The rules of one version, as JSON would hold them. */
  policy(version: number, tenant?: string): unknown
  rollback(wish: RollbackWish): Promise<PoliciesView | NothingTold>
  unpin(wish: Omit<RollbackWish, 'version'>): Promise<PoliciesView | NothingTold>
  audit(query: AuditQuery): Promise<readonly AuditRow[]>
  /** Writes the audit log; rejects where it cannot be written, and then what it tells of must not be done. */
  note(entry: AuditEntry): Promise<void>
  /** Works council mode: reasons, signals and writes are for administrators only. */
  isDiscreet(tenant: string): boolean
}
