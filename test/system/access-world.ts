import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AccountBook } from '../../src/access/account-book.ts'
import { SessionBook } from '../../src/access/session-book.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import type { Grant } from '../../src/core/access.ts'
import type { ConfigPort } from '../../src/core/config-port.ts'
import { soleRows } from '../../src/core/shared-rows.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createLog } from '../../src/observe/log.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import type { Asked, Role } from './access-table.ts'
import { loadText } from './e2e/config.ts'

/** Somebody: `admin contoso`; operators and monitors are of no tenant. */
export type Who = `${Role} ${string}` | 'operator' | 'monitor' | 'nobody'

export const tenants = ['contoso', 'fabrikam'] as const
const scopes = { reader: 'read', speaker: 'signal', dialplan: 'ring', boss: 'admin' } as const
const life = { idleMs: 3_600_000, wholeMs: 24 * 3_600_000 }

function tokenOf(who: string): string {
  return `token-of-${who.replace(' ', '-')}`
}

function configOf(data: string) {
  const people = (tenant: string) => [
    { upn: `anna@${tenant}.example`, groups: ['desk'] },
    { upn: `ben@${tenant}.example`, groups: ['back'] },
    { upn: 'same@shared.example' },
  ]
  const tokens = tenants.flatMap((tenant) =>
    Object.entries(scopes).map(([role, scope]) => {
      const name = `${role} ${tenant}`
      return { name, token: tokenOf(name), scopes: [scope], tenants: [tenant] }
    }),
  )
  const monitor = { name: 'monitor', token: tokenOf('monitor'), scopes: ['read'] }
  const provider = {
    ...{ id: 'entra', title: 'Entra', issuer: 'http://127.0.0.1:9/', clientId: 'hub' },
    ...{ clientSecret: 'a-secret-of-the-test', grants: [{ claim: 'roles', value: 'Op', role: 'operator' }] },
  }
  return loadText(
    JSON.stringify({
      http: { host: '127.0.0.1', port: 0, tokens: [...tokens, monitor] },
      signIn: { providers: [provider] },
      store: { kind: 'sqlite', path: data },
      tenants: tenants.map((id) => ({ id, history: { days: 1 }, people: people(id) })),
    }),
  )
}

function grantsOf(tenant: string): Readonly<Record<string, Grant>> {
  return {
    [`admin ${tenant}`]: { role: 'admin', tenant },
    [`supervisor ${tenant}`]: { role: 'supervisor', tenant, groups: ['desk'] },
    [`member ${tenant}`]: { role: 'member', tenant, person: `anna@${tenant}.example` },
  }
}

export interface World {
  readonly hub: RunningHub
  /** Ids of accounts, by who. */
  readonly accounts: ReadonlyMap<string, string>
  headers(who: Who): Record<string, string>
  ask(who: Who, asked: Asked): Promise<{ readonly status: number; readonly text: string }>
  stop(): Promise<void>
}

/** Accounts without passwords, each with a session, in the store before the hub opens it: hashing takes long. */
export async function seedAccounts(data: string, wanted: Readonly<Record<string, Grant>>) {
  const clock = systemClock()
  const store = await openSqliteStore({ path: data, clock })
  const book = new AccountBook(store, clock)
  const sessions = new SessionBook(soleRows(store), clock, life)
  const accounts = new Map<string, string>()
  const cookies = new Map<string, string>()
  for (const [name, grant] of Object.entries(wanted)) {
    const account = await book.add({ name, displayName: name, grants: [grant] })
    accounts.set(name, account!.id)
    cookies.set(name, `hookswitch=${(await sessions.open(account!.id)).key}`)
  }
  await store.close()
  return { accounts, cookies }
}

/** A hub with two tenants and somebody of every role in each. */
export async function startWorld(): Promise<World> {
  const data = mkdtempSync(join(tmpdir(), 'hookswitch-access-'))
  const wanted: Record<string, Grant> = { operator: { role: 'operator' } }
  for (const tenant of tenants) Object.assign(wanted, grantsOf(tenant))
  const { accounts, cookies } = await seedAccounts(data, wanted)
  const hub = await startHub(configOf(data), {
    log: createLog({ level: 'error' }),
    signIn: true,
    configuration: async () => unwilling,
  })
  const headers = (who: Who): Record<string, string> => {
    if (who === 'nobody') return {}
    const cookie = cookies.get(who)
    return cookie === undefined ? { authorization: `Bearer ${tokenOf(who)}` } : { cookie }
  }
  return {
    ...{ hub, accounts, headers },
    ask: async (who, { method, path, body }) => {
      const stop = new AbortController()
      const answer = await fetch(hub.url + path, {
        ...{ method, signal: stop.signal, redirect: 'manual' },
        headers: { ...headers(who), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await readAll(answer)
      stop.abort()
      return { status: answer.status, text }
    },
    stop: async () => {
      await hub.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A stream of events is read until everyone was told. */
async function readAll(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer.text()
  let text = ''
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes('event: ready')) break
  }
  return text.replace(/^id: .*$/gm, '')
}

/** Changes nothing, whatever is asked; what can be read tells of both tenants. */
const refusal = () => ({ refused: 'readOnly', detail: 'Nothing is changed here.', problems: [] })
const config = { http: { port: 1 }, tenants: tenants.map((id) => ({ id })) }
const head = { version: 1, at: 1, author: 'operator', comment: '', tenants: ['contoso'] }
const readable: Partial<ConfigPort> = {
  read: () => ({ source: 'file', file: 'contoso-fabrikam.yaml', yaml: JSON.stringify(config), config }),
  schemas: () => ({ config: {}, connectors: {}, afterRestart: [] }),
  versions: () => [head],
  version: async () => undefined,
}
const unwilling = new Proxy(readable as ConfigPort, {
  get: (known, name) => {
    if (name === 'source') return 'file'
    if (name in known) return known[name as keyof ConfigPort]
    // Nothing to wait for.
    return name === 'then' ? undefined : refusal
  },
})
