import { expect, test } from 'vitest'
import { CallBook } from '../../src/connectors/netsapiens/call-book.ts'
import { partyOf } from '../../src/connectors/netsapiens/calls.ts'
import { decodePost } from '../../src/connectors/netsapiens/events.ts'
import type { Delivery } from '../../src/core/connector.ts'
import { withHooks } from './netsapiens-world.ts'
import { readSamples, strangeIn } from './support/sample.ts'

type Posted = Readonly<Record<string, unknown>>

const bodyOf = (file: string) => readSamples(file).body as readonly Posted[]
const call = bodyOf('netsapiens-webhook-call.json')
const lesser = bodyOf('netsapiens-webhook-call_origid.json')

function decode(posted: readonly Posted[]) {
  const words: string[] = []
  const events = decodePost(Buffer.from(JSON.stringify(posted)), ({ value }) => words.push(value))
  expect(words).toEqual([])
  return events.map((event) => {
    if (event.kind !== 'call') throw new Error(`A call became ${event.kind}`)
    return event.call
  })
}

test('the captured post of model call: an own call to outside that was answered and has ended', () => {
  const [read] = decode(call)
  expect(read).toMatchObject({
    ...{ origId: '0_1063160652@192.0.2.127', termId: '20220119004825004745-8d8a' },
    orig: { user: '1110', domain: 'acme', type: 'device', info: 'active' },
    term: { user: '', domain: '*', type: 'gateway', info: 'active' },
    ...{ answered: true, removed: true, caller: '5550102005', dialled: '5550107417', throughQueue: false },
  })
  expect(partyOf(read!.term, 'acme')).toBe('external')
})

test.each([
  ['call', 'external', call],
  // Which has nothing of the called side by which it could be told; the hub does not subscribe to it.
  ['call_origid', 'unknown', lesser],
] as const)(
  'the post of model %s is one leg with a party that is %s, and none once it is removed',
  (_model, party, posted) => {
    const words: string[] = []
    const book = new CallBook('acme', ({ value }) => words.push(value))
    const [up] = decode(posted.map(({ remove: _remove, ...rest }) => rest))
    book.hear(up!, 0)
    expect(book.legs('1110')).toMatchObject([
      { state: 'confirmed', direction: 'outbound', party, evidence: 'call' },
    ])
    const [over] = decode(posted)
    book.hear(over!, 1)
    expect([book.legs('1110'), words]).toEqual([[], []])
  },
)

test('what the emulator posts is a list of documents with the fields of the captured one, no more and no less', async () => {
  const { instance, phones, legs, until, platform } = await withHooks({ pushEveryMs: 5 })
  const posts: Posted[] = []
  const { receive } = instance
  instance.receive = async (delivery: Delivery) => {
    posts.push(...(JSON.parse(Buffer.from(delivery.body).toString('utf8')) as Posted[]))
    return receive!.call(instance, delivery)
  }
  await instance.start(['1001', '1002'])
  phones.start({ extension: '1001', to: '+14255550100' })
  await until(() => legs('1001') === 'confirmed outbound external', 'the call')
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the end')
  const told = posts.filter((each) => 'orig_callid' in each)
  expect(told.map(({ remove }) => remove)).toContain('yes')
  for (const each of told) {
    expect(strangeIn([each], call), JSON.stringify(each)).toEqual([])
    // Only a call that is over says so.
    expect(strangeIn(call[0], { remove: '', ...each }), JSON.stringify(each)).toEqual([])
  }
  await platform.stop()
})
