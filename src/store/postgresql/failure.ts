import { StoreFailure, type StoreFailureKind } from '../failure.ts'

interface Cure {
  readonly codes: RegExp
  readonly kind: StoreFailureKind
  readonly text: string
}

const pooler =
  'a connection pooler (such as PgBouncer) is in between. The hub keeps a lock for as long as its connection lasts, which a pooler may hand to others: give store.url the address of the server itself'

/** First match wins. Codes: postgresql.org/docs/current/errcodes-appendix.html, and errno names of Node.js. */
const cures: readonly Cure[] = [
  { codes: /^POOLER$/, kind: 'failed', text: pooler },
  {
    codes: /^(28P01|28000|NOPASSWORD)$/,
    kind: 'failed',
    text: 'the server does not let the account in. Check account and password in store.url, and the line for this machine in pg_hba.conf',
  },
  { codes: /^3D000$/, kind: 'failed', text: 'there is no such database. Make it, with the encoding UTF8' },
  {
    codes: /^42501$/,
    kind: 'read-only',
    text: 'the account has not the rights it needs. Make the schema for it (create schema SCHEMA authorization ACCOUNT), or let it make one (grant create on database DATABASE to ACCOUNT)',
  },
  {
    codes: /^25006$/,
    kind: 'read-only',
    text: 'the server only reads (it is a replica, or set to read-only). Give store.url the address of the one that writes',
  },
  {
    codes: /^(53100|53200)$/,
    kind: 'disk-full',
    text: 'the server has no room left. Free some space; the hub goes on by itself as soon as it can write again',
  },
  {
    codes: /^53300$/,
    kind: 'away',
    text: 'the server has no connection left. Raise max_connections, or lower store.poolSize',
  },
  {
    codes: /^XX00[12]$/,
    kind: 'corrupt',
    text: 'the server says that its data is damaged. Put a backup back',
  },
  {
    codes: /^(.*CERT.*|SELF_SIGNED.*|UNABLE_TO_.*|ERR_TLS.*|NOTLS)$/,
    kind: 'failed',
    text: 'the encrypted connection was refused. Give the server a certificate for this host name, name who signed it with store.ca, or set store.tls to off where nobody is in between',
  },
  {
    codes: /^(08.*|57P0[1-5]|E[A-Z_]+|LOST)$/,
    kind: 'away',
    text: 'it cannot be reached. See that the server runs and accepts connections from this machine, and that host and port in store.url are right',
  },
]

/** What the library says in words alone. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/unsupported startup parameter/i, 'POOLER'],
  [
    /connection terminated|timeout expired|query read timeout|not queryable|client was closed|connection error/i,
    'LOST',
  ],
  [/does not support SSL/i, 'NOTLS'],
  [/password must be a string|no password/i, 'NOPASSWORD'],
]

function codeOf(error: Error): string {
  const phrase = phrases.find(([words]) => words.test(error.message))
  if (phrase) return phrase[1]
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The words for an error of the server or of the way to it; a StoreFailure stays what it is. */
export function explainPostgresql(error: unknown, where: string): StoreFailure {
  if (error instanceof StoreFailure) return error
  const cause = error instanceof Error ? error : new Error(String(error))
  const code = codeOf(cause)
  const cure = cures.find((row) => row.codes.test(code))
  const name = /^([0-9A-Z]{5}|E[A-Z_]+)$/.test(code) ? ` (${code})` : ''
  // Of several addresses that were tried, Node.js has no words.
  const words = cause.message || (cause instanceof AggregateError ? String(cause.errors[0]) : 'no answer')
  return cure
    ? new StoreFailure(cure.kind, `${where}: ${cure.text}${name}: ${words}`, { cause })
    : new StoreFailure('failed', `${where}: ${words}${name}`, { cause })
}

/**
 * True where the same work can succeed over another connection: the connection or the server went, is not yet there,
 * became a replica, or ended a statement because of others (deadlock, cancellation).
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof StoreFailure) return false
  return /^(08(?!P01).*|57P0[1-5]|57014|25006|40.*|53300|E(?!RR_)[A-Z_]+|LOST)$/.test(codeOf(error))
}
