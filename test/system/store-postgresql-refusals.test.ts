import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../../src/lab/certificate.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { openPostgresqlStore } from '../../src/store/postgresql/open.ts'
import type { PostgresqlServer } from '../../src/store/postgresql/server.ts'
import { findFreePort } from './support/free-port.ts'
import { startPostgresql, type TestServer } from './support/postgresql.ts'

let running: TestServer
let near: PostgresqlServer
let certificate: string
const clock = systemClock({ unref: true })
const open = (fields: Partial<PostgresqlServer> = {}, existing = false) =>
  openPostgresqlStore({ server: { ...near, ...fields }, clock, existing })

beforeAll(async () => {
  running = await startPostgresql()
  const pair = await makeCertificate()
  certificate = pair.certificate
  const owner = statSync(join(running.folder, 'data'))
  for (const [name, text] of Object.entries({
    'server.crt': pair.certificate,
    'server.key': pair.privateKey,
  })) {
    const file = join(running.folder, 'data', name)
    writeFileSync(file, text, { mode: 0o600 })
    chownSync(file, owner.uid, owner.gid)
  }
  await running.ask('alter system set ssl = on')
  await running.ask('select pg_reload_conf()')
  near = await running.store()
  await running.ask("create role guest login password 'right-password'")
})
afterAll(() => running.remove())

const asGuest = (password: string, database = new URL(near.url).pathname.slice(1)) =>
  `postgresql://guest:${password}@127.0.0.1:${running.port}/${database}`

test('a second process on one schema is refused and told who has it; another schema is free', async () => {
  const first = await open({ schema: 'shared' })
  await expect(open({ schema: 'shared' })).rejects.toMatchObject({
    kind: 'in-use',
    message: expect.stringMatching(
      /schema shared is in use by hookswitch .* from 127\.0\.0\.1 .*store\.schema/,
    ),
  })
  const other = await open({ schema: 'other' })
  await other.close()
  await first.close()
  await (await open({ schema: 'shared' })).close()
})

test('what is wrong is said with the server and the cure, and never with the password', async () => {
  const refusal = async (fields: Partial<PostgresqlServer>, existing = false) => {
    const error = await open(fields, existing).then(
      () => new Error('was let in'),
      (failure: Error) => failure,
    )
    expect(error.message).not.toContain('right-password')
    expect(error.message).not.toContain('wrong-password')
    return error.message
  }
  expect(await refusal({ url: asGuest('wrong-password') })).toMatch(/does not let the account in.*store\.url/)
  expect(await refusal({ url: asGuest('right-password') })).toMatch(
    /create schema SCHEMA authorization ACCOUNT/,
  )
  expect(await refusal({ url: asGuest('right-password', 'nowhere') })).toMatch(/no such database/)
  const free = await findFreePort()
  const nobody = await refusal({ url: `postgresql://hub@127.0.0.1:${free}/hub` })
  expect(nobody).toMatch(new RegExp(`127\\.0\\.0\\.1:${free}, database hub.*cannot be reached.*ECONNREFUSED`))
  await running.ask("create database latin encoding 'LATIN1' locale 'C' template template0")
  expect(await refusal({ url: running.url('latin') })).toMatch(/encoded in LATIN1.*encoding 'UTF8'/)
  expect(await refusal({ schema: 'never_used' }, true)).toMatch(/no ledger in .* schema never_used/)
})

test('an account that owns its schema needs no other right', async () => {
  await running.ask('create schema own authorization guest', new URL(near.url).pathname.slice(1))
  const store = await open({ url: asGuest('right-password'), schema: 'own' })
  await store.commit([{ put: 'memory', tenant: 't', scope: 's', key: 'k', body: 'b' }], 'full')
  expect((await store.memory('t', 's')).size).toBe(1)
  await store.close()
})

test('a schema of a newer program is refused, and nothing is changed', async () => {
  await (await open({ schema: 'newer' })).close()
  const database = new URL(near.url).pathname.slice(1)
  await running.ask("insert into newer.schema_migration values (99, 'future', 1, 'sum', 0)", database)
  await expect(open({ schema: 'newer' })).rejects.toMatchObject({
    kind: 'newer-schema',
    message: expect.stringMatching(/version 99, this program knows up to version \d+/),
  })
})

test('the way is encrypted where that is asked for, and only to a server whose certificate is known', async () => {
  await expect(open({ schema: 'tls', tls: 'on' })).rejects.toThrow(
    /encrypted connection was refused.*store\.ca/,
  )
  const store = await open({ schema: 'tls', tls: 'on', ca: certificate })
  const [row] = await running.ask(
    "select bool_and(ssl) as ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name like 'hookswitch %'",
  )
  expect(row?.ssl).toBe(true)
  await store.close()
})

test.each([
  ['that takes our settings', 'ignore_startup_parameters = extra_float_digits,options'],
  ['that refuses our settings', ''],
])('a connection pooler in between (PgBouncer), %s, is refused in words', async (_which, line) => {
  const port = await findFreePort()
  const file = join(running.folder, `pgbouncer-${port}.ini`)
  const database = new URL(near.url).pathname.slice(1)
  writeFileSync(
    file,
    `[databases]\n* = host=127.0.0.1 port=${running.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}
unix_socket_dir =\nauth_type = any\npool_mode = transaction\n${line}\n`.replace(
      '* =',
      `${database} = user=postgres`,
    ),
  )
  const owner = statSync(join(running.folder, 'data'))
  chownSync(file, owner.uid, owner.gid)
  const pooler = spawn('/usr/sbin/pgbouncer', [file], { uid: owner.uid, gid: owner.gid, stdio: 'ignore' })
  try {
    await expect.poll(() => answers(port)).toBe(true)
    const url = `postgresql://postgres@127.0.0.1:${port}/${database}`
    await expect(open({ url, schema: 'pooled' })).rejects.toThrow(
      /connection pooler.*address of the server itself/,
    )
  } finally {
    const ended = once(pooler, 'exit')
    pooler.kill('SIGKILL')
    await ended
  }
})

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
