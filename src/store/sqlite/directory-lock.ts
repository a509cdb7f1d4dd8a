import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { explainFailure, StoreFailure } from '../failure.ts'
import { makeDirectory } from './make-directory.ts'

/** Who has a data directory open. `pid` is 0 while a process that just started has not written it yet. */
export interface DirectoryOwner {
  readonly pid: number
  readonly host: string
  /** Wall clock, milliseconds. */
  readonly since: number
}

export interface DirectoryLock {
  /** Idempotent. */
  release(): void
}

const lockFile = (directory: string) => join(directory, 'lock.db')
const ownerFile = (directory: string) => join(directory, 'owner.json')

/**
 * Makes the directory (for its owner only) and takes its lock, or throws StoreFailure `in-use`. The lock is SQLite's
 * own exclusive file lock on a database without contents: the operating system drops it with the process, however
 * that ends. It is not on the data file, so that `sqlite3 hookswitch.db .backup` works while the hub runs.
 */
export function lockDirectory(path: string, now: number): DirectoryLock {
  const directory = resolve(path)
  let lock: Database.Database | undefined
  try {
    makeDirectory(directory)
    // A moment of patience: `directoryOwner` holds a shared lock while it looks.
    lock = new Database(lockFile(directory), { timeout: 300 })
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
    const owner: DirectoryOwner = { pid: process.pid, host: hostname(), since: now }
    writeFileSync(`${ownerFile(directory)}.new`, JSON.stringify(owner), { mode: 0o600 })
    renameSync(`${ownerFile(directory)}.new`, ownerFile(directory))
  } catch (error) {
    lock?.close()
    throw isBusy(error) ? inUse(directory) : explainFailure(error, directory)
  }
  const held = lock
  return {
    release() {
      if (!held.open) return
      rmSync(ownerFile(directory), { force: true })
      held.close()
    },
  }
}

/**
 * Who has the data directory open right now, or undefined when nobody has; a directory that does not exist is not in
 * use. Looks at the lock itself, so that a killed process does not count.
 */
export function directoryOwner(path: string): DirectoryOwner | undefined {
  const directory = resolve(path)
  if (statSync(lockFile(directory), { throwIfNoEntry: false }) === undefined) return undefined
  let lock: Database.Database | undefined
  try {
    lock = new Database(lockFile(directory), { readonly: true, timeout: 0 })
    lock.prepare('select count(*) from sqlite_master').get()
    return undefined
  } catch (error) {
    if (isBusy(error)) return readOwner(directory)
    throw explainFailure(error, lockFile(directory))
  } finally {
    lock?.close()
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

function inUse(directory: string): StoreFailure {
  const { pid, host } = readOwner(directory)
  const who = pid === 0 ? 'another process' : `process ${pid} on ${host}`
  return new StoreFailure(
    'in-use',
    `The data directory ${directory} is in use by ${who}. Stop it first, or give each hub a store.path of its own`,
  )
}

/** The note may be missing, a moment old or damaged: it only ever words a message, the lock decides. */
function readOwner(directory: string): DirectoryOwner {
  try {
    const note: unknown = JSON.parse(readFileSync(ownerFile(directory), 'utf8'))
    if (typeof note === 'object' && note !== null) {
      const { pid, host, since } = note as Partial<DirectoryOwner>
      if (typeof pid === 'number' && typeof host === 'string' && Number.isSafeInteger(since))
        return { pid, host, since: since! }
    }
  } catch {
    // Told below as an owner that has not written its note.
  }
  return { pid: 0, host: hostname(), since: 0 }
}
