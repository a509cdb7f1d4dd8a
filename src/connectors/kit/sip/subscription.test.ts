import { expect, test } from 'vitest'
import { LabClock } from '../../../lab/clock.ts'
import { NoAnswer } from './failures.ts'
import { parseAddress } from './header-values.ts'
import type { Header, SipRequest, SipResponse } from './message.ts'
import { Subscription } from './subscription.ts'
import type { SubscriptionEnd } from './subscription-end.ts'
import type { AgentRequest } from './user-agent.ts'

type Reply = { status: number; headers?: Record<string, string> } | 'silence'

function headersOf(values: Record<string, string>): readonly Header[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}

/** A subscription, a server that answers as told, and a clock that stands still. */
function setUp(...replies: Reply[]) {
  const clock = new LabClock({ running: false })
  const sent: (AgentRequest & { number: number; expires: number })[] = []
  const grants: number[] = []
  const notified: { text: string; pending: boolean; answer: boolean }[] = []
  const ends: SubscriptionEnd[] = []
  const subscription = new Subscription({
    ...{ clock, event: 'dialog', accept: 'application/dialog-info+xml', expires: 600 },
    ...{ target: 'sip:1001@pbx', subscriber: 'sip:hub@pbx' },
    async request(request, timeoutMs): Promise<SipResponse> {
      const expires = Number(request.fields.find(([name]) => name === 'Expires')?.[1])
      sent.push({ ...request, number: request.cseq(), expires })
      const reply = replies.shift() ?? { status: 200, headers: { expires: String(expires) } }
      if (reply === 'silence') {
        await clock.sleep(timeoutMs)
        throw new NoAnswer('silence')
      }
      const to = `${request.to}${request.to.includes(';tag=') ? '' : ';tag=srv'}`
      const headers = headersOf({ to, contact: '<sip:notifier@10.0.0.9>', ...reply.headers })
      return { kind: 'response', status: reply.status, reason: '', headers, body: Buffer.alloc(0) }
    },
    onGranted: (leaseMs) => grants.push(leaseMs),
    onNotify: ({ body, type: _, ...rest }) => notified.push({ text: body.toString(), ...rest }),
    onEnd: (end) => ends.push(end),
  })
  let cseq = 0
  const notify = (
    state: string,
    more: { body?: string; tag?: string; cseq?: number; event?: string } = {},
  ) => {
    cseq = more.cseq ?? cseq + 1
    const request: SipRequest = {
      ...{ kind: 'request', method: 'NOTIFY', uri: 'sip:hub@10.0.0.1', body: Buffer.from(more.body ?? '') },
      headers: headersOf({
        from: `<sip:1001@pbx>;tag=${more.tag ?? 'srv'}`,
        to: sent[0]!.from,
        'call-id': subscription.callId,
        cseq: `${cseq} NOTIFY`,
        event: more.event ?? 'dialog',
        'subscription-state': state,
        contact: '<sip:notifier@10.0.0.9:5070>',
      }),
    }
    return subscription.takeNotify(request).status
  }
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const start = async () => {
    subscription.start()
    await settle()
  }
  return { clock, subscription, sent, grants, notified, ends, notify, settle, start }
}

test('the dialog goes on in refreshes: tags, target, growing CSeq; refreshed before it runs out', async () => {
  const { clock, sent, grants, notified, ends, notify, settle, start } = setUp({
    status: 200,
    headers: { expires: '100', 'record-route': '<sip:edge;lr>, <sip:core;lr>' },
  })
  await start()
  expect(notify('active;expires=100', { body: '<x/>' })).toBe(200)
  expect(notified).toEqual([{ text: '<x/>', pending: false, answer: true }])
  clock.advance(49_000)
  expect(sent).toHaveLength(1)
  clock.advance(32_000)
  await settle()
  expect(sent).toHaveLength(2)
  const [first, second] = sent
  expect(second).toMatchObject({
    number: 2,
    uri: 'sip:notifier@10.0.0.9:5070',
    from: first!.from,
    to: '<sip:1001@pbx>;tag=srv',
  })
  expect(second!.fields.filter(([name]) => name === 'Route').map(([, value]) => value)).toEqual([
    '<sip:core;lr>',
    '<sip:edge;lr>',
  ])
  expect(grants).toEqual([100_000, 600_000])
  expect(ends).toEqual([])
})

test('a NOTIFY before the 200 makes the dialog, and its tag counts', async () => {
  const { sent, subscription, notify, settle, notified } = setUp({ status: 200, headers: { expires: '300' } })
  subscription.start()
  expect(notify('active;expires=300', { body: 'a', tag: 'early' })).toBe(200)
  await settle()
  subscription.ask()
  await settle()
  expect(parseAddress(sent[1]!.to)?.parameters.get('tag')).toBe('early')
  expect(notified).toHaveLength(1)
})

test('what is not for this dialog is refused: forked, foreign event, out of order', async () => {
  const { notify, start, notified } = setUp()
  await start()
  expect(notify('active', { body: '1', cseq: 10 })).toBe(200)
  expect(notify('active', { body: '2', tag: 'fork', cseq: 11 })).toBe(481)
  expect(notify('active', { body: '3', event: 'presence', cseq: 12 })).toBe(489)
  expect(notify('active', { body: '4', cseq: 9 })).toBe(500)
  expect(notify('active', { body: '5', cseq: 10 })).toBe(500)
  expect(notify('active', { body: '6', cseq: 12 })).toBe(200)
  expect(notified.map(({ text }) => text)).toEqual(['1', '6'])
})

