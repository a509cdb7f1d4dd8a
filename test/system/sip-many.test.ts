import { afterEach, expect, test } from 'vitest'
import { sip } from '../../src/connectors/sip/definition.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { startSip } from '../../src/lab/sip/server.ts'
import { recordingContext } from '../contract/context.ts'
import { until } from './support/child.ts'
import { startKamailio } from './support/kamailio.ts'
import { startSipp } from './support/sipp.ts'
import { startWatcher } from './support/watcher.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const extensions = Array.from({ length: 2000 }, (_, at) => String(1000 + at))

test.each(['udp', 'tcp'] as const)(
  '2,000 extensions are followed over one %s connection to Kamailio',
  async (transport) => {
    const kamailio = await startKamailio()
    cleanups.push(() => kamailio.stop())
    const watcher = await startWatcher(kamailio, extensions, { transport })
    cleanups.push(() => watcher.instance.stop())
    const { feeds, health } = watcher.recording
    expect(health()).toEqual({ state: 'up' })
    expect([...feeds.feeds.values()].filter((feed) => feed.synced && !feed.lost)).toHaveLength(2000)
    const phone = await startSipp({ scenario: 'publish', pbx: kamailio.port, extension: '2999', pauseMs: 20 })
    expect(await phone.ended, phone.output()).toBe(0)
    await until(() => watcher.story('2999').length >= 6, 'the last one to be heard')
    await watcher.instance.stop()
    expect(watcher.recording.pendingTimers()).toBe(0)
  },
)

test('never more requests in flight than configured, and only one until the password is known to be right', async () => {
  const clock = new LabClock()
  const phones = new Phones(clock)
  const faults = new Faults()
  const requests = new RequestLog(clock)
  for (const extension of extensions.slice(0, 200)) phones.put({ extension, displayName: extension })
  const lab = await startSip({ clock, phones, faults, requests, port: 0 })
  cleanups.push(() => lab.stop())
  faults.add({ target: 'sip', kind: 'slow', ms: 20 })
  let pending = 0
  let most = 0
  const before: number[] = []
  requests.on((request) => {
    if (request.method !== 'SUBSCRIBE') return
    pending += 1
    most = Math.max(most, pending)
    before.push(pending)
    // The answer leaves after the 20 ms of the fault; the next request cannot come before it.
    clock.after(19, () => {
      pending -= 1
    })
  })
  const recording = recordingContext()
  const instance = sip.create(
    {
      ...{ server: lab.address, domain: lab.domain, username: 'hookswitch', password: 'lab-password' },
      inFlight: 8,
    },
    recording.context,
  )
  cleanups.push(() => instance.stop())
  await instance.start(extensions.slice(0, 200))
  expect(recording.health()?.state).toBe('up')
  expect(most).toBe(8)
  // The first question without a proof, and the same with one.
  expect(before.slice(0, 2)).toEqual([1, 1])
  expect(lab.requests()).toBe(201)
})
