import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ownTrips } from '../../access/oidc/round-trips.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { VersionBook } from '../../config/version-book.ts'
import type { AnyConnectorDefinition } from '../../core/connector.ts'
import type { Archive, AuditEntry } from '../../core/history.ts'
import type { Clock, StoreChange } from '../../core/ports.ts'
import { soleRows } from '../../core/shared-rows.ts'
import { Vault } from '../../secrets/vault.ts'
import { StoredConfig } from './stored-config.ts'
import type { StoredConfigParts } from './stored-parts.ts'

const definition = {
  manifest: { id: 'phone', title: 'Phone', kind: 'pbx', facets: [], states: [], addressKind: 'extension' },
  configSchema: {
    type: 'object',
    properties: { host: { type: 'string' }, password: { type: 'string', secret: true } },
  },
  writes: () => [],
} as unknown as AnyConnectorDefinition

/** A store in memory, and a hub that can be told to fail. */
function createParts() {
  const rows = new Map<string, Map<string, string>>()
  const scopeOf = (scope: string) => {
    if (!rows.has(scope)) rows.set(scope, new Map())
    return rows.get(scope)!
  }
  const faults = { apply: false, commit: false, note: false, text: false }
  const applied: ResolvedConfig[] = []
  const noted: AuditEntry[] = []
  const store = {
    commit: async (changes: readonly StoreChange[]) => {
      if (faults.commit) throw new Error('the disk is full')
      for (const change of changes) {
        if ('put' in change && change.put === 'memory') scopeOf(change.scope).set(change.key, change.body)
        if ('delete' in change && change.delete === 'memory') scopeOf(change.scope).delete(change.key)
      }
    },
    memory: async (_tenant: string, scope: string) => {
      if (faults.text && scope.includes('text')) throw new Error('the database is away')
      return new Map(scopeOf(scope))
    },
  }
  const key = { id: 'k', bytes: randomBytes(32) }
  /** `rows`: what is told of changes by others, where it is one of several hubs. */
  const create = (more: Partial<StoredConfigParts> = {}) => {
    const stored = new StoredConfig({
      registry: { phone: definition },
      fixed: { data: '/data', http: {} },
      vault: new Vault({ store, keys: async () => [key], makeKey: () => key }),
      book: new VersionBook(store),
      rows: soleRows(store),
      log: { error: () => {} },
      clock: { wall: () => 7 } as Clock,
      fetch,
      trips: ownTrips({ monotonic: () => 0 } as Clock),
      note: async (entry) => {
        if (faults.note) throw new Error('no audit')
        noted.push(entry)
      },
      apply: async (config) => {
        applied.push(config)
        if (faults.apply && config.tenants.length > 1) throw new Error('it does not fit')
        return { added: [], changed: [], removed: [], afterRestart: [] }
      },
      archive: {} as Archive,
      trial: async () => [],
      ...more,
    })
    return stored
  }
  const open = async () => {
    const stored = create()
    await stored.open()
    return stored
  }
  return { rows, faults, applied, noted, scopeOf, create, open, store }
}

const wish = { who: 'olga', comment: '' }
const tenant = (id: string, password = `secret of ${id}`) => ({
  id,
  connectors: [{ id: 'pbx', type: 'phone', password }],
})
const whole = (...ids: readonly string[]) => JSON.stringify({ tenants: ids.map((id) => tenant(id)) })

test('a version that does not apply is not kept, and the hub goes back to the one before', async () => {
  const parts = createParts()
  const stored = await parts.open()
  expect(await stored.save(whole('a'), wish)).toMatchObject({ version: 1 })
  parts.faults.apply = true
  expect(await stored.save(whole('a', 'b'), wish)).toMatchObject({ refused: 'failed' })
  expect(parts.applied.map(({ tenants }) => tenants.length)).toEqual([1, 2, 1])
  expect(stored.versions().map(({ version }) => version)).toEqual([1])
  expect([...parts.scopeOf('secrets').keys()]).toEqual(['a/connectors/pbx/password/1'])
  expect((await parts.open()).read()).toEqual(stored.read())
})

