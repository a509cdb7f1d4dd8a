import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ProblemKind } from '../core/alert.ts'
import type { Elsewhere, HubAnswer } from '../core/elsewhere.ts'
import { compareCustomers, type FleetRow } from '../core/fleet.ts'
import { awayCookie, readAwayCookie } from './away-cookie.ts'
import { type PassOn, passOn, tenantChangesHands, tenantOf, toPassed, wholeReached } from './elsewhere.ts'
import { HttpProblem } from './problem.ts'
import { apiPrefix } from './route.ts'

/** Lists of which each hub has those of its own tenants. */
const lists = new Set([
  '/alerts',
  '/latency',
  '/webhooks',
  '/webhooks/failed',
  '/webhooks/deliveries',
  '/policies',
  '/health',
  '/fleet',
  '/action-items',
  '/sites',
])
/** Of what is done to everybody each hub does its part. */
const acts = new Set(['/release', '/webhooks/replay'])
/** A hub may take so long for its part, milliseconds: it writes to other systems. */
const actMs = 20_000
/** What one hub alone can answer, and nothing in the request tells which: whose code it is, whom a way is about. */
const oneKnows = new Set([
  '/tab/session',
  '/consent/links/:code',
  '/consent/links/:code/go',
  '/consent/callback',
  '/pairing/callback',
  '/pairing/code',
])

interface Whole extends PassOn {
  /** How browsers reach the hub. */
  readonly publicUrl?: string
}

/** One of several hubs answers as if it were the only one. */
export function serveWhole(app: FastifyInstance, whole: Whole): void {
  passOn(app, whole)
  askAll(app, whole)
}

/** What is about no tenant in particular is asked of every hub, and answered as if there were one. */
function askAll(app: FastifyInstance, { elsewhere, hub, tickets, publicUrl }: Whole): void {
  const secure = publicUrl?.startsWith('https:') ?? false
  const pathOf = ({ routeOptions: { url = '' } }: FastifyRequest) => url.slice(apiPrefix.length)
  // Somebody nobody knows may be of a tenant that no hub has just now: asked again, not turned away.
  app.addHook('onRoute', (route) => {
    const { handler } = route
    if (!oneKnows.has(route.url.slice(apiPrefix.length))) return
    route.handler = async function (request, reply) {
      try {
        return await handler.call(this, request, reply)
      } catch (error) {
        const isRefusal = error instanceof HttpProblem && (error.status === 403 || error.status === 404)
        throw isRefusal && !elsewhere.knows(undefined) ? tenantChangesHands() : error
      }
    }
  })
  app.addHook('preHandler', async (request, reply) => {
    if (!oneKnows.has(pathOf(request)) || tickets.isPassed(request)) return
    const kept = readAwayCookie(request.headers.cookie, secure)
    const passed = toPassed(request)
    const cookie =
      kept === undefined ? {} : { cookie: awayCookie(kept, { secure, lifeMs: 0 }).split(';')[0]! }
    const answers = await elsewhere.passToAll({ ...passed, headers: { ...passed.headers, ...cookie } })
    const taken = answers.flatMap(({ answer }) => answer ?? []).find(({ status }) => status < 400)
    if (taken) return reply.code(taken.status).headers(taken.headers).send(taken.body)
  })
  app.addHook('preSerialization', async (request, reply, payload) => {
    const isList = request.method === 'GET' && lists.has(pathOf(request)) && reply.statusCode === 200
    if (!isList || tenantOf(request, { elsewhere, hub }) !== undefined) return payload
    const own = onlyHere(payload as Lists, elsewhere)
    if (tickets.isPassed(request)) return own
    const answers = await elsewhere.passToAll(toPassed(request))
    const others = answers.map(bodyOf).filter((one) => one !== undefined)
    const { limit } = request.query as { readonly limit?: number }
    return joinLists([own, ...others], { tenants: elsewhere.tenants, ...(limit !== undefined && { limit }) })
  })
  // The others do their part at the same time.
  const others = new WeakMap<FastifyRequest, Promise<readonly HubAnswer[]>>()
  const isAct = (request: FastifyRequest) => request.method === 'POST' && acts.has(pathOf(request))
  app.addHook('preHandler', async (request) => {
    if (!isAct(request) || tickets.isPassed(request) || tenantOf(request, { elsewhere, hub }) !== undefined)
      return
    others.set(request, elsewhere.passToAll(toPassed(request), actMs))
  })
  app.addHook('preSerialization', async (request, reply, payload) => {
    if (!isAct(request) || reply.statusCode !== 200) return payload
    const own = doneHere(payload as Lists, elsewhere)
    const answers = await others.get(request)
    if (!answers) return own
    return joinActs(own, answers, wholeReached(request, elsewhere))
  })
}

