import type Database from 'better-sqlite3'
import { type ChangeName, changeSql, type PackedChange } from '../changes.ts'
import { explainFailure, losesTrust, type StoreFailure } from '../failure.ts'

export interface QueuedCommit {
  readonly id: number
  readonly full: boolean
  readonly changes: readonly PackedChange[]
}

export interface GroupResult {
  readonly committed: readonly number[]
  readonly rejected: readonly { readonly id: number; readonly failure: StoreFailure }[]
}

export interface Writer {
  /** Writes the commits in order, in one transaction where all of them can be written. Never throws. */
  write(commits: readonly QueuedCommit[]): GroupResult
}

/** Writes groups of commits to an open database; `file` is for error texts. */
export function createWriter(database: Database.Database, file: string): Writer {
  const statements = new Map(
    Object.entries(changeSql).map(([name, sql]) => [name as ChangeName, database.prepare(sql)]),
  )
  let synchronous: 'normal' | 'full' = 'normal'
  let broken: StoreFailure | undefined

  const together = database.transaction((commits: readonly QueuedCommit[]) => {
    for (const { changes } of commits)
      for (const [name, ...values] of changes) statements.get(name)!.run(...values)
  })

  /** Throws what SQLite throws; the transaction is rolled back then. */
  function run(commits: readonly QueuedCommit[]): void {
    const wanted = commits.some(({ full }) => full) ? 'full' : 'normal'
    if (wanted !== synchronous) {
      database.pragma(`synchronous = ${wanted}`)
      synchronous = wanted
    }
    together.immediate(commits)
  }

  function attempt(commits: readonly QueuedCommit[]): StoreFailure | undefined {
    if (broken) return broken
    try {
      run(commits)
      return undefined
    } catch (error) {
      const failure = explainFailure(error, file)
      if (losesTrust(error)) broken = failure
      return failure
    }
  }

  return {
    write(commits) {
      const failure = attempt(commits)
      if (!failure) return { committed: commits.map(({ id }) => id), rejected: [] }
      if (commits.length === 1) return { committed: [], rejected: [{ id: commits[0]!.id, failure }] }
      // One of them cannot be written: each by itself, so that only the guilty one fails.
      const results = commits.map((commit) => ({ id: commit.id, failure: attempt([commit]) }))
      return {
        committed: results.filter((result) => !result.failure).map(({ id }) => id),
        rejected: results.flatMap(({ id, failure }) => (failure ? [{ id, failure }] : [])),
      }
    },
  }
}
