import { afterEach, expect, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import { type GraphCaller, labStops, signIn, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

interface Asked {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers?: object
  readonly body?: object
  readonly dependsOn?: readonly string[]
}

const headers = { 'Content-Type': 'application/json' }
const sessionId = sample.clientId

function setCall(graph: GraphCaller, id: string, name: string): Asked {
  const body = { sessionId, availability: 'Busy', activity: 'InACall', expirationDuration: 'PT15M' }
  return { ...{ id, method: 'POST', url: `/users/${graph.idOf(name)}/presence/setPresence` }, headers, body }
}

function clearCall(graph: GraphCaller, id: string, name: string): Asked {
  const url = `users/${graph.idOf(name)}/presence/clearPresence`
  return { ...{ id, method: 'POST', url }, headers, body: { sessionId } }
}

async function ask(graph: GraphCaller, requests: readonly Asked[]) {
  const { status, json } = await graph.post('$batch', { requests })
  const parts = new Map<string, { status: number; headers: Record<string, string>; body?: unknown }>()
  for (const each of json.responses ?? []) parts.set(each.id, each)
  return { status, parts, error: json.error }
}

test('each request of a batch has its own status and body, found by its id', async () => {
  const graph = await signIn(await startSampleLab())
  const { status, parts } = await ask(graph, [
    setCall(graph, 'a', 'anna'),
    clearCall(graph, 'b', 'ben'),
    { id: 'c', method: 'GET', url: `/users/${graph.idOf('anna')}/presence` },
    { id: 'd', method: 'GET', url: '/users?$select=id&$top=1' },
    { id: 'e', method: 'GET', url: '/nothing' },
  ])
  expect([status, parts.size]).toEqual([200, 5])
  expect(parts.get('a')).toMatchObject({ status: 200 })
  expect(parts.get('b')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } })
  expect(parts.get('c')).toMatchObject({ status: 200, body: { activity: 'InACall' } })
  expect(parts.get('d')).toMatchObject({ status: 200, body: { value: [{ id: expect.any(String) }] } })
  expect(parts.get('e')).toMatchObject({ status: 404 })
})

test('each counts against the quota, and is told to wait by itself', async () => {
  const lab = await startSampleLab()
  const graph = await signIn(lab)
  lab.switches.quotaPer30s = 2
  const { status, parts } = await ask(
    graph,
    ['1', '2', '3'].map((id) => setCall(graph, id, 'anna')),
  )
  expect(status).toBe(200)
  expect(['1', '2', '3'].map((id) => parts.get(id)!.status)).toEqual([200, 200, 429])
  expect(Number(parts.get('3')!.headers['Retry-After'])).toBeGreaterThan(0)
})

test('what depends on a request that failed is not done', async () => {
  const graph = await signIn(await startSampleLab())
  const { parts } = await ask(graph, [
    clearCall(graph, '1', 'anna'),
    { ...setCall(graph, '2', 'ben'), dependsOn: ['1'] },
    setCall(graph, '3', 'anna'),
    { ...clearCall(graph, '4', 'anna'), dependsOn: ['3'] },
  ])
  expect(['1', '2', '3', '4'].map((id) => parts.get(id)!.status)).toEqual([404, 424, 200, 200])
  expect((await graph.get(`users/${graph.idOf('ben')}/presence`)).json.activity).not.toBe('InACall')
})

test('a batch that is none is refused as a whole, and nothing of it is done', async () => {
  const graph = await signIn(await startSampleLab())
  const one = setCall(graph, 'x', 'anna')
  const { headers: _, ...bare } = one
  const many = Array.from({ length: 21 }, (_, index) => setCall(graph, String(index), 'anna'))
  const wrong: readonly (readonly Asked[])[] = [
    [],
    many,
    [one, setCall(graph, 'X', 'ben')],
    [bare],
    [{ ...one, dependsOn: ['later'] }],
    [{ ...one, url: `${graph.lab.graphUrl}/v1.0${one.url}` }],
    [{ ...one, id: '' }],
  ]
  for (const requests of wrong) {
    const { status, error } = await ask(graph, requests)
    expect([status, error?.code], JSON.stringify(requests).slice(0, 200)).toEqual([400, 'BadRequest'])
  }
  expect((await graph.with('').post('$batch', { requests: [one] })).status).toBe(401)
  expect((await graph.get(`users/${graph.idOf('anna')}/presence`)).json.activity).not.toBe('InACall')
})
