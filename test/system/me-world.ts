import { AccountBook } from '../../src/access/account-book.ts'
import { SessionBook } from '../../src/access/session-book.ts'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import type { Grant } from '../../src/core/access.ts'
import { soleRows } from '../../src/core/shared-rows.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createLog } from '../../src/observe/log.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { loadText } from './e2e/config.ts'
import { isHeard, startWorld, type World, type WorldOptions } from './e2e/world.ts'
import { until } from './support/child.ts'

type Written = Record<string, unknown>

export interface MeWorld extends Omit<World, 'hub'> {
  readonly hub: RunningHub
  /** The session cookie of an account, by its name. */
  cookie(name: string): string
  ask(path: string, wish?: { as?: string; method?: string; body?: unknown }): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every form
  readonly body: any
}

export interface MeOptions extends WorldOptions {
  /** Accounts that are signed in, by name. */
  readonly accounts: Readonly<Record<string, readonly Grant[]>>
  /** Of the whole configuration, and of its tenant. */
  readonly whole?: Written
  readonly own?: Written
}

const life = { idleMs: 3_600_000, wholeMs: 24 * 3_600_000 }

/** A lab, and a hub beside it where people have accounts. */
export async function startMeWorld({ accounts, whole, own, ...options }: MeOptions): Promise<MeWorld> {
  const world = await startWorld({ ...options, withoutHub: true })
  const cookies = await seed(world.data, accounts)
  const config = JSON.parse(world.text()) as { tenants: Written[] }
  const [tenant, ...others] = config.tenants
  const text = JSON.stringify({ ...config, ...whole, tenants: [{ ...tenant, ...own }, ...others] })
  const log = createLog({
    level: 'error',
    pretty: false,
    destination: { write: (line) => world.log.push(line) },
  })
  const hub = await startHub(loadText(text), { clock: world.lab.clock, log, signIn: true })
  await until(() => hub.port.people('contoso').every(isHeard), 'everyone to be heard', 30_000)
  return {
    ...world,
    hub,
    cookie: (name) => cookies.get(name) ?? '',
    ask: async (path, { as, method = 'GET', body } = {}) => {
      const answer = await fetch(hub.url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(as !== undefined && { cookie: `hookswitch=${cookies.get(as)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const told = await answer.text()
      const isJson = /json/.test(answer.headers.get('content-type') ?? '')
      return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(told) : told }
    },
    stop: async () => {
      await hub.stop()
      await world.stop()
    },
  }
}

/** Accounts without passwords, each with a session, in the store before the hub opens it: hashing takes long. */
async function seed(data: string, accounts: MeOptions['accounts']): Promise<ReadonlyMap<string, string>> {
  const clock = systemClock()
  const store = await openSqliteStore({ path: data, clock })
  const [book, sessions] = [new AccountBook(store, clock), new SessionBook(soleRows(store), clock, life)]
  const cookies = new Map<string, string>()
  for (const [name, grants] of Object.entries(accounts)) {
    const account = await book.add({ name, displayName: name, grants })
    cookies.set(name, (await sessions.open(account!.id)).key)
  }
  await store.close()
  return cookies
}