/** Of a tenant that is coming or going not everybody is here: for that one it was not done. */
function doneHere(act: Lists, elsewhere: Pick<Elsewhere, 'has' | 'knows'>): Lists {
  const { tenants } = act
  if (!Array.isArray(tenants)) return act
  return { ...act, tenants: tenants.filter((one: string) => !elsewhere.has(one) && elsewhere.knows(one)) }
}

/** Undefined for a hub that did not answer, or could not. */
function bodyOf({ answer }: HubAnswer): Lists | undefined {
  return answer?.status === 200 ? (JSON.parse(answer.body) as Lists) : undefined
}

/**
 * What all hubs did: lists one after the other, numbers added up. `unanswered` names hubs of which nobody knows, `unserved` those of
 * the tenants `reached` for which none did it, where hubs tell for which they did.
 */
export function joinActs(own: Lists, answers: readonly HubAnswer[], reached: readonly string[]): Lists {
  const all = [own, ...answers.map(bodyOf).filter((one) => one !== undefined)]
  const sums = Object.entries(own).map(([name, value]) => {
    const values = all.flatMap((one) => one[name] ?? [])
    return [
      name,
      typeof value === 'number' ? values.reduce<number>((sum, one) => sum + Number(one), 0) : values,
    ]
  })
  const done = all.map(({ tenants }) => tenants)
  // An earlier version does not tell.
  const isTold = done.every(Array.isArray)
  const unserved = isTold ? reached.filter((one) => !done.flat().includes(one)) : []
  const unanswered = answers.filter((one) => !bodyOf(one)).map(({ node }) => node)
  // Where all is done, whoever is silent had nothing to do with it.
  const isDone = isTold && unserved.length === 0
  return {
    ...Object.fromEntries(sums),
    ...(unanswered.length > 0 && !isDone && { unanswered }),
    ...(unserved.length > 0 && { unserved }),
  }
}

const isCustomer = (one: unknown): one is FleetRow =>
  typeof one === 'object' && one !== null && 'condition' in one && 'reasons' in one

type Lists = Readonly<Record<string, unknown>>

/** Of a tenant tells the hub that has it; that no hub has it, the one that is to have it. */
function onlyHere(lists: Lists, elsewhere: Pick<Elsewhere, 'has'>): Lists {
  return mapLists(lists, (list) =>
    list.filter((one) => {
      const { tenant, kind } = (one ?? {}) as { readonly tenant?: unknown; readonly kind?: unknown }
      return (
        typeof tenant !== 'string' || kind === ('tenantDown' satisfies ProblemKind) || !elsewhere.has(tenant)
      )
    }),
  )
}

/**
 * One after the other, without what several say in the same words; what has a time is told the newest first, customers as each hub
 * lists them, the rest in the order of `tenants`: whichever hub is asked, it is the same list.
 */
export function joinLists(
  [first = {}, ...others]: readonly Lists[],
  { tenants, limit }: { readonly tenants: readonly string[]; readonly limit?: number },
): Lists {
  const places = new Map(tenants.map((tenant, place) => [tenant, place]))
  const placeOf = (one: unknown) => {
    const { tenant } = (one ?? {}) as { readonly tenant?: unknown }
    return typeof tenant === 'string' ? (places.get(tenant) ?? places.size) : -1
  }
  return mapLists(first, (list, name) => {
    const all = [...list, ...others.flatMap((other) => (Array.isArray(other[name]) ? other[name] : []))]
    const distinct = [...new Map(all.map((one) => [JSON.stringify(one), one as unknown])).values()]
    const at = (one: unknown) => (one as { readonly at?: unknown } | null)?.at
    if (distinct.every((one) => typeof at(one) === 'number'))
      distinct.sort((a, b) => Number(at(b)) - Number(at(a)))
    else if (distinct.every(isCustomer)) distinct.sort(compareCustomers)
    else distinct.sort((a, b) => placeOf(a) - placeOf(b))
    return distinct.slice(0, limit)
  })
}

function mapLists(lists: Lists, change: (list: readonly unknown[], name: string) => unknown): Lists {
  return Object.fromEntries(
    Object.entries(lists).map(([name, value]) => [name, Array.isArray(value) ? change(value, name) : value]),
  )
}
