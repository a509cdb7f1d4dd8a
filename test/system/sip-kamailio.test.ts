import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { until } from './support/child.ts'
import { type Kamailio, startKamailio } from './support/kamailio.ts'
import { registerPhone, startSipp } from './support/sipp.ts'
import { startWatcher, type Watcher } from './support/watcher.ts'

let kamailio: Kamailio
const watchers: Watcher[] = []

beforeAll(async () => {
  kamailio = await startKamailio()
})
afterEach(async () => {
  for (const each of watchers.splice(0)) await each.instance.stop()
})
afterAll(() => kamailio?.stop())

async function watch(
  ...args: Parameters<typeof startWatcher> extends [unknown, ...infer Rest] ? Rest : never
) {
  const watcher = await startWatcher(kamailio, ...args)
  watchers.push(watcher)
  return watcher
}

describe.each(['udp', 'tcp', 'tls'] as const)('a real Kamailio over %s', (transport) => {
  const way = () => ({
    transport,
    ...(transport === 'tls' ? { server: `localhost:${kamailio.tlsPort}`, caFile: kamailio.caFile } : {}),
  })

  test('SW-05: a call between two real phones is seen at both: ringing, talking, ended', async () => {
    const watcher = await watch(['1001', '1002'], way())
    expect(watcher.recording.health()?.state).toBe('up')
    const port = await registerPhone(kamailio.port, '1001')
    const callee = await startSipp({
      scenario: 'answer',
      pbx: kamailio.port,
      extension: '1001',
      port,
      pauseMs: 200,
    })
    const caller = await startSipp({
      scenario: 'call',
      pbx: kamailio.port,
      extension: '1002',
      to: '1001',
      pauseMs: 150,
    })
    expect(await caller.ended, caller.output()).toBe(0)
    expect(await callee.ended, callee.output()).toBe(0)
    for (const address of ['1001', '1002']) {
      await until(
        () => watcher.story(address).at(-1) === '' && watcher.story(address).length > 1,
        () => `the end of the call at ${address}: ${watcher.story(address)}\n${kamailio.log()}`,
      )
    }
    // Hold and resume pass through the proxy unseen; what matters is that they do not look like an end.
    expect(watcher.story('1001')).toEqual(['', 'early', 'confirmed', ''])
    expect(watcher.story('1002').slice(-3)).toEqual(['early', 'confirmed', ''])
    const [leg] = watcher.legs('1001')
    expect(leg).toMatchObject({ direction: 'inbound', party: 'internal', evidence: 'call' })
    expect(watcher.legs('1002')[0]).toMatchObject({ direction: 'outbound', party: 'internal' })
    expect(watcher.recording.counted('sip_malformed')).toBe(0)
    expect(watcher.recording.feeds.violations).toEqual([])
  })

  test('a phone that publishes its dialogs: ringing, talking, held, talking, ended', async () => {
    const watcher = await watch(['1003'], way())
    const phone = await startSipp({
      scenario: 'publish',
      pbx: kamailio.port,
      extension: '1003',
      pauseMs: 100,
    })
    expect(await phone.ended, phone.output()).toBe(0)
    await until(
      () => watcher.story('1003').length >= 6,
      () => `the story: ${watcher.story('1003')}`,
    )
    expect(watcher.story('1003')).toEqual(['', 'early', 'confirmed', 'held', 'confirmed', ''])
    expect(watcher.legs('1003')[0]).toMatchObject({ party: 'external', evidence: 'call' })
  })
})
