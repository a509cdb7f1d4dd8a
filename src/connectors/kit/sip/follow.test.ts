import { expect, test } from 'vitest'
import type { FeedEvent } from '../../../core/observation.ts'
import { LabClock } from '../../../lab/clock.ts'
import type { EventPackage } from './event-package.ts'
import { Follow } from './follow.ts'
import type { SipRequest } from './message.ts'
import type { AgentRequest } from './user-agent.ts'

/** A package that takes every document; `adds` to what another one says, or stands alone. */
const eventPackage = (adds: boolean): EventPackage => ({
  ...{ event: 'lamp', accept: 'text/lamp', otherwise: 'Switch it on.', adds: () => adds },
  open: () => ({ take: () => 'taken', clear: () => {}, facets: () => [] }),
})

/** One package of an extension, heard once; the server then refuses to go on. */
async function refusedLater(adds: boolean): Promise<readonly FeedEvent[]> {
  const clock = new LabClock({ running: false })
  const events: FeedEvent[] = []
  const sent: AgentRequest[] = []
  const header = (name: string, value: string) => ({ name, value })
  const follow = new Follow(eventPackage(adds), '1001', {
    clock,
    ...{ domain: 'pbx', subscriber: 'sip:hub@pbx', expires: 600 },
    request: async (request) => {
      request.cseq()
      sent.push(request)
      const status = sent.length === 1 ? 200 : 403
      const headers = [header('to', '<sip:1001@pbx>;tag=srv'), header('expires', '600')]
      return { kind: 'response', status, reason: '', headers, body: Buffer.alloc(0) }
    },
    emit: (one) => events.push(one),
    onMalformed: () => {},
    onState: () => {},
    onUnsupported: () => {},
    onDialog: () => {},
  })
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  follow.start()
  await settle()
  const { from, callId } = sent[0]!
  const notify: SipRequest = {
    ...{ kind: 'request', method: 'NOTIFY', uri: 'sip:hub@10.0.0.1', body: Buffer.from('lit') },
    headers: Object.entries({
      from: '<sip:1001@pbx>;tag=srv',
      to: from,
      'call-id': callId,
      cseq: '1 NOTIFY',
      event: 'lamp',
      'subscription-state': 'active;expires=600',
    }).map(([name, value]) => header(name, value)),
  }
  expect(follow.takeNotify(notify).status).toBe(200)
  follow.resync()
  await settle()
  follow.stop()
  return events
}

const types = (events: readonly FeedEvent[]) => events.map(({ type }) => type)

test('G-05: what only adds to something else is over when it is refused later, and makes nothing unsure', async () => {
  expect(types(await refusedLater(true))).toEqual(['opened', 'snapshot', 'ended'])
})

test('G-05: what stands alone is lost when it is refused later', async () => {
  expect(types(await refusedLater(false))).toEqual(['opened', 'snapshot', 'lost'])
})
