import { randomUUID } from 'node:crypto'
import { fieldsOf, readJson, textOf } from '../../kit/http.ts'
import type { GraphReply } from '../graph.ts'
import type { LiveDesk } from './desk.ts'
import { describeRefusal } from './reply-words.ts'

/** Graph makes a presence subscription last 45 minutes at least and 60 at most (resources/subscription). */
const firstMs = 50 * 60_000
const renewedMs = 58 * 60_000

/** Point 5: makes a subscription to the person's presence, prolongs it by PATCH, and deletes it. */
export async function trySubscription(desk: LiveDesk): Promise<void> {
  const { sheet } = desk
  const { notifications } = desk.options
  if (!notifications || 'missing' in notifications) {
    return sheet.leaveOpen(5, notifications?.missing ?? 'there is no address that Graph could reach')
  }
  const made = await desk.send('make a subscription', {
    call: 'subscriptions',
    method: 'POST',
    path: '/subscriptions',
    body: {
      changeType: 'updated',
      notificationUrl: notifications.url,
      resource: `/communications/presences/${desk.id}`,
      expirationDateTime: inFuture(desk, firstMs),
      clientState: randomUUID(),
    },
  })
  const subscription = readSubscription(made)
  if (subscription.id === undefined) {
    const documented = isForbidden(made)
      ? '; documented: only with the token of a signed-in person, not of an application'
      : ''
    if (made.kind === 'refused')
      return sheet.answer(5, `none can be made: ${describeRefusal(made)}${documented}`)
    return sheet.leaveOpen(5, `making one went wrong: ${describeRefusal(made)}. Repeat the check`)
  }
  desk.debts.owe({ kind: 'subscription', id: subscription.id })
  const path = `/subscriptions/${encodeURIComponent(subscription.id)}`
  const renewed = await desk.send('renew the subscription', {
    ...{ call: 'subscriptions', method: 'PATCH', path },
    body: { expirationDateTime: inFuture(desk, renewedMs) },
  })
  sheet.answer(5, describeRenewal(subscription.endsAt, renewed))
}

function describeRenewal(formerEnd: number, renewed: GraphReply): string {
  if (renewed.kind !== 'ok') return `no: PATCH is ${describeRefusal(renewed)}`
  const { endsAt } = readSubscription(renewed)
  const minutes = Math.round((endsAt - formerEnd) / 60_000)
  if (minutes > 0) return `yes: PATCH is ${describeRefusal(renewed)} and moves the end by ${minutes} min`
  return `no: PATCH is ${describeRefusal(renewed)}, but the end stays; it must be deleted and made anew`
}

const isForbidden = (reply: GraphReply) => reply.kind === 'refused' && reply.refusal.status === 403

const inFuture = (desk: LiveDesk, ms: number) => new Date(desk.clock.wall() + ms).toISOString()

function readSubscription(reply: GraphReply): { readonly id: string | undefined; readonly endsAt: number } {
  const fields = fieldsOf(reply.kind === 'ok' ? readJson(reply.text) : undefined)
  const end = textOf(fields.expirationDateTime) ?? ''
  // Times without a zone are UTC.
  return { id: textOf(fields.id), endsAt: Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(end) ? end : `${end}Z`) }
}
