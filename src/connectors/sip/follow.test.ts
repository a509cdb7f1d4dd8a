import { expect, test } from 'vitest'
import type { FeedEvent } from '../../core/observation.ts'
import { LabClock } from '../../lab/clock.ts'
import type { SipRequest } from '../kit/sip/message.ts'
import type { AgentRequest } from '../kit/sip/user-agent.ts'
import { Follow } from './follow.ts'
import type { EventName } from './packages.ts'

const bodies: Record<EventName, string> = {
  dialog:
    '<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" state="full" entity="sip:1001@pbx"/>',
  presence:
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:1001@pbx"><tuple id="a"><status><basic>open</basic></status></tuple></presence>',
}

/** One package of an extension, heard once; the server then refuses to go on. */
async function refusedLater(event: EventName, dialogsAreHeard: boolean): Promise<readonly FeedEvent[]> {
  const clock = new LabClock({ running: false })
  const events: FeedEvent[] = []
  const sent: AgentRequest[] = []
  const header = (name: string, value: string) => ({ name, value })
  const follow = new Follow(event, '1001', {
    clock,
    plan: { internalDigits: 5, isExtension: () => true },
    ...{ domain: 'pbx', subscriber: 'sip:hub@pbx', expires: 600 },
    request: async (request) => {
      request.cseq()
      sent.push(request)
      const status = sent.length === 1 ? 200 : 403
      const headers = [header('to', '<sip:1001@pbx>;tag=srv'), header('expires', '600')]
      return { kind: 'response', status, reason: '', headers, body: Buffer.alloc(0) }
    },
    emit: (one) => events.push(one),
    lamp: () => !dialogsAreHeard,
    strange: () => {},
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
    ...{ kind: 'request', method: 'NOTIFY', uri: 'sip:hub@10.0.0.1', body: Buffer.from(bodies[event]) },
    headers: Object.entries({
      from: '<sip:1001@pbx>;tag=srv',
      to: from,
      'call-id': callId,
      cseq: '1 NOTIFY',
      event,
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

test('G-05: presence that is refused later does not make the calls of dialogs unsure', async () => {
  expect(types(await refusedLater('presence', true))).toEqual(['opened', 'snapshot', 'ended'])
})

test('G-05: what calls are heard by is lost when it is refused later', async () => {
  expect(types(await refusedLater('presence', false))).toEqual(['opened', 'snapshot', 'lost'])
  expect(types(await refusedLater('dialog', true))).toEqual(['opened', 'snapshot', 'lost'])
})
