import type { FastifyInstance } from 'fastify'
import type { Phone } from '../phones.ts'
import { describeActive, toActiveCall } from './calls.ts'
import { admit, NetSapiensRefusal } from './gate.ts'
import { describePresence, namesOf, presenceWord } from './presence.ts'
import type { NetSapiensWorld } from './world.ts'

interface OfDomain {
  readonly Params: { readonly domain: string }
  readonly Querystring: { readonly limit?: string; readonly start?: string }
}

const root = '/ns-api/v2/domains/:domain'

/** A user that is no person: what the platform makes for queues and the like. */
function serviceUser(domain: string) {
  return {
    ...{ domain, user: '200', 'name-first-name': 'Sales', 'name-last-name': 'Queue' },
    ...{ 'email-address': '', 'user-scope': 'Basic User', 'service-code': 'system-queue' },
  }
}

function describeUser(world: NetSapiensWorld, phone: Phone, domain: string) {
  const { first, last } = namesOf(phone)
  return {
    domain,
    user: phone.extension,
    'name-first-name': first,
    'name-last-name': last,
    'login-username': `${phone.extension}@${domain}`,
    'email-address': phone.mail ?? '',
    'user-scope': 'Basic User',
    department: '',
    site: '',
    'service-code': '',
    'status-message': '',
    'user-presence-status': presenceWord(world, phone),
    'active-calls-total-current': world.phones.legs(phone.extension).length,
  }
}

function describeDevice(phone: Phone, domain: string, agent: string) {
  return {
    device: `sip:${phone.extension}@${domain}`,
    user: phone.extension,
    domain,
    'device-sip-registration-state': phone.registered ? 'registered' : 'unregistered',
    'device-sip-registration-ignore-for-presence-calculation': 'no',
    'device-sip-registration-user-agent': phone.registered ? agent : '',
  }
}

/** `/domains/{domain}/...`: users, devices, presence and calls, with the fields of the vendor's description. */
export function addDomainRoutes(app: FastifyInstance, world: NetSapiensWorld): void {
  const { phones, settings } = world
  const phonesOf = (domain: string) =>
    phones.list().filter(({ extension }) => extension.startsWith(settings.domains[domain] ?? '\u0000'))
  app.get<OfDomain>(`${root}/users`, async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    const start = Number(request.query.start ?? 0)
    const limit = Math.min(1000, Number(request.query.limit ?? 100))
    const users = phonesOf(domain).map((phone) => describeUser(world, phone, domain))
    return [...users, serviceUser(domain)].slice(start, start + limit)
  })
  app.get<OfDomain>(`${root}/devices`, async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    return phonesOf(domain).map((phone) =>
      describeDevice(phone, domain, settings.foreignAgent ?? 'Yealink T48 2.3.232'),
    )
  })
  app.get<OfDomain>(`${root}/presence/list`, async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    if (!settings.presenceList) throw new NetSapiensRefusal(404, 'Not found')
    return phonesOf(domain).map((phone) => describePresence(world, phone, domain))
  })
  app.get<OfDomain>(`${root}/calls`, async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    return phones
      .calls()
      .flatMap((call) => toActiveCall(settings, call) ?? [])
      .filter((call) => call.domain === domain)
      .map(describeActive)
  })
}
