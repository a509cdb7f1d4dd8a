import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ConfigProblem } from '../../src/core/config-port.ts'
import type { CoveragePage, CoverageRow, DirectoryPlace, TableReport } from '../../src/core/roster-port.ts'
import { sampleTenant } from '../../src/lab/sample.ts'
import { StoredHub } from './e2e/stored-hub.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

const busyMachineMs = 60_000
let world: World
let hub: StoredHub

/** Anna and Ben with phones by hand, Chiara without one, somebody whom nobody knows, and one who is left out. */
const people = [
  { upn: 'anna@contoso.example', addresses: { pbx: '1001' }, groups: ['desk'] },
  { upn: 'ben@contoso.example', addresses: { pbx: '1002' } },
  { upn: 'nobody@contoso.example', name: 'Nora Body' },
  { upn: 'left@contoso.example', sync: false },
]

beforeAll(async () => {
  const sample = sampleTenant()
  const petra = { upn: 'petra@contoso.example', displayName: 'Petra Phoneless' }
  const tenant = { ...sample, people: [...(sample.people ?? []), petra] }
  world = await startWorld({ withoutHub: true, tenant })
  hub = new StoredHub()
  await hub.start()
  const { tenants } = parse(world.text()) as { tenants: Record<string, unknown>[] }
  const hidden = [{ people: ['ben@contoso.example'] }]
  await setTenant({ ...tenants[0], people, hidden })
})
afterAll(async () => {
  await hub.close()
  await world.stop()
})

async function setTenant(tenant: Record<string, unknown>): Promise<void> {
  const answer = await hub.send('PUT', '/config/tenants/contoso', tenant)
  expect(answer.status, answer.text).toBe(200)
}

async function coverage(query = ''): Promise<CoveragePage> {
  return (await hub.send('GET', `/roster/people?${query}`)).json() as unknown as CoveragePage
}

async function row(name: string): Promise<CoverageRow | undefined> {
  return (await coverage(`text=${name}@`)).rows[0]
}

const standing = async (name: string) => (await row(name))?.kinds.join(' ')
const becomes = (name: string, kinds: string) =>
  until(async () => (await standing(name)) === kinds, `${name} to be ${kinds}`, busyMachineMs)
const systemsOf = async (name: string) =>
  (await row(name))?.systems.map(({ connector, addresses, given }) => [connector, ...addresses, given])

test('X-19, G-06: everyone is listed with how they stand and why; counted, filtered, searched and paged', async () => {
  await becomes('anna', 'synced')
  await becomes('ben', 'hidden synced')
  await becomes('nobody', 'unmatched')
  expect(await standing('left')).toBe('excluded')
  const all = await coverage()
  expect(all.total).toBe(4)
  expect(all.counts).toMatchObject({ synced: 2, unmatched: 1, excluded: 1, hidden: 1, duplicate: 0 })
  expect(all.rows.map(({ upn }) => upn.split('@')[0])).toEqual(['anna', 'ben', 'nobody', 'left'])
  expect((await row('nobody'))!.notes[0]).toMatchObject({
    ...{ kind: 'unmatched', connector: 'teams' },
    reason: 'nobody in teams has this name, mail address or alias',
  })
  const page = await coverage('kind=synced&offset=1&limit=1')
  expect([page.total, page.rows.map(({ id }) => id)]).toEqual([2, ['ben@contoso.example']])
  expect((await coverage('text=nora')).rows).toHaveLength(1)
  expect((await coverage('text=1002')).rows[0]!.id).toBe('ben@contoso.example')
  expect((await hub.send('GET', '/roster?tenant=nowhere')).status).toBe(404)

  // Who never opened their own page: of those on the board.
  expect(all.neverCame).toBe(3)
  const strangers = await coverage('neverCame=true&kind=synced')
  expect([strangers.neverCame, strangers.total, strangers.rows[0]!.cameAt]).toEqual([3, 2, undefined])
})

test('X-19: a link by hand wins over what is found, is stored and audited, and leaves when it is taken out', async () => {
  const places = async (text: string) => {
    const answer = await hub.send('GET', `/roster/places?connector=pbx&text=${text}`)
    return answer.json().places as DirectoryPlace[]
  }
  await until(async () => (await places('1001'))[0], 'the directory to be read', busyMachineMs)
  expect((await places('1001'))[0]!.people).toEqual(['anna@contoso.example'])
  const link = (name: string, addresses: readonly string[], connector = 'pbx') =>
    hub.send('PUT', `/roster/people/${name}@contoso.example/addresses/${connector}`, { addresses })
  expect((await link('Anna', ['1003', '1004'])).status).toBe(200)
  expect(await systemsOf('anna')).toContainEqual(['pbx', '1003', '1004', true])
  const { yaml } = (await hub.send('GET', '/config')).json() as { yaml: string }
  expect(yaml).toContain('1003')
  const versions = (await hub.send('GET', '/config/versions')).json().versions as { comment: string }[]
  expect(versions[0]!.comment).toBe('Anna at pbx: 1003, 1004'.replace('Anna', 'Anna@contoso.example'))

  const taken = await link('ben', ['1003'])
  expect(taken.status).toBe(422)
  expect(taken.text).toContain('already belongs to the person')
  expect((await link('ben', ['1'], 'crm')).status).toBe(422)

  expect((await link('anna', [])).status).toBe(200)
  expect((await systemsOf('anna'))!.every(([, , given]) => given !== true)).toBe(true)
  expect((await link('anna', ['1001'])).status).toBe(200)
})

