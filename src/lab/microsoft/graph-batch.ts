import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GraphRefusal, graphErrorBody } from './graph-error.ts'
import { correlationOf, cut, isCutAfter, isCutBefore, record, slowness, strike } from './hooks.ts'
import type { GraphCall, MicrosoftWorld, Visit } from './world.ts'

/** Most requests of one batch (learn.microsoft.com/graph/json-batching). */
export const mostParts = 20

/** One request of a batch, as it came. */
interface Part {
  readonly id: string
  readonly method: string
  /** Below the version, with a leading slash. */
  readonly url: string
  readonly body: unknown
  readonly dependsOn: readonly string[]
}

interface PartAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface BatchDoors {
  /** Throws the 401 of a missing, foreign, revoked or expired token. */
  admit(request: GraphCall): unknown
  /** Does a presence action; returns the status, throws the refusal. */
  actOn(request: GraphCall, about: { readonly id: string; readonly act: string }): number
}

const presenceAct = /^\/(?:users\/([^/?]+)\/presence|communications\/presences\/([^/?]+))\/([^/?]+)\/?$/
const bad = (message: string) => new GraphRefusal(400, 'BadRequest', message)

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

function hasContentType(headers: unknown): boolean {
  return Object.keys(recordOf(headers)).some((name) => name.toLowerCase() === 'content-type')
}

function readPart(given: unknown): Part {
  const { id, method, url, body, headers, dependsOn = [] } = recordOf(given)
  if (typeof id !== 'string' || id === '') throw bad('Each request of a batch needs an id.')
  if (typeof method !== 'string' || typeof url !== 'string')
    throw bad(`The request ${id} of the batch needs a method and a url.`)
  if (/^[a-z]+:\/\//i.test(url)) throw bad(`The url of the request ${id} must be relative.`)
  if (body !== undefined && body !== null && !hasContentType(headers))
    throw bad(`The request ${id} has a body and no Content-Type header.`)
  if (!Array.isArray(dependsOn)) throw bad(`dependsOn of the request ${id} must be a list of ids.`)
  const path = url.startsWith('/') ? url : `/${url}`
  return { id, method: method.toUpperCase(), url: path, body, dependsOn: dependsOn.map(String) }
}

/** The parts in their order, or the refusal of the whole: too many, ids that are not unique, an unknown dependency. */
function readParts(body: unknown): readonly Part[] {
  const { requests } = recordOf(body)
  if (!Array.isArray(requests) || requests.length === 0) throw bad('A batch needs a list of requests.')
  if (requests.length > mostParts) throw bad(`A batch holds at most ${mostParts} requests.`)
  const parts = requests.map(readPart)
  const known = new Set<string>()
  for (const { id, dependsOn } of parts) {
    // Ids are compared without regard to case.
    if (known.has(id.toLowerCase())) throw bad(`The id ${id} occurs twice in the batch.`)
    const strange = dependsOn.find((other) => !known.has(other.toLowerCase()))
    if (strange !== undefined) throw bad(`The request ${id} depends on ${strange}, which is not before it.`)
    known.add(id.toLowerCase())
  }
  return parts
}

function refusalAnswer(world: MicrosoftWorld, call: GraphCall, refusal: GraphRefusal): PartAnswer {
  const { requestId } = call.visit
  const ids = {
    requestId,
    clientRequestId: correlationOf(call) ?? requestId,
    wall: world.clock.wall(),
  }
  return {
    status: refusal.status,
    headers: {
      ...(refusal.retryAfter !== undefined && { 'Retry-After': String(refusal.retryAfter) }),
      'Content-Type': 'application/json',
    },
    body: graphErrorBody(refusal, ids),
  }
}

/** What an action on a presence answers; it is logged, counted and disturbed as if it had come alone. */
function perform(world: MicrosoftWorld, call: GraphCall, act: () => number): PartAnswer {
  const { visit } = call
  let answer: PartAnswer
  try {
    for (const fault of visit.faults) strike(fault)
    answer = { status: act(), headers: {} }
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error
    answer = refusalAnswer(world, call, error)
  }
  if (visit.entry) visit.entry.status = answer.status
  return answer
}

/** Everything but actions on presence takes the way of a request by itself, through the same server. */
async function pass(app: FastifyInstance, call: GraphCall): Promise<PartAnswer> {
  const answer = await app.inject({
    method: call.method as 'GET',
    url: call.url,
    headers: { authorization: call.headers.authorization ?? '', 'content-type': 'application/json' },
    ...(call.body !== undefined && call.body !== null && { payload: JSON.stringify(call.body) }),
  })
  const wait = answer.headers['retry-after']
  return {
    status: answer.statusCode,
    headers: {
      ...(wait !== undefined && { 'Retry-After': String(wait) }),
      'Content-Type': 'application/json',
    },
    ...(answer.body !== '' && { body: JSON.parse(answer.body) }),
  }
}

/**
 * `$batch` as learn.microsoft.com/graph/json-batching has it: at most 20 requests, each with its own status and its own
 * place in the quota; the order of the answers is free, and here the reverse. A fault that cuts the connection of one
 * cuts that of all, when all have taken effect; the slowest delays all.
 */
export function addBatchRoute(app: FastifyInstance, world: MicrosoftWorld, doors: BatchDoors): void {
  app.post('/v1.0/$batch', async (request, reply) => {
    doors.admit(request)
    const answers = new Map<string, PartAnswer & Pick<Part, 'id'>>()
    const visits: Visit[] = []
    for (const part of readParts(request.body)) {
      const failed = part.dependsOn.some((id) => (answers.get(id.toLowerCase())?.status ?? 0) >= 400)
      const call = callOf(request, part, world)
      const answer = failed
        ? refusalAnswer(world, call, new GraphRefusal(424, 'FailedDependency', 'A request before it failed.'))
        : await answerPart({ app, world, doors }, call, visits)
      answers.set(part.id.toLowerCase(), { id: part.id, ...answer })
    }
    if (visits.some((visit) => isCutBefore(visit) || isCutAfter(visit))) return cut(request, reply)
    const slowest = Math.max(0, ...visits.map(slowness))
    if (slowest > 0) {
      await new Promise<void>((resolve) => {
        world.clock.after(slowest, resolve)
      })
    }
    return { responses: [...answers.values()].reverse() }
  })
}

interface Surroundings {
  readonly app: FastifyInstance
  readonly world: MicrosoftWorld
  readonly doors: BatchDoors
}

async function answerPart(
  { app, world, doors }: Surroundings,
  call: GraphCall,
  visits: Visit[],
): Promise<PartAnswer> {
  const [, user, person, act] = presenceAct.exec(call.url.slice('/v1.0'.length)) ?? []
  const id = user ?? person
  if (call.method !== 'POST' || id === undefined || act === undefined) return pass(app, call)
  const { visit } = call
  record(world, call)
  visit.faults = world.faults.take('graph', call.url)
  visits.push(visit)
  // Its answer is never seen.
  if (isCutBefore(visit)) return { status: 504, headers: {} }
  return perform(world, call, () => doors.actOn(call, { id: decodeURIComponent(id), act }))
}

function callOf(request: FastifyRequest, part: Part, { clock }: MicrosoftWorld): GraphCall {
  const visit: Visit = { target: 'graph', requestId: randomUUID(), arrivedAt: clock.wall(), faults: [] }
  const { headers } = request
  return { method: part.method, url: `/v1.0${part.url}`, headers, body: part.body, visit }
}
