import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startWebex } from '../../src/lab/webex/server.ts'
import { createLog } from '../../src/observe/log.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { startLabHub } from './e2e/lab-hub.ts'

let world: Awaited<ReturnType<typeof startWorld>>
afterEach(() => world.stop())

/** Refresh tokens are exchanged at each use, so that the configured one is not all that is kept. */
const startWorld = () => startLabHub('webex', (lab) => startWebex({ ...lab, rotates: true }))

const folder = () => (JSON.parse(world.text()) as { store: { path: string } }).store.path

/** Everything below the data directory as bytes: the database, its log, whatever else. */
const onDisk = () =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

async function inStore<Result>(
  work: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<Result>,
): Promise<Result> {
  const log = createLog({ level: 'error', pretty: false })
  const store = await openSqliteStore({ path: folder(), clock: world.lab.clock, log })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const hookOf = (extension: string) => world.system.webhooks.of(extension)[0]
const tokens = /lab-refresh|lab-access/
const sealedRows = { tenant: '', scope: 'secrets' } as const
const own = { tenant: 'contoso', scope: 'pbx' } as const

/** As a version before this one left the store: everything in the memory of the connector, in clear. */
async function putBack(person: string, secret: string) {
  const { tokens: issued, settings } = world.system
  const { scopes, userScopes, refreshToken } = settings
  const clear = {
    grants: { [person]: issued.issueRefresh({ as: { extension: '1001' }, scopes: userScopes }) },
    webhookSecret: secret,
    serviceAppToken: {
      of: createHash('sha256').update(refreshToken).digest('hex'),
      refreshToken: issued.issueRefresh({ as: 'serviceApp', scopes }),
    },
  }
  await inStore(async (store) => {
    const sealed = [...(await store.memory(sealedRows.tenant, sealedRows.scope)).keys()]
    expect(sealed.filter((key) => key.startsWith('contoso/kept/pbx/')).length).toBeGreaterThanOrEqual(3)
    const gone = sealed.map((key) => ({ delete: 'memory', ...sealedRows, key }) as const)
    const put = Object.entries(clear).map(
      ([key, value]) => ({ put: 'memory', ...own, key, body: JSON.stringify(value) }) as const,
    )
    await store.commit([...gone, ...put], 'full')
  })
}

test('tokens and the secret of webhooks are sealed on the disk; what an older version left there in clear goes on working, sealed', async () => {
  world = await startWorld()
  const { hub, passUntil } = world
  await (await fetch(`${hub().url}/hooks/contoso/pbx/consent`)).text()
  await passUntil(() => hookOf('1001'), 'the webhook', 10_000)
  const made = hookOf('1001')!.secret!
  expect(onDisk()).not.toMatch(tokens)
  expect(onDisk()).not.toContain(made)
  await world.stopHub()
  expect(onDisk()).not.toMatch(tokens)

  const rows = await inStore((store) => store.memory(own.tenant, own.scope))
  const [person = ''] = Object.keys(JSON.parse(rows.get('grants') ?? '{}'))
  const former = 'a-secret-of-the-version-before-this-one'
  await putBack(person, former)
  expect(onDisk()).toMatch(tokens)
  expect(onDisk()).toContain(former)

  await world.startHub()
  await passUntil(
    () => hookOf('1001')?.secret === former,
    'the webhook with the secret that was kept',
    10_000,
  )
  const system = () =>
    hub()
      .port.connectors()
      .find(({ id }) => id === 'pbx')
  await passUntil(() => system()?.health.state === 'up', 'the connector', 10_000)
  await world.stopHub()
  expect(onDisk()).not.toMatch(tokens)
  expect(onDisk()).not.toContain(former)
  expect(world.log.join('')).not.toMatch(tokens)

  // Once more, with what is sealed now.
  await world.startHub()
  await passUntil(() => system()?.health.state === 'up', 'the connector again', 10_000)
  expect(hookOf('1001')?.secret).toBe(former)
})
