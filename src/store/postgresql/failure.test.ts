import { expect, test } from 'vitest'
import { StoreFailure } from '../failure.ts'
import { explainPostgresql, isPassing } from './failure.ts'
import { clientConfig, describeServer, type PostgresqlServer } from './server.ts'

const coded = (code: string, message = 'words of the library') => Object.assign(new Error(message), { code })

test.each([
  ['28P01', 'failed', 'does not let the account in'],
  ['3D000', 'failed', 'no such database'],
  ['42501', 'read-only', 'create schema'],
  ['25006', 'read-only', 'only reads'],
  ['53100', 'disk-full', 'no room'],
  ['53300', 'away', 'max_connections'],
  ['XX001', 'corrupt', 'damaged'],
  ['ECONNREFUSED', 'away', 'cannot be reached'],
  ['57P03', 'away', 'cannot be reached'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'failed', 'store.ca'],
  ['POOLER', 'failed', 'connection pooler'],
])('%s is told as %s, with the server and what to do', (code, kind, words) => {
  const failure = explainPostgresql(coded(code), 'PostgreSQL at db:5432')
  expect(failure.kind).toBe(kind)
  expect(failure.message).toMatch(/^PostgreSQL at db:5432: /)
  expect(failure.message).toContain(words)
})

test('what the library says in words alone is understood too, and anything else keeps its words', () => {
  expect(explainPostgresql(new Error('timeout expired'), 'w').message).toContain('cannot be reached')
  expect(explainPostgresql(new Error('The server does not support SSL connections'), 'w').message).toContain(
    'store.tls',
  )
  expect(explainPostgresql(coded('08P01', 'unsupported startup parameter: options'), 'w').message).toContain(
    'pooler',
  )
  expect(explainPostgresql(new Error('odd'), 'w').message).toBe('w: odd')
  const own = new StoreFailure('closed', 'closed')
  expect(explainPostgresql(own, 'w')).toBe(own)
})

test('only what another connection can cure is tried again', () => {
  for (const code of ['08006', '57P01', '40P01', '25006', 'ECONNRESET'])
    expect(isPassing(coded(code)), code).toBe(true)
  for (const code of ['23505', '53100', '42501', 'ERR_TLS_CERT_ALTNAME_INVALID'])
    expect(isPassing(coded(code)), code).toBe(false)
  expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isPassing(new StoreFailure('in-use', 'connection terminated'))).toBe(false)
})

const server = (url: string, fields: Partial<PostgresqlServer> = {}): PostgresqlServer => ({
  url,
  schema: 'hookswitch',
  poolSize: 4,
  tls: 'auto',
  ...fields,
})

test('a server is named without account and password', () => {
  expect(describeServer(server('postgresql://hub:s3cret@db.example/presence'))).toBe(
    'PostgreSQL at db.example:5432, database presence, schema hookswitch',
  )
  expect(describeServer(server('postgresql:///presence?host=/run/postgresql'))).toContain('/run/postgresql')
  expect(() => describeServer(server('postgresql://hub:s3cret@db:99999/x'))).toThrow(/no address/)
  expect(() => describeServer(server('postgresql://hub:s3cret@db/x?sslmode=disable'))).toThrow(
    /sslmode.*store\.tls/,
  )
})

test('the way to another machine is encrypted and the certificate verified, unless told otherwise', () => {
  const ssl = (url: string, fields?: Partial<PostgresqlServer>) =>
    clientConfig(server(url, fields), 'name').ssl
  expect(ssl('postgresql://hub@db.example/x')).toEqual({ rejectUnauthorized: true })
  expect(ssl('postgresql://hub@db.example/x', { ca: 'PEM' })).toEqual({ rejectUnauthorized: true, ca: 'PEM' })
  expect(ssl('postgresql://hub@db.example/x', { tls: 'off' })).toBe(false)
  for (const near of ['127.0.0.1', 'localhost', '[::1]'])
    expect(ssl(`postgresql://hub@${near}/x`)).toBe(false)
  expect(ssl('postgresql:///x?host=/run/postgresql')).toBe(false)
  expect(ssl('postgresql://hub@localhost/x', { tls: 'on' })).toEqual({ rejectUnauthorized: true })
})
