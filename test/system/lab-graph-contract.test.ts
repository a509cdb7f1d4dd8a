import { afterEach, expect, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import { loadGraphContract } from './graph-watch/contract.ts'
import { type GraphCaller, labStops, signIn, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

/** Where the published description is not at hand, the exchanges still have to end as said here. */
const contract = loadGraphContract()

type Exchange = readonly [method: 'GET' | 'POST', template: string, body: object | undefined, status: number]

const one = '/users/{user-id}/presence'
const other = '/communications/presences/{presence-id}'
const many = '/communications/getPresencesByUserId'
const sessionId = sample.clientId
const call = { sessionId, availability: 'Busy', activity: 'InACall', expirationDuration: 'PT1H30M' }
const dnd = { availability: 'DoNotDisturb', activity: 'DoNotDisturb', expirationDuration: 'P1DT2H' }
const expiryDateTime = { dateTime: '2999-01-01T08:00:00.0000000', timeZone: 'UTC' }
const statusMessage = { message: { content: 'Back at ten', contentType: 'text' }, expiryDateTime }

const exchanges = (id: string): readonly Exchange[] => [
  ['GET', one, undefined, 200],
  ['GET', other, undefined, 200],
  ...[one, other].flatMap((at): Exchange[] => [
    ['POST', `${at}/setPresence`, call, 200],
    ['POST', `${at}/setPresence`, { ...call, expirationDuration: null }, 200],
    ['POST', `${at}/setUserPreferredPresence`, dnd, 200],
    ['POST', `${at}/setUserPreferredPresence`, { availability: 'Offline', activity: 'OffWork' }, 200],
    ['POST', `${at}/setStatusMessage`, { statusMessage }, 200],
    ['GET', at, undefined, 200],
    ['POST', many, { ids: [id] }, 200],
    ['POST', `${at}/clearUserPreferredPresence`, undefined, 200],
    ['POST', `${at}/clearPresence`, { sessionId }, 200],
    ['POST', `${at}/clearPresence`, { sessionId }, 404],
    ['POST', `${at}/setPresence`, { ...call, activity: 'Busy' }, 400],
  ]),
  ['POST', many, { ids: [] }, 400],
]

async function run(graph: GraphCaller, id: string): Promise<void> {
  for (const [method, template, body, status] of exchanges(id)) {
    const path = template.slice(1).replace(/\{[^}]+\}/, id)
    const answer = method === 'GET' ? await graph.get(path) : await graph.post(path, body ?? {})
    const expected = status === 200 && answer.text === '' ? graph.lab.switches.emptyStatus : status
    const about = `${method} ${template} ${JSON.stringify(body)} ${answer.text}`
    expect(answer.status, about).toBe(expected)
    if (body && status === 200) expect(contract?.request(method, template, body) ?? [], about).toEqual([])
    expect(contract?.response(method, template, answer) ?? [], about).toEqual([])
  }
}

for (const changes of [
  {},
  { sequenceNumber: false, emptyStatus: 204 },
  { spelling: 'camelCase', aggregation: 'observed' },
] as const) {
  test(`every exchange has the published shape with ${JSON.stringify(changes)}`, async () => {
    const graph = await signIn(await startSampleLab())
    Object.assign(graph.lab.switches, changes)
    await run(graph, graph.idOf('anna'))
    const { tenant, person } = graph.lab.people.find('ben@contoso.example')!
    tenant.setOutOfOffice(person, 'On holiday')
    await run(graph, graph.idOf('ben'))
  })
}

test('the errors of tokens, permissions, quota and faults have the published shape', async () => {
  const graph = await signIn(await startSampleLab({ roles: ['Presence.Read.All'] }))
  const path = `users/${graph.idOf('anna')}/presence`
  const check = async (asked: ReturnType<GraphCaller['get']>, status: number) => {
    const answer = await asked
    expect(answer.status).toBe(status)
    expect(contract?.response('GET', one, answer) ?? []).toEqual([])
  }
  await check(graph.with('').get(path), 401)
  await check(graph.post(`${path}/setPresence`, call), 403)
  graph.lab.faults.add({ target: 'graph', kind: 'status', status: 502, count: 1 })
  await check(graph.get(path), 502)
  graph.lab.switches.quotaPer30s = 0
  await check(graph.get(path), 429)
})

test('an unknown id has the published shape', async () => {
  const graph = await signIn(await startSampleLab())
  graph.lab.switches.badId = 'unknown'
  const ids = ['00000000-0000-4000-8000-000000000000']
  const answer = await graph.post('communications/getPresencesByUserId', { ids })
  expect(answer.json.value).toHaveLength(1)
  expect(contract?.response('POST', many, answer) ?? []).toEqual([])
})
