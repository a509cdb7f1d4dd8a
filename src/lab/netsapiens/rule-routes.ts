import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AnswerRule } from './answer-rules.ts'
import { admit, NetSapiensRefusal } from './gate.ts'
import { domainOf, type NetSapiensWorld } from './world.ts'

interface OfUser {
  readonly Params: { readonly domain: string; readonly user: string; readonly frame: string }
}

const root = '/ns-api/v2/domains/:domain/users/:user/answerrules'
const readOnly = new Set(['domain', 'user', 'time-frame', 'is-active', 'order', 'time_range_data'])

/** Answer rules of a user; a PUT replaces the rule and is accepted (202) before it shows. */
export function addRuleRoutes(app: FastifyInstance, world: NetSapiensWorld): void {
  const { phones, rules, settings } = world
  const userOf = (request: FastifyRequest<OfUser>): string => {
    const { domain, user } = request.params
    admit(world, request, domain)
    if (!phones.phone(user) || domainOf(settings, user) !== domain) {
      throw new NetSapiensRefusal(404, `User ${user} does not exist`)
    }
    return user
  }
  const describe = ({ frame, body }: AnswerRule, user: string) => ({
    ...{ domain: domainOf(settings, user), user, 'time-frame': frame },
    ...{ 'is-active': rules.active(user) === frame, order: frame === '*' ? 99 : 1, ...body },
  })
  app.get<OfUser>(root, async (request) => {
    const user = userOf(request)
    return rules.list(user).map((rule) => describe(rule, user))
  })
  app.put<OfUser>(`${root}/:frame`, async (request, reply) => {
    const user = userOf(request)
    const given = (request.body ?? {}) as Readonly<Record<string, unknown>>
    if (given.enabled !== 'yes' && given.enabled !== 'no') {
      throw new NetSapiensRefusal(400, 'enabled is required')
    }
    const body = Object.fromEntries(Object.entries(given).filter(([name]) => !readOnly.has(name)))
    const frame = decodeURIComponent(request.params.frame)
    if (!rules.replace(user, { frame, body }, settings.writeLagMs)) {
      throw new NetSapiensRefusal(404, `Time frame ${frame} has no answer rule`)
    }
    return reply.code(202).send({ code: 202, message: 'Accepted' })
  })
}
