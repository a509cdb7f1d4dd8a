import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Agents } from './agents.ts'
import type { Bus } from './bus.ts'
import { stableId } from './ids.ts'
import { runQuery } from './tables.ts'
import type { Tokens } from './tokens.ts'

/** The body of an error of the REST API. */
export function errorBody(errorCode: string, message: string) {
  return [{ message, errorCode }]
}

const codes: Readonly<Record<number, readonly [string, string]>> = {
  401: ['INVALID_SESSION_ID', 'Session expired or invalid'],
  403: ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'],
  503: ['SERVER_UNAVAILABLE', 'The server is busy.'],
}

export function faultBody(status: number) {
  const [code, message] = codes[status] ?? ['UNKNOWN_EXCEPTION', 'A fault of the lab.']
  return errorBody(code, message)
}

interface Parts {
  readonly agents: Agents
  readonly bus: Bus
  readonly tokens: Tokens
  readonly switches: { version: string; omniChannel: boolean; pageSize: number }
  /** Carries out a command event, as the package's component would. */
  command(fields: Readonly<Record<string, unknown>>): void
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

interface SubRequest {
  readonly method?: string
  readonly url?: string
  readonly referenceId?: string
}

/** Query, composite and the making of platform events, as far as the REST API's pages describe them. */
export class Rest {
  readonly #parts: Parts
  readonly #cursors = new Map<string, { readonly rows: readonly unknown[]; readonly from: number }>()
  #used = 0
  #made = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  addRoutes(app: FastifyInstance): void {
    const { tokens } = this.#parts
    app.addHook('preHandler', async (request, reply) => {
      if (!request.url.startsWith('/services/data/')) return
      this.#used += 1
      reply.header('sforce-limit-info', `api-usage=${this.#used}/100000`)
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      if (!tokens.accepts(token)) await reply.code(401).send(faultBody(401))
    })
    app.get('/services/data/:version/*', async ({ url }, reply) => send(reply, this.#get(url)))
    app.post<{ Body: { compositeRequest?: readonly SubRequest[] } }>(
      '/services/data/:version/composite',
      async ({ body }, reply) => send(reply, this.#composite(body?.compositeRequest ?? [])),
    )
    app.post<{ Params: { object: string }; Body: Record<string, unknown> }>(
      '/services/data/:version/sobjects/:object',
      async ({ params, body }, reply) => send(reply, this.#create(params.object, body ?? {})),
    )
  }

  #get(url: string): Answer {
    const { pathname, searchParams } = new URL(url, 'http://lab')
    const [, version = '', rest = ''] = /^\/services\/data\/v([\d.]+)\/(.*)$/.exec(pathname) ?? []
    if (Number(version) > Number(this.#parts.switches.version)) return missing
    const cursor = this.#cursors.get(rest.replace(/^query\//, ''))
    if (cursor) return this.#page(cursor.rows, cursor.from, version)
    if (rest !== 'query') return missing
    const found = runQuery(searchParams.get('q') ?? '', this.#parts.agents)
    if ('errorCode' in found) return { status: 400, body: errorBody(found.errorCode, found.message) }
    if (!this.#parts.switches.omniChannel && found.object !== 'User') {
      const message = `sObject type '${found.object}' is not supported.`
      return { status: 400, body: errorBody('INVALID_TYPE', message) }
    }
    const { object } = found
    const records = found.rows.map((row) => ({ attributes: { type: object, url: '' }, ...row }))
    return this.#page(records, 0, version)
  }

  #page(rows: readonly unknown[], from: number, version: string): Answer {
    const end = from + this.#parts.switches.pageSize
    const records = rows.slice(from, end)
    if (end >= rows.length) return { status: 200, body: { totalSize: rows.length, done: true, records } }
    const locator = `${stableId('01g', String(this.#cursors.size))}-${end}`
    this.#cursors.set(locator, { rows, from: end })
    const nextRecordsUrl = `/services/data/v${version}/query/${locator}`
    return { status: 200, body: { totalSize: rows.length, done: false, nextRecordsUrl, records } }
  }

  #composite(requests: readonly SubRequest[]): Answer {
    if (requests.length === 0 || requests.length > 25) {
      const message = 'Limit exceeded: between 1 and 25 subrequests.'
      return { status: 400, body: errorBody('INVALID_BATCH_REQUEST', message) }
    }
    const compositeResponse = requests.map(({ method, url = '', referenceId = '' }) => {
      const { status, body } = method === 'GET' ? this.#get(url) : missing
      return { body, httpHeaders: {}, httpStatusCode: status, referenceId }
    })
    return { status: 200, body: { compositeResponse } }
  }

  #create(object: string, fields: Readonly<Record<string, unknown>>): Answer {
    const { bus } = this.#parts
    if (object !== 'Hookswitch_Command__e' || !bus.topic(`/event/${object}`)) return missing
    const known = ['Command_Id__c', 'User_Id__c', 'Status_Id__c', 'Until__c', 'Notice__c', 'Sign_Out__c']
    const strange = Object.keys(fields).find((name) => !known.includes(name))
    if (strange) {
      return { status: 400, body: errorBody('INVALID_FIELD', `No such column '${strange}' on sobject.`) }
    }
    this.#made += 1
    this.#parts.command(fields)
    const errors = [{ statusCode: 'OPERATION_ENQUEUED', message: 'event uuid', fields: [] }]
    return { status: 201, body: { id: stableId('e00', String(this.#made)), success: true, errors } }
  }
}

const missing: Answer = {
  status: 404,
  body: errorBody('NOT_FOUND', 'The requested resource does not exist'),
}

function send(reply: FastifyReply, { status, body }: Answer) {
  return reply.code(status).send(body)
}