test('423: asked again with the least time the server allows, once', async () => {
  const brief: Reply = { status: 423, headers: { 'min-expires': '1800' } }
  const { sent, ends, start } = setUp(brief)
  await start()
  expect(sent.map(({ expires }) => expires)).toEqual([600, 1800])
  const again = setUp(brief, brief)
  await again.start()
  expect(again.sent).toHaveLength(2)
  expect(again.ends).toMatchObject([{ kind: 'again' }])
  expect(ends).toEqual([])
})

test.each([
  [481, {}, { kind: 'again' }],
  [489, {}, { kind: 'unsupported' }],
  [403, {}, { kind: 'refused' }],
  [404, {}, { kind: 'refused' }],
  [302, {}, { kind: 'refused' }],
  [480, { 'retry-after': '90;duration=3600' }, { kind: 'again', afterMs: 90_000 }],
  [503, { 'retry-after': '7' }, { kind: 'again', afterMs: 7000 }],
  [500, {}, { kind: 'again' }],
] as const)('the first SUBSCRIBE answered with %i', async (status, headers, end) => {
  const { ends, start } = setUp({ status, headers })
  await start()
  expect(ends).toMatchObject([end])
})

test.each([
  ['deactivated', { kind: 'again' }],
  ['timeout', { kind: 'again' }],
  ['deactivated;retry-after=30', { kind: 'again' }],
  ['probation', { kind: 'again', afterMs: 60_000 }],
  ['probation;retry-after=12', { kind: 'again', afterMs: 12_000 }],
  ['giveup', { kind: 'again', afterMs: 30_000 }],
  ['giveup;retry-after=5', { kind: 'again', afterMs: 5000 }],
  ['rejected', { kind: 'refused' }],
  ['noresource', { kind: 'gone' }],
  ['invariant', { kind: 'invariant' }],
  ['something-new;retry-after=3', { kind: 'again', afterMs: 3000 }],
] as const)('terminated;reason=%s', async (reason, end) => {
  const { ends, notify, start, clock, sent } = setUp()
  await start()
  expect(notify(`terminated;reason=${reason}`)).toBe(200)
  expect(ends).toMatchObject([end])
  if (reason.startsWith('deactivated')) expect(ends[0]).not.toHaveProperty('afterMs')
  expect(notify('active')).toBe(481)
  clock.advance(10_000_000)
  expect(sent).toHaveLength(1)
})

test('a refresh that fails for a while leaves the subscription; 481 ends it', async () => {
  const { sent, ends, subscription, clock, settle, start, notify } = setUp(
    { status: 200, headers: { expires: '600' } },
    { status: 503, headers: { 'retry-after': '20' } },
    { status: 200, headers: { expires: '600' } },
    { status: 481 },
  )
  await start()
  notify('active')
  subscription.ask()
  await settle()
  clock.advance(19_000)
  expect(sent).toHaveLength(2)
  clock.advance(1000)
  await settle()
  expect(sent).toHaveLength(3)
  expect(ends).toEqual([])
  subscription.ask()
  await settle()
  expect(ends).toMatchObject([{ kind: 'again', why: '481' }])
})

test('silence ends it: no answer, no NOTIFY after the answer (timer N), no answer to a refresh', async () => {
  const first = setUp('silence')
  await first.start()
  first.clock.advance(32_000)
  await first.settle()
  expect(first.ends).toMatchObject([{ kind: 'unanswered' }])

  const second = setUp()
  await second.start()
  second.clock.advance(32_000)
  expect(second.ends).toMatchObject([{ kind: 'unanswered' }])

  const third = setUp({ status: 200, headers: { expires: '40' } }, 'silence')
  await third.start()
  third.notify('active')
  third.clock.advance(40_000)
  await third.settle()
  expect(third.ends).toMatchObject([{ kind: 'unanswered' }])
})

test('the server may shorten the time in a NOTIFY; pending is told; the farewell asks for 0', async () => {
  const { subscription, notify, notified, sent, clock, settle, start } = setUp()
  await start()
  notify('pending;expires=30')
  expect(notified).toEqual([{ text: '', pending: true, answer: true }])
  expect(subscription.remainingMs()).toBe(30_000)
  clock.advance(25_000)
  await settle()
  expect(sent).toHaveLength(2)
  expect(subscription.farewell()?.fields).toContainEqual(['Expires', '0'])
})

const change = { type: 'text/change', text: 'on' }

test('a change goes with a refresh; one that is refused leaves the subscription, and 481 ends it', async () => {
  const { subscription, notify, sent, ends, clock, settle, start } = setUp(
    { status: 200, headers: { expires: '600' } },
    { status: 403 },
    { status: 200, headers: { expires: '600' } },
    { status: 481 },
  )
  expect(await subscription.change(change)).toBeUndefined()
  await start()
  notify('active')
  expect((await subscription.change(change))?.status).toBe(403)
  expect([sent[1]?.body, sent[1]?.expires, sent[1]?.number]).toEqual([change, 600, 2])
  expect(ends).toEqual([])
  clock.advance(500_000)
  await settle()
  expect([sent.length, sent[2]?.body]).toEqual([3, undefined])
  expect((await subscription.change(change))?.status).toBe(481)
  expect(ends).toMatchObject([{ kind: 'again', why: '481' }])
  expect(await subscription.change(change)).toBeUndefined()
})

test('a change waits for the refresh under way, and its silence is an error', async () => {
  const { subscription, notify, sent, ends, clock, settle, start } = setUp(
    { status: 200, headers: { expires: '600' } },
    { status: 200, headers: { expires: '600' } },
    'silence',
  )
  await start()
  notify('active')
  subscription.ask()
  const changed = subscription.change(change)
  changed.catch(() => {})
  await settle()
  expect(sent.map(({ body }) => body)).toEqual([undefined, undefined, change])
  clock.advance(40_000)
  await expect(changed).rejects.toThrow('silence')
  expect(ends).toMatchObject([{ kind: 'unanswered' }])
})
