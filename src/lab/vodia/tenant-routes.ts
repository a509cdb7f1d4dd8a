import type { FastifyInstance } from 'fastify'
import type { Phone } from '../phones.ts'
import { actionUrlNames } from './action-urls.ts'
import { admit, VodiaRefusal } from './gate.ts'
import { extensionOf, type VodiaWorld } from './world.ts'

interface OfDomain {
  readonly Params: { readonly domain: string }
  readonly Querystring: { readonly account?: string }
}

interface OfAccount {
  readonly Params: { readonly domain: string; readonly account: string }
}

/** The vendor's presence sync as it stands in `intpub` (example of `POST /rest/domain/{domain}/settings`). */
const ownSync = JSON.stringify({ teamspresence: { group: 'all', teams_presence_v2t: 'true' } })

function settingsOf(world: VodiaWorld, phone: Phone): Record<string, string> {
  return {
    alias: phone.extension,
    display_name: phone.displayName,
    email_address: phone.mail ?? '',
    dnd: String(phone.dnd),
    dnd_reason: world.dnd.read(phone.extension).reason,
    euse: '',
    disabled: 'false',
  }
}

/** `/rest/domain/{domain}/...`: the paths are the vendor's (API catalogue 70.3), most bodies are inferred. */
export function addTenantRoutes(app: FastifyInstance, world: VodiaWorld): void {
  const { phones, settings } = world
  const inDomain = (domain: string) => {
    const prefix = settings.domains[domain]
    if (prefix === undefined) throw new VodiaRefusal(404, 'There is no such tenant.')
    return phones.list().filter(({ extension }) => extension.startsWith(prefix))
  }
  const must = (domain: string, account: string) => {
    const phone = extensionOf(world, `${account}@${domain}`)
    if (!phone) throw new VodiaRefusal(404, 'There is no such account.')
    return phone
  }
  const name = ({ extension, displayName }: Phone) => ({
    name: extension,
    alias: [extension],
    display_name: displayName,
  })
  app.get<OfDomain>('/rest/domain/:domain/extensions', async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    const { account } = request.query
    const found = inDomain(domain)
    if (account === undefined) return found.map(name)
    const phone = must(domain, account)
    return { ...name(phone), dnd: phone.dnd, mac: [] }
  })
  app.get<OfDomain>('/rest/domain/:domain/users', async (request) => {
    admit(world, request, request.params.domain)
    const found = inDomain(request.params.domain).map((phone) => ({ ...name(phone), usertype: 'extensions' }))
    const others = Object.entries(settings.accounts).map(([account, usertype]) => ({
      name: account,
      alias: [account],
      usertype,
    }))
    return [...found, ...others]
  })
  app.get<OfAccount>('/rest/domain/:domain/user_settings/:account', async (request) => {
    const { domain, account } = request.params
    admit(world, request, domain)
    return settingsOf(world, must(domain, account))
  })
  app.get<OfDomain>('/rest/domain/:domain/registrations', async (request) => {
    admit(world, request, request.params.domain)
    return inDomain(request.params.domain)
      .filter(({ registered }) => registered)
      .map(({ extension }, index) => ({
        id: index + 1,
        event: 'registration',
        extension,
        contact: `sip:${extension}@192.0.2.10`,
      }))
  })
  app.get<OfDomain>('/rest/domain/:domain/settings', async (request) => {
    admit(world, request, request.params.domain)
    inDomain(request.params.domain)
    return {
      ...{ code_dnde: '*78', code_dndd: '*79', code_dndt: '*606', code_govm: '*97' },
      ...{ dnd_duration: 'eot', intpub: settings.teamsPresence ? ownSync : '' },
    }
  })
  app.get<OfDomain>('/rest/domain/:domain/integrations', async (request) => {
    admit(world, request, request.params.domain)
    return [{ identifier: 'teamspresence', name: 'Microsoft Teams Presence', edit: settings.teamsPresence }]
  })
  app.get<OfDomain>('/rest/domain/:domain/actionurl_settings', async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    return Object.fromEntries(actionUrlNames.map((each) => [each, world.actionUrls.read(domain, each)]))
  })
  app.post<OfDomain>('/rest/domain/:domain/actionurl_settings', async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    for (const { name: setting, value } of readSettings(request.body)) {
      world.actionUrls.write(domain, setting, value)
    }
    return true
  })
}

function readSettings(body: unknown): readonly { readonly name: string; readonly value: string }[] {
  const { table, settings } = (body ?? {}) as { table?: unknown; settings?: unknown }
  const right =
    table === 'domains' &&
    Array.isArray(settings) &&
    settings.every((each) => typeof each?.name === 'string' && typeof each?.value === 'string')
  if (!right) throw new VodiaRefusal(400, 'Bad request')
  return settings
}