test('what the store does not take is not in force either', async () => {
  const parts = createParts()
  const stored = await parts.open()
  await stored.save(whole('a'), wish)
  parts.faults.commit = true
  expect(await stored.save(whole('a', 'b'), wish)).toMatchObject({
    ...{ refused: 'failed', detail: expect.stringContaining('the disk is full') },
  })
  expect(parts.applied.at(-1)!.tenants.map(({ id }) => id)).toEqual(['a'])
  parts.faults.commit = false
  expect(await stored.save(whole('a', 'b'), wish)).toMatchObject({ version: 2 })
})

test('G-09: what cannot be audited is not done; each tenant concerned has an entry, and the hub', async () => {
  const parts = createParts()
  const stored = await parts.open()
  await stored.save(whole('a', 'b'), wish)
  expect(parts.noted.map((entry) => `${entry.tenant}:${entry.what}`)).toEqual([
    ...[':config.change', 'a:config.change', 'b:config.change'],
  ])
  parts.faults.note = true
  await expect(stored.save(whole('a'), wish)).rejects.toThrow('no audit')
  expect(parts.applied).toHaveLength(1)
  expect(stored.versions()).toHaveLength(1)
})

test('of two changes of the same version one is refused; the same text again is no version', async () => {
  const parts = createParts()
  const stored = await parts.open()
  const both = await Promise.all([
    stored.save(whole('a'), { ...wish, ifVersion: 0 }),
    stored.save(whole('b'), { ...wish, ifVersion: 0 }),
  ])
  expect(both).toMatchObject([{ version: 1 }, { refused: 'conflict' }])
  expect(await stored.save(stored.read().yaml, wish)).toMatchObject({ version: 1 })
})

test('a rollback brings back the secret of that version', async () => {
  const parts = createParts()
  const stored = await parts.open()
  const passwordOf = () => parts.applied.at(-1)!.tenants[0]!.connectors[0]!.settings.password
  await stored.save(whole('a'), wish)
  const item = { kind: 'connector', tenant: 'a', id: 'pbx' } as const
  await stored.put(item, { type: 'phone', password: 'a newer one' }, wish)
  expect(passwordOf()).toBe('a newer one')
  expect(await stored.rollback(1, wish)).toMatchObject({ version: 3 })
  expect(passwordOf()).toBe('secret of a')
  expect(await stored.rollback(9, wish)).toMatchObject({ refused: 'missing' })
  expect(parts.noted.at(-1)).toMatchObject({ what: 'config.rollback', who: 'olga' })
})

test('a hundred versions are kept; the secrets that only older ones had are gone with them', async () => {
  const parts = createParts()
  const stored = await parts.open()
  const item = { kind: 'connector', tenant: 'a', id: 'pbx' } as const
  await stored.save(whole('a', 'b'), wish)
  for (let round = 2; round <= 103; round++) {
    await stored.put(item, { type: 'phone', password: `secret ${round}` }, wish)
  }
  expect(stored.versions()).toHaveLength(100)
  const names = [...parts.scopeOf('secrets').keys()]
  expect(names).toContain('b/connectors/pbx/password/1')
  expect(names).not.toContain('a/connectors/pbx/password/3')
  expect(names).toContain('a/connectors/pbx/password/4')
  expect(await stored.version(3)).toBeUndefined()
  expect((await parts.open()).versions()).toEqual(stored.versions())
})

test('the secrets of one tenant cannot be named by another', async () => {
  const stored = await createParts().open()
  await stored.save(whole('a'), wish)
  const { yaml } = stored.read()
  const stolen = yaml.replace('"id": "a"', '"id": "thief"')
  expect(stolen).not.toBe(yaml)
  expect(stored.check(stolen)).toMatchObject({
    problems: [{ path: 'tenants[0].connectors[0].password' }],
  })
})

