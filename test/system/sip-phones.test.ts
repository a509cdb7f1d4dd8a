import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Baresip, startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { type Kamailio, startKamailio } from './support/kamailio.ts'
import { startWatcher } from './support/watcher.ts'

let kamailio: Kamailio
const phones: Baresip[] = []

beforeAll(async () => {
  kamailio = await startKamailio()
})
afterAll(async () => {
  for (const phone of phones) await phone.stop()
  await kamailio?.stop()
})

test('SW-05: two softphones: ringing, talking, held, ended; a second call beside the first one', async () => {
  const watcher = await startWatcher(kamailio, ['1001', '1002', '1003'], { transport: 'tcp' })
  const story = (address: string) => watcher.story(address)
  const states = (address: string) => watcher.recording.feeds.dialogs(address).map((each) => each.state)
  const wait = (address: string, wanted: readonly string[]) =>
    until(
      () => states(address).toSorted().join() === wanted.join(),
      () =>
        `${address} to be ${wanted}; it is ${states(address)}, ${story(address).join(' > ')}\n${kamailio.log()}`,
    )
  const [anna, ben, carl] = await Promise.all(
    ['1001', '1002', '1003'].map((each) => startBaresip(kamailio.port, each)),
  )
  phones.push(anna!, ben!, carl!)

  await anna!.command('dial', 'sip:1002@pbx.test')
  await ben!.heard('CALL_INCOMING')
  await wait('1002', ['early'])
  await wait('1001', ['early'])
  await ben!.command('accept')
  await wait('1002', ['confirmed'])
  await wait('1001', ['confirmed'])

  const offers = () => ben!.events.filter((type) => type === 'CALL_REMOTE_SDP').length
  const before = offers()
  await anna!.command('hold')
  await until(() => offers() > before, 'the hold to reach the other phone')
  await carl!.command('dial', 'sip:1002@pbx.test')
  await wait('1002', ['confirmed', 'early'])
  await wait('1003', ['early'])
  expect(states('1001')).toEqual(['confirmed'])
  await carl!.command('hangup')
  await wait('1003', [])
  await wait('1002', ['confirmed'])

  await anna!.command('resume')
  await anna!.command('hangup')
  await wait('1001', [])
  await wait('1002', [])
  expect(watcher.legs('1002')[0]).toMatchObject({ direction: 'inbound', party: 'internal', evidence: 'call' })
  expect(watcher.recording.feeds.violations).toEqual([])
  await watcher.instance.stop()
})
