import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Baresip, startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { type Kamailio, startKamailio } from './support/kamailio.ts'
import { startUdpProxy, type UdpProxy } from './support/udp-proxy.ts'
import { startWatcher, type Watcher } from './support/watcher.ts'

let kamailio: Kamailio
let anna: Baresip
let ben: Baresip
const cleanups: (() => Promise<void>)[] = []

beforeAll(async () => {
  // A publication has to last longer than a restart on a busy machine.
  kamailio = await startKamailio(30, undefined, { keepsPublications: true })
})
beforeEach(async () => {
  // A restart of Kamailio forgets registrations.
  anna = await startBaresip(kamailio.port, '1001')
  ben = await startBaresip(kamailio.port, '1002')
  cleanups.push(anna.stop, ben.stop)
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})
afterAll(() => kamailio?.stop())

async function watch(...args: Parameters<typeof startWatcher>): Promise<Watcher> {
  const watcher = await startWatcher(...args)
  cleanups.push(() => watcher.instance.stop())
  return watcher
}

async function openProxy(): Promise<UdpProxy> {
  const proxy = await startUdpProxy(kamailio.port)
  cleanups.push(() => proxy.stop())
  return proxy
}

function statesOf(watcher: Watcher, address = '1002'): string {
  return watcher.recording.feeds
    .dialogs(address)
    .map((each) => each.state)
    .join()
}

const waitFor = (watcher: Watcher, wanted: string) =>
  until(
    () => statesOf(watcher) === wanted,
    () =>
      `1002 to be "${wanted}", it is "${statesOf(watcher)}"\n${watcher.recording.said()}\n${kamailio.log()}`,
  )

async function callBen(watcher: Watcher): Promise<void> {
  const rung = ben.events.length
  await anna.command('dial', 'sip:1002@pbx.test')
  await until(() => ben.events.slice(rung).includes('CALL_INCOMING'), 'the phone to ring')
  await waitFor(watcher, 'early')
  await ben.command('accept')
  await waitFor(watcher, 'confirmed')
}

const isEnd = (text: string) => text.startsWith('NOTIFY') && text.includes('<state>terminated</state>')
const cseqOf = (text: string) => Number(/CSeq: (\d+) NOTIFY/.exec(text)?.[1])

test('a lost "terminated" is made good by its retransmission', async () => {
  const proxy = await openProxy()
  const watcher = await watch({ port: proxy.port, domain: 'pbx.test' }, ['1002'])
  await callBen(watcher)
  proxy.fate = (text) => (isEnd(text) && proxy.caught.length === 0 ? 'drop' : 'pass')
  await anna.command('hangup')
  await waitFor(watcher, '')
  expect(proxy.caught).toHaveLength(1)
})

test('a "terminated" that never arrives is made good by the next refresh', async () => {
  const proxy = await openProxy()
  const watcher = await watch({ port: proxy.port, domain: 'pbx.test' }, ['1002'], { expires: 6 })
  await callBen(watcher)
  let lost: number | undefined
  proxy.fate = (text) => {
    if (isEnd(text)) lost ??= cseqOf(text)
    return isEnd(text) && cseqOf(text) === lost ? 'drop' : 'pass'
  }
  await anna.command('hangup')
  await until(() => proxy.caught.length > 0, 'the end to be dropped')
  expect(statesOf(watcher)).toBe('confirmed')
  await waitFor(watcher, '')
  expect(watcher.recording.feeds.violations).toEqual([])
})

test('an older state that arrives late does not come back', async () => {
  const proxy = await openProxy()
  const watcher = await watch({ port: proxy.port, domain: 'pbx.test' }, ['1002'])
  await callBen(watcher)
  const late = (text: string) =>
    text.startsWith('NOTIFY') &&
    text.includes('<state>confirmed</state>') &&
    text.includes('direction="recipient"')
  await anna.command('hangup')
  await waitFor(watcher, '')

  proxy.fate = (text) => (late(text) ? 'delay' : 'pass')
  const rung = ben.events.length
  await anna.command('dial', 'sip:1002@pbx.test')
  await until(() => ben.events.slice(rung).includes('CALL_INCOMING'), 'the phone to ring')
  await ben.command('accept')
  await until(() => proxy.caught.some(late), 'the answer to be delayed')
  await anna.command('hangup')
  await waitFor(watcher, '')
  const story = watcher.story('1002')
  expect(story.at(-1)).toBe('')

  proxy.fate = () => 'pass'
  await callBen(watcher)
  await anna.command('hangup')
  await waitFor(watcher, '')
  expect(watcher.recording.feeds.violations).toEqual([])
})

test.each(['tcp', 'udp'] as const)(
  'Kamailio restarts in mid-call (%s): lost, never free, then heard again',
  async (transport) => {
    const watcher = await watch(kamailio, ['1002'], { transport, keepAlive: 1 })
    const { recording } = watcher
    await callBen(watcher)
    const before = recording.feeds.events.length
    await kamailio.kill()
    await until(() => recording.health()?.state === 'degraded', 'the loss to be noticed')
    await until(() => recording.feeds.feeds.get('dialog:1002')?.lost, 'the feed to be lost')
    expect(statesOf(watcher)).toBe('confirmed')
    await kamailio.start()
    await until(
      () => recording.health()?.state === 'up',
      () => `health to come back\n${recording.said()}`,
    )
    expect(recording.feeds.feeds.get('dialog:1002')?.lost).toBe(false)
    const since = recording.feeds.events.slice(before)
    const [first] = since.filter((event) => event.type === 'snapshot')
    expect(first?.type === 'snapshot' ? first.observations : []).toMatchObject([
      { facet: { state: 'confirmed' } },
    ])
    // The publication outlived Kamailio in its database; the dialog behind it did not: its end is seen when that runs out.
    await anna.command('hangup')
    await ben.command('hangup')
    await waitFor(watcher, '')
    expect(recording.feeds.violations).toEqual([])
  },
)
