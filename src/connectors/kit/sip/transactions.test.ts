import { expect, test } from 'vitest'
import type { WriteGuard } from '../../../core/network.ts'
import { LabClock } from '../../../lab/clock.ts'
import { ConnectionLost, GivenUp, NoAnswer } from './failures.ts'
import { parseMessage } from './parse.ts'
import { Transactions } from './transactions.ts'

function setUp(reliable = false, guard?: WriteGuard) {
  const clock = new LabClock({ running: false })
  const sent: { at: number; text: string; to: unknown }[] = []
  let served = 0
  const transactions = new Transactions({
    ...{ clock, reliable, guard, via: 'SIP/2.0/UDP 127.0.0.1:4000' },
    send: (bytes, to) => void sent.push({ at: clock.monotonic(), text: bytes.toString(), to }),
    onRequest() {
      served += 1
      return { status: 200, reason: 'OK' }
    },
  })
  const request = (writes = false) =>
    transactions.request({
      writes,
      method: 'SUBSCRIBE',
      uri: 'sip:1001@pbx',
      fields: [
        ['From', '<sip:hub@pbx>;tag=a'],
        ['To', '<sip:1001@pbx>'],
        ['Call-ID', 'c1'],
        ['CSeq', '1 SUBSCRIBE'],
      ],
    })
  const receive = (text: string, source?: { address: string; port: number }) => {
    const parsed = parseMessage(Buffer.from(text))
    if (!parsed.ok) throw new Error(parsed.reason)
    transactions.receive(parsed.message, source)
  }
  const answer = (status: string) => {
    const [via, ...rest] = sent[0]!.text.split('\r\n').slice(1)
    receive([`SIP/2.0 ${status}`, via, ...rest].join('\r\n'))
  }
  return { clock, sent, transactions, request, receive, answer, served: () => served }
}

const times = (sent: readonly { at: number }[]) => sent.map(({ at }) => at)

test('timer E doubles up to 4 s and timer F ends after 32 s', async () => {
  const { clock, sent, request } = setUp()
  const failed = expect(request()).rejects.toBeInstanceOf(NoAnswer)
  clock.advance(60_000)
  await failed
  expect(times(sent)).toEqual([0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500])
})

test('a provisional answer slows retransmission down, the final one ends it, a repeated one is absorbed', async () => {
  const { clock, sent, request, answer } = setUp()
  const answered = request()
  clock.advance(500)
  answer('100 Trying')
  clock.advance(8000)
  expect(times(sent)).toEqual([0, 500, 4500, 8500])
  answer('202 Accepted')
  answer('202 Accepted')
  expect((await answered).status).toBe(202)
  clock.advance(60_000)
  expect(sent).toHaveLength(4)
})

test('over TCP nothing is sent twice', async () => {
  const { clock, sent, request } = setUp(true)
  const failed = expect(request()).rejects.toBeInstanceOf(NoAnswer)
  clock.advance(60_000)
  await failed
  expect(sent).toHaveLength(1)
})

test('of several hubs: a request that writes is repeated while the lease allows it, 3 s at most; a read is not held to it', async () => {
  let shut = false
  const check = () => {
    if (shut) throw new Error('this hub cannot be sure')
  }
  for (const [closesAt, expected, why] of [
    [undefined, [0, 500, 1500], 'SUBSCRIBE was not answered within 3 s.'],
    [1000, [0, 500], 'this hub cannot be sure'],
  ] as const) {
    shut = false
    const { clock, sent, request, transactions } = setUp(false, { check, lifeMs: 3000 })
    const failed = expect(request(true)).rejects.toThrow(new GivenUp(why))
    if (closesAt !== undefined) {
      clock.advance(closesAt)
      shut = true
    }
    clock.advance(60_000)
    await failed
    expect(times(sent)).toEqual(expected)
    transactions.close()
  }
  const { clock, sent, request } = setUp(false, { check, lifeMs: 3000 })
  await expect(async () => request(true)).rejects.toThrow('this hub cannot be sure')
  expect(sent).toHaveLength(0)
  const read = expect(request()).rejects.toBeInstanceOf(NoAnswer)
  clock.advance(60_000)
  await read
  expect(sent).toHaveLength(11)
})

const notify = (via: string) =>
  [
    ...['NOTIFY sip:hub@127.0.0.1:4000 SIP/2.0', `Via: ${via}`, 'From: <sip:1001@pbx>;tag=b'],
    ...['To: <sip:hub@pbx>;tag=a', 'Call-ID: c1', 'CSeq: 5 NOTIFY', 'Content-Length: 0', '', ''],
  ].join('\r\n')

test('a retransmitted request is answered again but served once', () => {
  const { clock, sent, receive, served } = setUp()
  const text = notify('SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bKx;rport')
  const source = { address: '10.0.0.8', port: 5099 }
  receive(text, source)
  receive(text, source)
  expect(served()).toBe(1)
  expect(sent).toHaveLength(2)
  expect(sent[0]!.text).toBe(sent[1]!.text)
  // RFC 3581: the answer goes to where the request came from, and says so.
  expect(sent[0]!.to).toEqual(source)
  expect(sent[0]!.text).toContain(';received=10.0.0.8;rport=5099')
  clock.advance(32_000)
  receive(text, source)
  expect(served()).toBe(2)
})

test('without rport the answer goes to the port of Via', () => {
  const { sent, receive } = setUp()
  receive(notify('SIP/2.0/UDP 10.0.0.9:5070;branch=z9hG4bKx'), { address: '10.0.0.8', port: 5099 })
  expect(sent[0]!.to).toEqual({ address: '10.0.0.8', port: 5070 })
})

test('what is pending fails when the wire goes down', async () => {
  const { transactions, request, clock } = setUp()
  const failed = expect(request()).rejects.toBeInstanceOf(ConnectionLost)
  transactions.close()
  await failed
  clock.advance(60_000)
})
