import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SipConfig } from '../../src/connectors/sip/config.ts'
import { sip } from '../../src/connectors/sip/definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, type Presence } from '../../src/core/presence.ts'
import { type Baresip, startBaresip } from './support/baresip.ts'
import { until } from './support/child.ts'
import { findFreePort } from './support/free-port.ts'
import { type Kamailio, passwordOf, startKamailio } from './support/kamailio.ts'
import { createWatcher, startWatcher, type Watcher } from './support/watcher.ts'

let kamailio: Kamailio
let softphone: Baresip
const watchers: Watcher[] = []

beforeAll(async () => {
  kamailio = await startKamailio(undefined, undefined, { keepsPublications: true })
  softphone = await startBaresip(kamailio.port, '1002', ['1001'])
})
afterEach(async () => {
  for (const each of watchers.splice(0)) await each.instance.stop()
})
afterAll(async () => {
  await softphone?.stop()
  await kamailio?.stop()
})

const settings = () => ({
  ...{ server: `127.0.0.1:${kamailio.port}`, domain: kamailio.domain, username: 'hub', publish: true },
  password: passwordOf('hub'),
})

async function open(config: Partial<SipConfig> = {}) {
  const watcher = await startWatcher(kamailio, ['1001'], { publish: true, events: ['presence'], ...config })
  watchers.push(watcher)
  const publish = (act: Publication['act'], state: Presence, lifeMs = 600_000) =>
    watcher.instance.publish!({
      ...{ id: 'p', address: '1001', slot: 'presence', act, state, refresh: false, lifeMs },
    })
  return { watcher, publish }
}

/** A softphone polls nothing: what it says of its contact came by NOTIFY. */
const shows = (status: string) =>
  until(
    () => softphone.contacts().includes(status),
    () => `the softphone to show ${status}: ${softphone.contacts()}\n${softphone.log()}\n${kamailio.log()}`,
  )

const showsNothing = () =>
  until(
    () => !softphone.contacts().includes('Busy'),
    () => `Busy to go: ${softphone.contacts()}\n${softphone.log()}\n${kamailio.log()}`,
  )

test.each(['udp', 'tcp', 'tls'] as const)(
  'a state is published at a real Kamailio over %s, seen by a softphone that watches, changed and taken back',
  async (transport) => {
    const { publish, watcher } = await open({
      transport,
      ...(transport === 'tls' && { server: `localhost:${kamailio.tlsPort}`, caFile: kamailio.caFile }),
    })
    for (const [state, status] of [
      [IN_A_CALL, 'Busy'],
      [AVAILABLE, 'Online'],
      [AWAY, 'Offline'],
      [DO_NOT_DISTURB, 'Busy'],
    ] as const) {
      expect((await publish('assert', state)).kind).toBe('applied')
      expect((await publish('assert', state)).kind).toBe('applied')
      await shows(status)
    }
    expect((await publish('withdraw', AVAILABLE)).kind).toBe('applied')
    await showsNothing()
    expect((await publish('withdraw', AVAILABLE)).kind).toBe('unchanged')
    expect(watcher.recording.counted('sip_malformed')).toBe(0)
  },
)

test('a state of ours is no news of the phone: the connector that watches the same extension does not take it for a call', async () => {
  const { publish, watcher } = await open()
  expect((await publish('assert', IN_A_CALL)).kind).toBe('applied')
  await shows('Busy')
  expect(watcher.story('1001')).toEqual([''])
  await publish('withdraw', AVAILABLE)
  await showsNothing()
})

test('check asks whether it may publish, and leaves nobody changed', async () => {
  const { recording } = createWatcher(settings())
  const findings = await sip.check({ ...settings(), probe: '1001' }, recording.context)
  expect(findings.map(({ level, text }) => `${level}: ${text}`)).toContain(
    'ok: States may be published for extension 1001 (PUBLISH).',
  )
})

test('proofs by SHA-256, where a Kamailio asks for them', async () => {
  const strict = await startKamailio(20, findFreePort, { digest: 'SHA-256' })
  try {
    const watcher = await startWatcher(strict, ['1001'], { publish: true, events: ['presence'] })
    watchers.push(watcher)
    const outcome = await watcher.instance.publish!({
      ...{ id: 'p', address: '1001', slot: 'presence', act: 'assert', state: IN_A_CALL },
      ...{ refresh: false, lifeMs: 600_000 },
    })
    expect(outcome.kind).toBe('applied')
  } finally {
    for (const each of watchers.splice(0)) await each.instance.stop()
    await strict.stop()
  }
})
