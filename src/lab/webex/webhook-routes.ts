import type { FastifyInstance } from 'fastify'
import { admit, personOf, WebexRefusal } from './gate.ts'
import type { Webhook } from './webhooks.ts'
import type { WebexWorld } from './world.ts'

const describe = ({ id, name, targetUrl, resource, event, secret, status, created }: Webhook) => ({
  ...{ id, name, targetUrl, resource, event, status, created, ownedBy: 'creator' },
  ...(secret !== undefined && { secret }),
})

type Fields = Readonly<Record<string, unknown>>
interface ById {
  readonly Params: { readonly id: string }
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** `/webhooks` of the person whose token it is. */
export function addWebhookRoutes(app: FastifyInstance, { webhooks, ...rest }: WebexWorld): void {
  const world = { ...rest, webhooks }
  const me = (request: Parameters<typeof admit>[1]) => personOf(admit(world, request, ['spark:calls_read']))
  app.get('/v1/webhooks', async (request) => ({ items: webhooks.of(me(request)).map(describe) }))
  app.post('/v1/webhooks', async (request) => {
    const extension = me(request)
    const fields = (request.body ?? {}) as Fields
    const [name, targetUrl, resource, event] = ['name', 'targetUrl', 'resource', 'event'].map((key) =>
      text(fields[key]),
    )
    if (!name || !targetUrl || !resource || !event)
      throw new WebexRefusal(400, 'name, targetUrl, resource and event are required.')
    if (fields.ownedBy === 'org')
      throw new WebexRefusal(400, 'telephony_calls is not available for organizations.')
    const made = webhooks.create({ extension, name, targetUrl, resource, event, secret: text(fields.secret) })
    if (!made) throw new WebexRefusal(409, 'A webhook with the same values exists.')
    return describe(made)
  })
  app.put<ById>('/v1/webhooks/:id', async (request) => {
    const hook = webhooks.get(me(request), request.params.id)
    if (!hook) throw new WebexRefusal(404, 'Webhook not found.')
    const fields = (request.body ?? {}) as Fields
    const [name, targetUrl] = [text(fields.name), text(fields.targetUrl)]
    if (!name || !targetUrl) throw new WebexRefusal(400, 'name and targetUrl are required.')
    hook.name = name
    hook.targetUrl = targetUrl
    hook.secret = text(fields.secret) ?? hook.secret
    if (fields.status === 'active') {
      hook.status = 'active'
      hook.failures = 0
    }
    return describe(hook)
  })
  app.delete<ById>('/v1/webhooks/:id', async (request, reply) => {
    const hook = webhooks.get(me(request), request.params.id)
    if (!hook) throw new WebexRefusal(404, 'Webhook not found.')
    webhooks.remove(hook.id)
    return reply.code(204).send()
  })
}
