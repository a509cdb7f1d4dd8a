/**
 * in-use: another process owns the data directory. newer-schema, changed-migration: made by another version.
 * invalid: the caller's own rows. away: the server cannot be reached now. fenced: other hubs have taken over what this one had. closed: the store was closed. failed: anything else, with the cause in the text.
 */
export type StoreFailureKind =
  | 'in-use'
  | 'away'
  | 'disk-full'
  | 'read-only'
  | 'corrupt'
  | 'newer-schema'
  | 'changed-migration'
  | 'invalid'
  | 'fenced'
  | 'closed'
  | 'failed'

/** What crosses threads instead of an Error. */
export interface FailureData {
  readonly kind: StoreFailureKind
  readonly message: string
}

/** Every error of a store: the message names the file, what is wrong and what to do. */
export class StoreFailure extends Error {
  readonly kind: StoreFailureKind

  constructor(kind: StoreFailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'StoreFailure'
    this.kind = kind
  }
}

interface Cure {
  readonly codes: RegExp
  readonly kind: StoreFailureKind
  readonly text: string
}

/** First match wins. Codes: sqlite.org/rescode.html, and errno names for what fails before SQLite is asked. */
const cures: readonly Cure[] = [
  {
    codes: /^(SQLITE_FULL|ENOSPC|EDQUOT)$/,
    kind: 'disk-full',
    text: 'the disk is full. Free some space; the hub goes on by itself as soon as it can write again',
  },
  {
    codes: /^(SQLITE_READONLY.*|SQLITE_PERM|SQLITE_AUTH|EROFS|EACCES|EPERM|SQLITE_CANTOPEN.*)$/,
    kind: 'read-only',
    text: 'it cannot be written. Give the account that runs the hub write access to the directory and every file in it, and see that the disk is not mounted read-only',
  },
  {
    codes: /^(SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    kind: 'corrupt',
    text: 'the file is damaged or not a Hookswitch database. Stop the hub, keep a copy of the whole directory, and put a backup back (or try `sqlite3 FILE ".recover"` on the copy)',
  },
  {
    codes: /^SQLITE_BUSY.*$/,
    kind: 'failed',
    text: 'another program keeps it locked. Close whatever has the file open for writing',
  },
  {
    codes: /^SQLITE_IOERR.*$/,
    kind: 'failed',
    text: 'the disk answered with an error. Look at the system log for the disk, and have a backup at hand',
  },
  {
    codes: /^ENOENT$/,
    kind: 'failed',
    text: 'the directory does not exist and could not be made. Correct store.path in the configuration, or make the directory for the account that runs the hub',
  },
  {
    codes: /^(ENOTDIR|EEXIST)$/,
    kind: 'failed',
    text: 'a part of the path is a file, not a directory. Correct store.path in the configuration',
  },
]

/** The words for an error of SQLite or of the file system; a StoreFailure stays what it is. */
export function explainFailure(error: unknown, file: string): StoreFailure {
  if (error instanceof StoreFailure) return error
  const cause = error instanceof Error ? error : new Error(String(error))
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const cure = cures.find((row) => row.codes.test(code))
  const name = code === '' ? '' : ` (${code})`
  return cure
    ? new StoreFailure(cure.kind, `${file}: ${cure.text}${name}: ${cause.message}`, { cause })
    : new StoreFailure('failed', `${file}: ${cause.message}${name}`, { cause })
}

/**
 * True where going on could break a promise already made: after a failed fsync the kernel may have dropped what was
 * written before, so a later success would prove nothing (the reason PostgreSQL stops on it as well).
 */
export function losesTrust(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_IOERR_(FSYNC|DIR_FSYNC)$/.test(code)
}
