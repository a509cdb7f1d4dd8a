import type { Leg, PhoneChange } from '../phones.ts'
import { domainOf, type VodiaWorld } from './world.ts'

function nameOf(change: PhoneChange): string | undefined {
  if (change.type === 'dnd') return change.phone.dnd ? 'acturl_dnd' : 'acturl_cleardnd'
  if (change.type !== 'leg') return undefined
  if (change.before === undefined) return 'acturl_newcall'
  if (change.before === 'ringing' && change.leg.state === 'talking') return 'acturl_connect'
  return change.leg.state === 'ended' ? 'acturl_call' : undefined
}

function partiesOf({ direction, extension, number }: Leg): Record<string, string> {
  return direction === 'outbound' ? { from: extension, to: number } : { from: number, to: extension }
}

/** Sends the action URLs that a change of a phone triggers. */
export function sendActionUrls(world: VodiaWorld, change: PhoneChange): void {
  const name = nameOf(change)
  if (name === undefined) return
  const account = change.type === 'leg' ? change.leg.extension : change.phone.extension
  const domain = domainOf(world, account)
  if (domain === undefined) return
  const displayed = world.phones.phone(account)?.displayName ?? ''
  world.actionUrls.send(domain, name, {
    'from-display': displayed,
    ...(world.settings.variables === 'all' && {
      account,
      ...(change.type === 'leg' && { ...partiesOf(change.leg), callid: change.leg.call }),
    }),
  })
}
