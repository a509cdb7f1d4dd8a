/**
 * What the hub keeps of the past: the sequence of what each person's systems said, the rules that were in force, and
 * who looked. Times are hub time, whole milliseconds.
 */

/** What was known of a person from `at` until their next row. */
export interface HistoryRow {
  readonly tenant: string
  readonly presentity: string
  readonly at: number
  /** The rules in force then. */
  readonly policyVersion: number
  /** JSON of the engine's: the person as stored, and which of their addresses could not be heard. */
  readonly body: string
}

/** One set of rules that was in force, numbered from 1 per tenant. */
export interface PolicyVersionRow {
  readonly tenant: string
  readonly version: number
  readonly at: number
  readonly author: string
  readonly comment: string
  /** JSON of core/policy.ts Policy. */
  readonly body: string
}

/** What can be done that the audit log keeps. */
export type AuditAct =
  | 'history.read'
  | 'person.export'
  | 'people.export'
  | 'audit.export'
  | 'person.erase'
  | 'person.pause'
  | 'person.resume'
  | 'release'
  | 'policy.change'
  | 'policy.rollback'
  | 'policy.unpin'
  | 'account.create'
  | 'account.change'
  | 'account.delete'
  | 'account.link'
  | 'account.password'
  | 'session.begin'
  | 'session.end'
  | 'session.refuse'
  | 'config.change'
  | 'config.rollback'
  | 'keys.rotate'
  | 'token.issue'
  | 'token.revoke'
  | 'site.code'
  | 'site.enrol'
  | 'site.revoke'
  | 'consent.link'
  | 'consent.grant'
  | 'consent.end'
  | 'person.optIn'
  | 'person.optOut'
  | 'person.pair'
  | 'person.unpair'
  | 'person.direction'
  | 'person.calls'

/** Somebody did something that concerns a person, or everyone of a tenant. */
export interface AuditEntry {
  readonly tenant: string
  /** The name of the API token, and who used it where that is told. */
  readonly who: string
  readonly what: AuditAct
  /** Id of the person; `*` for everyone. */
  readonly about: string
  /** For people to read: the period looked at, a comment. */
  readonly detail: string
}

/** The entry of a look at everyone's history in a period (ISO 8601), for a replay. */
export function replayNote(
  tenant: string,
  who: string,
  { from, to }: { readonly from: string; readonly to: string },
): AuditEntry {
  return { tenant, who, what: 'history.read', about: '*', detail: `replay from ${from} to ${to}` }
}

/** An entry as it is kept. */
export interface AuditRow extends AuditEntry {
  /** Sorts by time among entries of one moment. */
  readonly id: string
  readonly at: number
}

/** Which entries, newest first. `before`: the last one of the page before. */
export interface AuditQuery {
  readonly tenant: string
  readonly limit: number
  readonly about?: string
  readonly who?: string
  readonly what?: string
  readonly from?: number
  readonly to?: number
  readonly before?: { readonly at: number; readonly id: string }
}

/** A stretch of one person's history: rows after `from` (by `at`) up to `to`, oldest first, at most `limit`. */
export interface HistoryQuery {
  readonly tenant: string
  readonly presentity: string
  readonly from: number
  readonly to: number
  readonly limit: number
}

/** One entry of a connector's durable memory. */
export interface MemoryRow {
  readonly scope: string
  readonly key: string
  readonly body: string
}

/** Reading what is kept of the past; it is written through the store's commits. */
export interface Archive {
  /** The row that describes a moment: the newest at or before it. */
  historyAt(tenant: string, presentity: string, at: number): Promise<HistoryRow | undefined>
  historyOf(query: HistoryQuery): Promise<readonly HistoryRow[]>
  /** Ids of everyone of whom history is kept. */
  historyPeople(tenant: string): Promise<readonly string[]>
  /** All of a tenant, oldest first. */
  policyVersions(tenant: string): Promise<readonly PolicyVersionRow[]>
  audit(query: AuditQuery): Promise<readonly AuditRow[]>
  /** Entries of the tenant's memory in whose key or body the text occurs. */
  memoryWith(tenant: string, text: string): Promise<readonly MemoryRow[]>
}

/** How long history is kept per tenant, for the store; what is older than `before` and no longer describes anything later is forgotten. */
export interface HistoryLimit {
  readonly tenant: string
  /** Hub time; infinity forgets everything. */
  readonly before: number
}
