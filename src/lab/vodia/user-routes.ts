import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Phone } from '../phones.ts'
import { listCalls } from './calls.ts'
import { admit, VodiaRefusal } from './gate.ts'
import { extensionOf, type VodiaWorld } from './world.ts'

interface OfAccount {
  readonly Params: { readonly account: string }
}

/** `/rest/user/{account}/...` and `/rest/system/...`, as far as presence needs them. */
export function addUserRoutes(app: FastifyInstance, world: VodiaWorld): void {
  const must = (request: FastifyRequest<OfAccount>): Phone => {
    const { account } = request.params
    admit(world, request, account.split('@')[1] ?? '')
    const phone = extensionOf(world, account)
    if (!phone) throw new VodiaRefusal(404, 'There is no such account.')
    return phone
  }
  const dndOf = ({ extension }: Phone) => {
    const { reason, seconds } = world.dnd.read(extension)
    const state = world.phones.phone(extension)?.dnd === true
    return { state, reason, expires: seconds === undefined ? '' : String(seconds), redirect: '', hint: '' }
  }
  app.get<OfAccount>('/rest/user/:account/calls', async (request) =>
    listCalls(world.phones, world.clock, must(request).extension),
  )
  app.get<OfAccount>('/rest/user/:account/dnd', async (request) => dndOf(must(request)))
  app.post<OfAccount>('/rest/user/:account/dnd', async (request) => {
    const phone = must(request)
    const { state, reason, expires } = (request.body ?? {}) as Readonly<Record<string, unknown>>
    if (typeof state !== 'boolean') throw new VodiaRefusal(400, 'Bad request')
    const seconds = world.settings.dndExpires ? Number(expires) : Number.NaN
    if (state) {
      const text = typeof reason === 'string' ? reason : ''
      world.dnd.set(phone.extension, text, seconds > 0 ? seconds : undefined)
    } else world.dnd.clear(phone.extension)
    return dndOf(phone)
  })
  app.get('/rest/system/status', async (request) => {
    admit(world, request, undefined)
    return { version: `${world.settings.version} (Debian64)`, calls: world.phones.calls().length }
  })
  app.get('/rest/system/domains', async (request) => {
    admit(world, request, undefined)
    return Object.keys(world.settings.domains).map((name) => ({ name, display: name, alias: [name] }))
  })
}