test('somebody is hidden and shown again, beside rules for groups, which stay', async () => {
  const hide = (name: string, hidden: boolean) =>
    hub.send('PUT', `/roster/people/${name}@contoso.example/hidden`, { hidden })
  const rules = async () => {
    const { config } = (await hub.send('GET', '/config')).json() as {
      config: { tenants: { hidden?: unknown }[] }
    }
    return config.tenants[0]!.hidden
  }
  expect((await hide('anna', true)).status).toBe(200)
  expect(await standing('anna')).toBe('hidden synced')
  expect(await rules()).toEqual([{ people: ['ben@contoso.example', 'anna@contoso.example'] }])
  expect((await hide('Anna', false)).status).toBe(200)
  expect(await standing('anna')).toBe('synced')
  expect((await hide('ben', false)).status).toBe(200)
  expect(await rules()).toBeUndefined()
  expect((await hub.send('POST', '/people/anna@contoso.example/resync')).status).toBe(202)
  expect((await hub.send('POST', '/people/noone@contoso.example/resync')).status).toBe(404)
})

test('people leave as a table and come back as one: previewed with every problem by line, saved whole or not at all', async () => {
  const table = await hub.send('GET', '/roster/table')
  const noted = await hub.send('GET', '/audit?what=people.export')
  expect(noted.json()).toMatchObject({ entries: [{ about: '*', detail: 'from 127.0.0.1' }] })
  const [head, ...lines] = table.text.trimEnd().split('\r\n')
  expect(head).toBe(
    'upn,name,mail,aliases,groups,optedIn,sync,address:teams,address:pbx,found:teams,found:pbx,shown as,standing,reason,own page opened',
  )
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^anna@contoso\.example,,,,desk,no,yes,,1001,/)

  const preview = async (csv: string) => {
    const answer = await hub.send('POST', '/roster/table/preview', { csv })
    expect(answer.status, answer.text).toBe(200)
    return answer.json() as unknown as TableReport
  }
  expect(await preview(table.text)).toMatchObject({ changes: [], unchanged: 4, problems: [] })

  const wrong = await preview('upn,address:pbx\nanna@contoso.example,1001\ndora@contoso.example,1001\n')
  expect(wrong.problems.map(({ line }) => line)).toEqual([3])
  const refused = await hub.send('POST', '/roster/table', { csv: 'upn,sync\nanna@contoso.example,perhaps' })
  expect(refused.status).toBe(422)
  expect((refused.json().errors as ConfigProblem[])[0]).toMatchObject({ line: 2, path: 'sync' })

  const csv = 'upn;name;sync\nnobody@contoso.example;;no\ndavid@contoso.example;=David;yes\n'
  const { version, changes } = await preview(csv)
  expect(changes.map(({ upn, isNew }) => [upn, isNew])).toEqual([
    ['nobody@contoso.example', false],
    ['david@contoso.example', true],
  ])
  expect((await hub.send('POST', '/roster/table', { csv, version: version - 1 })).status).toBe(412)
  expect((await hub.send('POST', '/roster/table', { csv, version })).status).toBe(200)
  expect(await standing('nobody')).toBe('excluded')
  expect((await hub.send('GET', '/roster/table')).text).toContain(`david@contoso.example,'=David,`)
})

test('X-19: with people of the directories, who is left out is told with the reason, and a link by hand brings them in', async () => {
  const { tenants } = parse(world.text({ people: { from: 'directory' } })) as {
    tenants: Record<string, unknown>[]
  }
  const from = { from: 'directory', except: ['ben@contoso.example'] }
  await setTenant({ ...tenants[0], people: from })
  await becomes('ben', 'excluded')
  await becomes('petra', 'alone')
  const petra = (await row('petra'))!
  expect(petra.shown).toBe(false)
  expect(petra.notes[0]!.reason).toContain('no phone system knows petra@contoso.example')
  const path = `/roster/people/${petra.upn}/addresses/pbx`
  expect((await hub.send('PUT', path, { addresses: ['1099'] })).status).toBe(200)
  await becomes('petra', 'synced')
  expect(await systemsOf('petra')).toContainEqual(['pbx', '1099', true])
  const table = (await hub.send('GET', '/roster/table')).text
  expect(table).toMatch(/^petra@contoso\.example,yes,,1099,/m)
  expect(table).toMatch(/^ben@contoso\.example,no,/m)
})
