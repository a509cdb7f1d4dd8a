import type { PhoneChange } from '../phones.ts'
import { describeEvent, toActiveCall } from './calls.ts'
import { describePresence } from './presence.ts'
import { domainOf, type NetSapiensWorld } from './world.ts'

const hyphenated: Readonly<Record<string, string>> = {
  ...{ orig_callid: 'call-orig-call-id', orig_user: 'call-orig-user', orig_domain: 'call-orig-domain' },
  ...{ term_callid: 'call-term-call-id', term_user: 'call-term-user', term_domain: 'call-term-domain' },
  ...{ time_start: 'call-start-datetime', time_answer: 'call-answer-datetime' },
  ...{ orig_call_info: 'call-orig-info', term_call_info: 'term-orig-info' },
  ...{ ani: 'caller-id-number', dnis: 'call-dialed-number' },
}

/** Hands what a change of a phone means to those who have subscribed. */
export function tellSubscribers(world: NetSapiensWorld, change: PhoneChange): void {
  const { settings, subscriptions, phones } = world
  const extension = change.type === 'leg' ? change.leg.extension : change.phone.extension
  const domain = domainOf(settings, extension)
  const phone = phones.phone(extension)
  if (domain === undefined) return
  const call = change.type === 'leg' ? toActiveCall(settings, change.call) : undefined
  if (call) {
    const body = Object.entries(describeEvent(call))
    const spelled = body.map(([name, value]) => [
      settings.spelling === 'hyphen' ? (hyphenated[name] ?? name.replaceAll('_', '-')) : name,
      value,
    ])
    subscriptions.tell('call', domain, Object.fromEntries(spelled))
  }
  if (phone) subscriptions.tell('presence', domain, describePresence(world, phone, domain))
}
