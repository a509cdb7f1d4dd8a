import { describe, expect, test } from 'vitest'
import type { SipResponse } from '../kit/sip/message.ts'
import type { AgentRequest } from '../kit/sip/user-agent.ts'
import { EventState, type Kept } from './event-state.ts'
import { pidfType } from './presence-document.ts'

const answer = (status: number, ...fields: readonly (readonly [string, string])[]): SipResponse => ({
  ...{ kind: 'response', status, reason: 'x', body: Buffer.alloc(0) },
  headers: fields.map(([name, value]) => ({ name, value })),
})
const granted = (etag: string, expires = 600) => answer(200, ['sip-etag', etag], ['expires', String(expires)])
const body = (text: string) => ({ type: pidfType, text })

function open(answers: readonly SipResponse[], kept?: Kept) {
  const sent: { etag: string | undefined; expires: string; text: string | undefined }[] = []
  const left = [...answers]
  const time = { now: 1_000 }
  const state = new EventState({
    ...{ event: 'presence', target: 'sip:1001@pbx.test', publisher: 'sip:hub@pbx.test', kept },
    wall: () => time.now,
    async request({ fields, body: sentBody }: AgentRequest) {
      const field = (name: string) => fields.find(([each]) => each === name)?.[1]
      sent.push({ etag: field('SIP-If-Match'), expires: field('Expires')!, text: sentBody?.text })
      return left.shift()!
    },
  })
  return { state, sent, time }
}

describe('an event state (RFC 3903)', () => {
  test('made without a tag, refreshed without a body, changed with one, removed with expiry 0', async () => {
    const { state, sent } = open([granted('a'), granted('b'), granted('c'), granted('d', 0)])
    await state.publish(body('one'), 600)
    await state.publish(body('one'), 600)
    await state.publish(body('two'), 600)
    expect(state.kept?.etag).toBe('c')
    expect((await state.remove())?.status).toBe(200)
    expect(sent).toEqual([
      { etag: undefined, expires: '600', text: 'one' },
      { etag: 'a', expires: '600', text: undefined },
      { etag: 'b', expires: '600', text: 'two' },
      { etag: 'c', expires: '0', text: undefined },
    ])
    expect(state.kept).toBeUndefined()
    expect(await state.remove()).toBeUndefined()
  })

  test('412, the server has forgotten it: said again as a whole', async () => {
    const { state, sent } = open([granted('a'), answer(412), granted('b')])
    await state.publish(body('one'), 600)
    expect((await state.publish(body('one'), 600)).status).toBe(200)
    expect(sent.slice(1)).toEqual([
      { etag: 'a', expires: '600', text: undefined },
      { etag: undefined, expires: '600', text: 'one' },
    ])
    expect(state.kept?.etag).toBe('b')
  })

  test('423: asked for as long as the server wants, and from then on', async () => {
    const { state, sent } = open([answer(423, ['min-expires', '900']), granted('a', 900), granted('b', 900)])
    expect((await state.publish(body('one'), 600)).status).toBe(200)
    await state.publish(body('two'), 600)
    expect(sent.map(({ expires }) => expires)).toEqual(['600', '900', '900'])
  })

  test('a server that answers the same for ever is asked a few times only', async () => {
    const absurd = open([answer(423), answer(423)])
    expect((await absurd.state.publish(body('one'), 600)).status).toBe(423)
    const forgetful = open([answer(412), answer(412)], { etag: 'old', until: 9_000 })
    expect((await forgetful.state.publish(body('one'), 600)).status).toBe(412)
    expect([absurd.sent.length, forgetful.sent.length]).toEqual([1, 2])
  })

  test('what was published before a restart is changed and removed by its tag, unless it has run out', async () => {
    const before = { etag: 'old', until: 9_000 }
    const { state, sent } = open([granted('a'), granted('b', 0)], before)
    await state.publish(body('one'), 600)
    await state.remove()
    expect(sent.map(({ etag }) => etag)).toEqual(['old', 'a'])
    const late = open([granted('n')], before)
    late.time.now = 9_000
    await late.state.publish(body('one'), 600)
    expect(late.sent[0]).toEqual({ etag: undefined, expires: '600', text: 'one' })
  })

  test('an answer without a tag leaves nothing that could be named; refused is refused', async () => {
    const { state } = open([answer(200), answer(403)])
    await state.publish(body('one'), 600)
    expect(state.kept).toBeUndefined()
    expect((await state.publish(body('one'), 600)).status).toBe(403)
  })
})
