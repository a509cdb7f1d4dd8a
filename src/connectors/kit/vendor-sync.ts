/** What is wrong about a vendor's own sync with Teams, and what to do. */
export interface SyncProblem {
  readonly text: string
  readonly fix: string
}

/** In a vendor's words: its sync is off although it was declared, and on although the hub does the work. */
export interface SyncWords {
  readonly missing: SyncProblem
  readonly double: SyncProblem
}

/**
 * Undefined where the vendor's own sync is as `teamsSync` of the connector says, or nobody can tell (`on` undefined).
 */
export function syncProblem(
  on: boolean | undefined,
  teamsSync: 'hub' | 'vendor' | undefined,
  { missing, double }: SyncWords,
): SyncProblem | undefined {
  if (on === undefined || on === (teamsSync === 'vendor')) return undefined
  return on ? double : missing
}
