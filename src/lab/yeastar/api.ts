import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Phones } from '../phones.ts'
import { describeCall } from './calls.ts'
import { type Extensions, presenceWords } from './extensions.ts'
import type { PbxSwitches } from './switches.ts'
import type { Granted, Tokens } from './tokens.ts'

export const apiPath = '/openapi/v1.0'

/** Errors come with HTTP status 200 (developer guide, Error Code and Error Message). */
export const errorBody = (errcode: number, errmsg: string) => ({ errcode, errmsg })
const success = { errcode: 0, errmsg: 'SUCCESS' }
const parameterError = errorBody(40002, 'PARAMETER ERROR')

export interface ApiParts {
  readonly client: { readonly clientId: string; readonly clientSecret: string }
  readonly phones: Phones
  readonly tokens: Tokens
  readonly switches: PbxSwitches
  readonly extensions: Extensions
  refused(): void
}

type Query = Readonly<Record<string, string | undefined>>

const queryOf = (request: FastifyRequest) => request.query as Query
const bodyOf = (request: FastifyRequest) => (request.body ?? {}) as Readonly<Record<string, unknown>>

const openPaths = ['get_token', 'refresh_token'].map((name) => `${apiPath}/${name}`)

/** Sign-in, description of the PBX, extensions and calls. */
export function addApi(app: FastifyInstance, parts: ApiParts): void {
  const { tokens, switches } = parts
  app.addHook('preHandler', async (request: FastifyRequest, reply: FastifyReply) => {
    if (reply.sent) return
    const { headers, url } = request
    if (!switches.api) return reply.send(errorBody(10001, 'INTERFACE NOT EXISTED'))
    if (!headers['user-agent']) return reply.send(errorBody(10005, 'ACCESS DENIED'))
    if (openPaths.includes(url.split('?')[0]!)) return
    if (!tokens.accepts(queryOf(request).access_token ?? '')) {
      return reply.send(errorBody(10004, 'ACCESS TOKEN EXPIRED'))
    }
  })
  app.setNotFoundHandler(async () => errorBody(10001, 'INTERFACE NOT EXISTED'))
  addSignIn(app, parts)
  addReading(app, parts)
  app.post(`${apiPath}/extension/update`, async (request) => {
    const { id, presence_status: word } = bodyOf(request)
    const phone = parts.extensions.byId(id)
    if (!phone) return errorBody(60001, 'DATA NOT FOUND')
    if (!presenceWords.some((each) => each === word)) return parameterError
    parts.extensions.setPresence(phone.extension, String(word), 'pbx')
    return success
  })
}

function addSignIn(app: FastifyInstance, { client, tokens, switches, refused }: ApiParts): void {
  const answer = (granted: Granted | undefined) =>
    granted
      ? {
          ...success,
          access_token_expire_time: Math.round(switches.tokenLifeMs / 1000),
          ...{ access_token: granted.access, refresh_token: granted.refresh },
          refresh_token_expire_time: 86_400,
        }
      : errorBody(10023, 'MAX LIMITATION EXCEEDED')
  app.post(`${apiPath}/get_token`, async (request) => {
    const { username, password } = bodyOf(request)
    if (username === client.clientId && password === client.clientSecret) {
      return answer(tokens.grant(switches.tokenLifeMs))
    }
    refused()
    return errorBody(10005, 'ACCESS DENIED')
  })
  app.post(`${apiPath}/refresh_token`, async (request) => {
    const granted = tokens.refresh(String(bodyOf(request).refresh_token), switches.tokenLifeMs)
    return granted ? answer(granted) : errorBody(10004, 'REFRESH TOKEN EXPIRED')
  })
  app.get(`${apiPath}/del_token`, async (request) => {
    tokens.revoke(queryOf(request).access_token ?? '')
    return success
  })
}

function addReading(app: FastifyInstance, { phones, switches, extensions }: ApiParts): void {
  const pageOf = (query: Query, found: readonly object[]) => {
    const [page, size] = [Number(query.page ?? 1), Number(query.page_size ?? 20)]
    if (!(page >= 1 && size >= 1)) return parameterError
    const data = found.slice((page - 1) * size, page * size)
    return { ...success, total_number: found.length, data }
  }
  app.get(`${apiPath}/system/information`, async () => ({
    ...success,
    data: {
      ...{ device_name: 'Lab PBX', model_name: switches.model, sn: '3631A2124LAB' },
      ...{ hardware_version: 'V1.00 0000-0000', firmware_version: switches.firmware },
    },
  }))
  app.get(`${apiPath}/extension/list`, async (request) =>
    pageOf(
      queryOf(request),
      extensions.list().map((phone) => extensions.describe(phone)),
    ),
  )
  app.get(`${apiPath}/extension/search`, async (request) => {
    const query = queryOf(request)
    const word = query.search_value ?? ''
    const found = extensions.list().filter(({ extension, displayName, mail = '' }) => {
      return [extension, displayName, mail].some((text) => text.includes(word))
    })
    return pageOf(
      query,
      found.map((phone) => extensions.describe(phone)),
    )
  })
  app.get(`${apiPath}/call/query`, async () => {
    const calls = phones.calls().map((call) => {
      return describeCall(
        { ...call, legs: call.legs.filter(({ state }) => state !== 'ended') },
        switches.memberStatus,
      )
    })
    if (!switches.callDetails || calls.length === 0) return errorBody(60001, 'DATA NOT FOUND')
    return { ...success, data: calls }
  })
}
