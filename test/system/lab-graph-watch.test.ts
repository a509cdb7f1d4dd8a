import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import { sample } from '../../src/lab/sample.ts'
import { startProgram } from './cli-processes.ts'
import { readContract } from './graph-watch/contract.ts'
import { watchGraph } from './graph-watch/watch.ts'
import { type GraphCaller, labStops, signIn, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

/** A description that the emulated Graph does not keep to. */
const fixtures = join(import.meta.dirname, '../fixtures/graph')
const other = readContract(JSON.parse(readFileSync(join(fixtures, 'msgraph-v1.0-presence.json'), 'utf8')))

/** A lab whose exchanges are compared with that description, and what was told of them since the last question. */
async function open(): Promise<{ graph: GraphCaller; path: string; told(): string[] }> {
  const problems: string[] = []
  onTestFinished(
    watchGraph(
      () => other,
      (problem) => problems.push(problem),
    ),
  )
  const graph = await signIn(await startSampleLab())
  return { graph, path: `users/${graph.idOf('anna')}/presence`, told: () => problems.splice(0) }
}

test('a wrong answer is told, with method, path and what is wrong', async () => {
  const { graph, path, told } = await open()
  await graph.get(path)
  expect(told()).toEqual([
    expect.stringContaining(
      `GET /v1.0/${path}, answer 200: /activity must be number; it is {"@odata.context"`,
    ),
    expect.stringContaining(`GET /v1.0/${path}, answer 200:  must NOT have unevaluated properties`),
  ])
  await graph.get('users/nobody/presence')
  expect(told()).toEqual([expect.stringContaining(`answer 400:  must have required property 'fault'`)])
  await graph.get(`communications/presences/${graph.idOf('anna')}`)
  expect(told()).toEqual([expect.stringContaining('answer 200: the description has no such path')])
})

test('a wrong request is told, also where the connection is cut instead of an answer', async () => {
  const { graph, path, told } = await open()
  graph.lab.faults.add({ target: 'graph', kind: 'drop', when: 'before', count: 1 })
  const headers = { 'content-type': 'application/json', 'x-bare-caller': '' }
  const body = JSON.stringify({ sessionId: sample.clientId })
  await expect(graph.send('POST', `${path}/clearPresence`, { body, headers })).rejects.toThrow()
  expect(told()).toEqual([
    expect.stringContaining('request:  must NOT have unevaluated properties; it is {"sessionId"'),
  ])
  await graph.post(`${path}/clearUserPreferredPresence`, {})
  expect(told()).toEqual([])
  await graph.post(`${path}/setUserPreferredPresence`, { availability: 'Away', activity: 'Away' })
  expect(told()).toEqual([expect.stringContaining('request: has a body where none is declared')])
})

test('each part of a batch is watched as if it had come by itself', async () => {
  const { graph, path, told } = await open()
  const about = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
  const clear = { id: '1', url: `/${path}/clearUserPreferredPresence`, ...about, body: {} }
  await graph.post('$batch', { requests: [clear] })
  expect(told()).toEqual([])
  const body = { availability: 'Away', activity: 'Away' }
  const set = { id: '2', url: `/${path}/setUserPreferredPresence`, ...about, body }
  await graph.post('$batch', { requests: [clear, set] })
  expect(told()).toEqual([expect.stringContaining('request: has a body where none is declared')])
})

test('what a test has Graph say or refuse on purpose is not told; a refusal has its shape all the same', async () => {
  const { graph, path, told } = await open()
  graph.lab.faults.add({ target: 'graph', kind: 'status', status: 202, count: 1 })
  expect((await graph.get(path)).status).toBe(202)
  expect(told()).toEqual([])
  await graph.post(`${path}/clearPresence`, { sessionId: 'of nobody' })
  expect(told()).toEqual([expect.stringContaining('answer 400')])
})

test('a lab in a process of its own is watched too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-watched-'))
  const file = join(folder, 'problems')
  const env = { HOOKSWITCH_CONTRACTS: fixtures, HOOKSWITCH_TEST_GRAPH_PROBLEMS: file }
  const { child, ended, says } = startProgram(['lab'], { cwd: folder, env })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  const url = /Entra ID\s+(http:\S+)/.exec(await says(/Entra ID\s+http:\S+/))![1]!
  expect((await fetch(`${url}/v1.0/users/anna/presence`)).status).toBe(401)
  expect(existsSync(file) && readFileSync(file, 'utf8')).toContain(
    "GET /v1.0/users/anna/presence, answer 401:  must have required property 'fault'",
  )
})
