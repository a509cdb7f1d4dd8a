import type { Phone } from '../phones.ts'
import type { NetSapiensWorld } from './world.ts'

/** `user-presence-status`: only `open` and `inactive` are published, the rest are words of the portal. */
export function presenceWord({ phones }: Pick<NetSapiensWorld, 'phones'>, phone: Phone): string {
  const legs = phones.legs(phone.extension)
  if (legs.some(({ state }) => state !== 'ringing')) return 'inuse'
  const [ringing] = legs
  if (ringing) return ringing.direction === 'inbound' ? 'alerting' : 'progressing'
  if (phone.dnd) return 'dnd'
  return phone.registered ? 'open' : 'inactive'
}

/** First and last name: everything before the last space, and the rest. */
export function namesOf({ displayName }: Phone): { readonly first: string; readonly last: string } {
  const parts = displayName.split(' ')
  return { first: parts.slice(0, -1).join(' ') || displayName, last: parts.slice(1).at(-1) ?? '' }
}

/** An entry of `GET /domains/{domain}/presence/list`, and the body that is posted for model `presence`. */
export function describePresence(world: Pick<NetSapiensWorld, 'phones'>, phone: Phone, domain: string) {
  const { first, last } = namesOf(phone)
  return {
    user: phone.extension,
    uid: `${phone.extension}@${domain}`,
    domain,
    site: '',
    email: phone.mail ?? '',
    'name-first-name': first,
    'name-last-name': last,
    department: '',
    'user-presence-status': presenceWord(world, phone),
    'status-message': '',
  }
}