test('a part of the hub is put by itself: its secrets are sealed and stay by reference, the rest stays as it is', async () => {
  const parts = createParts()
  const stored = await parts.open()
  await stored.save(`# ours\n${whole('a')}`, wish)
  const mail = {
    host: 'smtp.example',
    from: 'hub@a.example',
    to: ['it@a.example'],
    user: 'hub',
    password: 'of the mail',
  }
  expect(await stored.putPart('alerts', { mail }, { ...wish, ifVersion: 1 })).toMatchObject({ version: 2 })
  const { config, yaml } = stored.read()
  expect(yaml).toContain('# ours')
  expect(JSON.stringify([config, yaml])).not.toContain('of the mail')
  const { alerts } = config as { alerts: { mail: typeof mail } }
  expect(alerts.mail.password).toMatch(/^\$\{secret:alerts\/mail\/password\/2\}$/)
  const later = { ...alerts, downAfter: 9, mail: { ...alerts.mail, host: 'smtp2.example' } }
  expect(await stored.putPart('alerts', later, { ...wish, ifVersion: 1 })).toMatchObject({
    refused: 'conflict',
  })
  expect(await stored.putPart('alerts', later, wish)).toMatchObject({ version: 3 })
  expect(parts.applied.at(-1)!.alerts).toMatchObject({
    ...{ downAfter: 9, mail: { host: 'smtp2.example', password: 'of the mail' } },
  })
  expect(parts.noted.at(-1)).toMatchObject({ tenant: '', what: 'config.change', who: 'olga' })
  expect(await stored.putPart('alerts', undefined, wish)).toMatchObject({ version: 4 })
  expect(stored.read().config).not.toHaveProperty('alerts')
})

test('what would be wrong with a part of the hub is told with its path, and nothing is changed', async () => {
  const stored = await createParts().open()
  await stored.save(whole('a'), wish)
  expect(stored.checkPart('alerts', { downAfter: 0 })).toMatchObject({
    problems: [{ path: 'alerts.downAfter', message: expect.any(String) }],
  })
  expect(stored.checkPart('alerts', { downAfter: 7 })).toMatchObject({ problems: [] })
  expect(await stored.putPart('log', { level: 'loud' }, wish)).toMatchObject({ refused: 'problems' })
  expect(stored.versions()).toHaveLength(1)
})

/** What tells a hub that another made a version. */
function followed(store: Parameters<typeof soleRows>[0]) {
  let told = async () => {}
  const watch = (read: () => Promise<void>) => {
    told = read
  }
  return { rows: { ...soleRows(store), watch }, tell: () => told() }
}

test('a version of another hub that could be read at the second attempt only is taken over all the same', async () => {
  const parts = createParts()
  const other = await parts.open()
  const { rows, tell } = followed(parts.store)
  const stored = parts.create({ rows })
  await stored.open()
  await other.save(whole('a'), wish)
  parts.applied.length = 0
  parts.faults.text = true
  await expect(tell()).rejects.toThrow('the database is away')
  parts.faults.text = false
  await tell()
  await tell()
  expect(await stored.settle(1)).toBeUndefined()
  expect(parts.applied.map(({ tenants }) => tenants.map(({ id }) => id))).toEqual([['a']])
})

test('a version that another hub made while this one was being started is taken over', async () => {
  const parts = createParts()
  const other = await parts.open()
  const { rows } = followed(parts.store)
  const began = await parts.create().open()
  const running = 'config' in began ? began.config : undefined
  await other.save(whole('a'), wish)
  parts.applied.length = 0
  const stored = parts.create({ rows })
  await stored.open({ running: running! })
  expect(await stored.settle(1)).toBeUndefined()
  expect(parts.applied.map(({ tenants }) => tenants.map(({ id }) => id))).toEqual([['a']])
  await parts.create({ rows }).open({ running: parts.applied[0]! })
  expect(parts.applied).toHaveLength(1)
})
