import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Phone } from '../phones.ts'
import { orgId } from './accounts.ts'
import { restCall } from './calls.ts'
import { admit, personOf, WebexRefusal } from './gate.ts'
import type { WebexWorld } from './world.ts'

interface OfPerson {
  readonly Params: { readonly personId: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

const readPeople = ['spark-admin:people_read', 'spark:people_read']
const writePeople = ['spark-admin:people_write', 'spark:people_write']

/** People, their calls, their do not disturb, and the organization's settings for Teams. */
export function addPeopleRoutes(app: FastifyInstance, world: WebexWorld): void {
  const { accounts, phones, settings } = world
  const sameOrg = (request: FastifyRequest) => {
    const { orgId: asked } = request.query as OfPerson['Querystring']
    if (asked !== undefined && asked !== orgId)
      throw new WebexRefusal(403, 'The organization is not managed by yours.')
  }
  const must = (request: FastifyRequest, personId: string): Phone => {
    sameOrg(request)
    const phone = accounts.find(personId)
    if (!phone) throw new WebexRefusal(404, 'Person not found.')
    return phone
  }
  app.get<OfPerson>('/v1/people', async (request, reply) => {
    admit(world, request, readPeople)
    sameOrg(request)
    const { max = '100', after = '0', callingData, excludeStatus } = request.query
    const size = Math.min(Number(max), settings.pageSize)
    const all = phones.list()
    const first = Number(after)
    const next = first + size
    if (next < all.length) {
      const url = new URL(request.url, `http://${request.headers.host}`)
      url.searchParams.set('after', String(next))
      reply.header('link', `<${url.href}>; rel="next"`)
    }
    const shown = { calling: callingData === 'true', status: excludeStatus !== 'true' }
    return { items: all.slice(first, next).map((phone) => accounts.describe(phone, shown)), notFoundIds: [] }
  })
  app.get<OfPerson>('/v1/people/me', async (request) => {
    const grant = admit(world, request, readPeople)
    const phone = phones.phone(personOf(grant))
    if (!phone) throw new WebexRefusal(404, 'Person not found.')
    return accounts.describe(phone, { calling: false, status: true })
  })
  app.get<OfPerson>('/v1/people/:personId', async (request) => {
    admit(world, request, readPeople)
    const calling = request.query.callingData === 'true'
    return accounts.describe(must(request, request.params.personId), { calling, status: true })
  })
  const dndOf = ({ extension }: Phone) => {
    const { ringSplashEnabled, webexGoOverrideEnabled } = accounts.more(extension)
    return { enabled: phones.phone(extension)!.dnd, ringSplashEnabled, webexGoOverrideEnabled }
  }
  app.get<OfPerson>('/v1/people/:personId/features/doNotDisturb', async (request) => {
    admit(world, request, readPeople)
    return dndOf(must(request, request.params.personId))
  })
  app.put<OfPerson>('/v1/people/:personId/features/doNotDisturb', async (request, reply) => {
    admit(world, request, writePeople)
    const { extension } = must(request, request.params.personId)
    const { enabled, ringSplashEnabled, webexGoOverrideEnabled } = (request.body ?? {}) as Record<
      string,
      unknown
    >
    if (typeof webexGoOverrideEnabled !== 'boolean')
      throw new WebexRefusal(400, 'webexGoOverrideEnabled is required.')
    const more = accounts.more(extension)
    more.webexGoOverrideEnabled = webexGoOverrideEnabled
    if (typeof ringSplashEnabled === 'boolean') more.ringSplashEnabled = ringSplashEnabled
    if (typeof enabled === 'boolean') phones.setDnd(extension, enabled, 'pbx')
    return reply.code(204).send()
  })
  app.get<OfPerson>('/v1/telephony/calls/members/:personId/calls', async (request) => {
    const grant = admit(world, request, ['spark-admin:calls_read'])
    if (grant.as !== 'serviceApp') throw new WebexRefusal(403, 'Only Service Apps may do this.')
    return { items: callsOf(world, must(request, request.params.personId).extension) }
  })
  app.get('/v1/telephony/calls', async (request) => {
    const grant = admit(world, request, ['spark:calls_read'])
    return { items: callsOf(world, personOf(grant)) }
  })
  app.get('/v1/telephony/config/settings/msTeams', async (request) => {
    admit(world, request, ['spark-admin:telephony_config_read'])
    sameOrg(request)
    const lastModified = new Date(world.clock.wall()).toISOString()
    const one = (settingName: string, value: boolean) => ({
      settingName,
      level: 'ORGANIZATION',
      value,
      lastModified,
    })
    const { presenceSync } = settings
    return {
      ...{ level: 'ORGANIZATION', orgId },
      settings: [
        one('HIDE_WEBEX_APP', false),
        ...(presenceSync === undefined ? [] : [one('PRESENCE_SYNC', presenceSync)]),
      ],
    }
  })
}

function callsOf({ phones }: WebexWorld, extension: string) {
  return phones.legs(extension).map((leg) => restCall(leg, phones.call(leg.call)?.startedAt ?? leg.since))
}
