import Type, { type Static } from 'typebox'
import { type RingVerdict, verdictOrder } from '../core/ring-channel.ts'
import {
  noSuchPerson,
  type PersonParams,
  personParams,
  refuseHidden,
  type TenantQuery,
  tenantQuery,
} from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import { reachabilitySchema, ringParams, ringQuery } from './reachability-schemas.ts'
import type { Route, RouteContext } from './route.ts'
import { withheld } from './veil.ts'

/** `ring`, `busy <reason>` or `unknown <reason>`: one line, so that a dialplan can compare how it begins. */
function formatVerdict({ verdict, because }: RingVerdict): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text from a phone system must not make a second line
  return verdict === 'ring' ? verdict : `${verdict} ${because.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')}`
}

/** Among the lines for several tenants the one to go by; whoever does not answer may be free. */
export function chooseVerdict(answers: readonly (string | undefined)[]): string {
  const silent = formatVerdict({
    verdict: 'unknown',
    because: 'not everybody who may be there could be asked',
  })
  const orderOf = (line: string) => verdictOrder[line.split(' ')[0] as RingVerdict['verdict']]
  return answers.map((line) => line ?? silent).toSorted((a, b) => orderOf(a) - orderOf(b))[0]!
}

/** GET /people/{key}/reachability, and the same for one call in one line of text. */
export function createReachabilityRoutes({ hub, veil }: RouteContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/people/:key/reachability',
      operationId: 'readReachability',
      summary: 'Will it ring? For each way of reaching a person: yes, no or unknown, and why',
      scope: 'read',
      about: 'people',
      self: true,
      params: { ...personParams },
      query: { ...tenantQuery },
      answers: { 200: { description: 'The answer.', schema: reachabilitySchema } },
      handle: (request) => {
        const { key } = request.params as PersonParams
        refuseHidden({ hub, veil }, request)
        const answer = hub(request).reachability(key, (request.query as TenantQuery).tenant)
        if (!answer) throw noSuchPerson(key)
        if (!veil.hides(answer, request.caller)) return answer
        return {
          ...answer,
          channels: answer.channels.map((channel) => ({ ...channel, because: withheld, until: undefined })),
        }
      },
    },
    {
      method: 'GET',
      path: '/ring/:connector/:address',
      operationId: 'askToRing',
      summary: 'Shall this call ring? One line of text for a dialplan or a SIP proxy',
      description:
        'Ask once for each call: a caller who is turned away is remembered for a second call. The answer begins with `ring`, `busy` or `unknown`; after the last two comes the reason. Treat `unknown`, and no answer, as if there were no hub. A token that may `read` may ask as well.',
      scope: 'ring',
      about: 'tenant',
      oneTenant: chooseVerdict,
      params: { ...ringParams },
      query: { ...ringQuery },
      answers: { 200: { description: 'The answer.', schema: Type.String(), mediaType: 'text/plain' } },
      handle: (request, reply) => {
        const { connector, address } = request.params as Static<typeof ringParams>
        const { channel, ...query } = request.query as Static<typeof ringQuery>
        const verdict = hub(request).ring({
          connector,
          address,
          ...query,
          softphone: channel === 'softphone',
        })
        if (!verdict) throw new HttpProblem(404, `No connector has the id "${connector}".`)
        return reply.type('text/plain; charset=utf-8').send(formatVerdict(verdict))
      },
    },
  ]
}
