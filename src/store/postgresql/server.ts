import type { ClientConfig } from 'pg'
import { StoreFailure } from '../failure.ts'

/** Where a hub keeps its rows: the part `store` of the configuration. */
export interface PostgresqlServer {
  /** postgresql://account:password@host:port/database, as libpq takes it; never to be printed. */
  readonly url: string
  /** Made where it is missing; one hub has it for itself. */
  readonly schema: string
  /** Most connections for reading; two more are for the lock and for writing. */
  readonly poolSize: number
  /** `auto`: encrypted, and the server's certificate verified, unless the server is on this machine. */
  readonly tls: 'auto' | 'on' | 'off'
  /** PEM of who signs the server's certificate, where the system does not know them. */
  readonly ca?: string
  /** What the API reads is read in this role, which sees the rows of named tenants alone. */
  readonly apiRole?: string
}

/** Longer than any answer of a server that is there, milliseconds. */
export const answerMs = 30_000
const connectMs = 10_000

interface Address {
  readonly host: string
  readonly port: string
  readonly database: string
  readonly socket: boolean
}

/** Throws StoreFailure where the text is no address. */
function readAddress({ url }: PostgresqlServer): Address {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    throw new StoreFailure(
      'failed',
      'store.url is no address of a database. Write postgresql://ACCOUNT:PASSWORD@HOST:5432/DATABASE, with special characters of the password as %XX',
    )
  }
  const refused = [...parsed.searchParams.keys()].filter((name) => name !== 'host' && name !== 'port')
  if (refused.length > 0)
    throw new StoreFailure(
      'failed',
      `store.url: ${refused.join(', ')} cannot be set there. Encryption is set with store.tls and store.ca, the schema with store.schema`,
    )
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.hostname)
  return {
    host,
    port: parsed.searchParams.get('port') ?? (parsed.port || '5432'),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    socket: host === '' || host.startsWith('/'),
  }
}

/** For messages: without account and password. Throws StoreFailure where the text is no address. */
export function describeServer(server: PostgresqlServer): string {
  const { host, port, database } = readAddress(server)
  return `PostgreSQL at ${host || 'the local socket'}:${port}, database ${database || 'of the account'}, schema ${server.schema}`
}

/** What a connection is opened with; `name` is what the server lists it as. A hub that vanished is given up after `lostAfterMs`. */
export function clientConfig(server: PostgresqlServer, name: string, lostAfterMs = 10_000): ClientConfig {
  const address = readAddress(server)
  return {
    connectionString: server.url,
    application_name: name,
    // Nothing of another schema is ever meant. A restarted or vanished hub must not hold the lock for hours.
    options: `-c search_path=${server.schema} -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=${lostAfterMs}`,
    client_encoding: 'UTF8',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    ssl: usesTls(server, address) && { rejectUnauthorized: true, ...(server.ca && { ca: server.ca }) },
  }
}

function usesTls({ tls }: PostgresqlServer, { host, socket }: Address): boolean {
  if (tls !== 'auto') return tls === 'on'
  return !socket && !/^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host)
}
