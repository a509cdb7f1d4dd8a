import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SipConfig } from '../../src/connectors/sip/config.ts'
import { sip } from '../../src/connectors/sip/definition.ts'
import type { ConnectorInstance, KeyValue, Publication } from '../../src/core/connector.ts'
import type { WriteGuard } from '../../src/core/network.ts'
import { AVAILABLE, AWAY, IN_A_CALL, OFFLINE, type Presence } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { until } from './support/child.ts'
import { openSipLab, type SipLab } from './support/sip-lab.ts'

let world: SipLab
const instances: ConnectorInstance[] = []
beforeEach(async () => {
  world = await openSipLab({ expires: { min: 1, max: 3600 } })
})
afterEach(async () => {
  for (const each of instances.splice(0)) await each.stop()
  await world.stop()
})

function memory(): KeyValue & { readonly size: number } {
  const map = new Map<string, unknown>()
  return {
    get: async (key) => map.get(key),
    set: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
    get size() {
      return map.size
    },
  }
}

async function start(config: Partial<SipConfig> = {}, kept: KeyValue = memory(), writes?: WriteGuard) {
  const recording = recordingContext({ memory: kept })
  const instance = sip.create(
    { ...world.config, publish: true, events: ['presence'], ...config },
    { ...recording.context, network: { ...recording.context.network, ...(writes && { writes }) } },
  )
  instances.push(instance)
  await instance.start(['1001'])
  const publish = (act: Publication['act'], state: Presence, about: Partial<Publication> = {}) =>
    instance.publish!({
      ...{ id: 'p', address: '1001', slot: 'presence', act, state, refresh: false, lifeMs: 600_000 },
      ...about,
    })
  return { recording, instance, publish }
}

const published = () =>
  world.lab.published('1001').map((body) => /rpid:(?!activities)([\w-]+)\//.exec(body)?.[1])

test('another hub sees no call in what this one publishes', async () => {
  const { publish } = await start()
  const other = await world.watch({ events: ['presence'] })
  await publish('assert', IN_A_CALL)
  world.phones.setRegistered('1001', false)
  await until(() => other.recording.feeds.registered('1001') === false, 'the phone to be seen as gone')
  expect(other.legs('1001')).toEqual([])
})

test('a server that has forgotten everything is told again as a whole, once', async () => {
  const { publish } = await start()
  await publish('assert', IN_A_CALL)
  world.lab.forgetPublished()
  expect((await publish('assert', IN_A_CALL, { refresh: true })).kind).toBe('applied')
  expect(published()).toEqual(['on-the-phone'])
})

test('of several hubs: each request of a write is asked for anew, what corrects one and what refreshes too', async () => {
  let checks = 0
  let most = Number.POSITIVE_INFINITY
  const guard: WriteGuard = {
    lifeMs: 3000,
    check() {
      checks += 1
      if (checks > most) throw new Error('this hub cannot be sure')
    },
  }
  const { publish } = await start({}, memory(), guard)
  await publish('assert', IN_A_CALL)
  world.lab.forgetPublished()
  const before = checks
  most = before + 1
  const outcome = await publish('assert', IN_A_CALL, { refresh: true })
  expect(outcome).toEqual({ kind: 'failed', reason: 'this hub cannot be sure' })
  expect([checks, published()]).toEqual([before + 2, []])
  most = Number.POSITIVE_INFINITY
  expect((await publish('assert', IN_A_CALL)).kind).toBe('applied')
})

test('what a former process published is changed and taken back by its tag, not published beside it', async () => {
  const kept = memory()
  const first = await start({}, kept)
  await first.publish('assert', IN_A_CALL)
  await first.instance.stop()
  const second = await start({}, kept)
  expect((await second.publish('assert', AWAY)).kind).toBe('applied')
  expect(published()).toEqual(['away'])
  await second.instance.stop()
  const third = await start({}, kept)
  expect((await third.publish('withdraw', AVAILABLE)).kind).toBe('applied')
  expect([published(), kept.size]).toEqual([[], 0])
})

test('a server that gives less time than is wanted is asked again before it is over', async () => {
  await world.stop()
  world = await openSipLab({ expires: { min: 1, max: 4 } })
  const { publish } = await start()
  await publish('assert', IN_A_CALL)
  const before = world.lab.requests()
  await until(() => world.lab.requests() >= before + 3, 'refreshes')
  expect(published()).toEqual(['on-the-phone'])
})

test('a time that is too short is corrected (423)', async () => {
  await world.stop()
  world = await openSipLab({ expires: { min: 900, max: 3600 } })
  const { publish } = await start()
  expect((await publish('assert', IN_A_CALL)).kind).toBe('applied')
  expect(published()).toEqual(['on-the-phone'])
})

test.each([
  ['403 Forbidden', 'rejected'],
  ['405 Method Not Allowed', 'rejected'],
  ['489 Bad Event', 'rejected'],
  ['500 Server Error', 'failed'],
  ['503 Service Unavailable', 'deferred'],
])('PUBLISH answered with %s is %s', async (status, kind) => {
  const { publish } = await start()
  world.lab.disturbances.refuse({ status, event: 'publish' })
  expect((await publish('assert', IN_A_CALL)).kind).toBe(kind)
  expect(published()).toEqual([])
})

test('what is no state of SIP is refused; without publish there is nothing to write', async () => {
  const { publish } = await start()
  expect((await publish('assert', OFFLINE)).kind).toBe('rejected')
  expect(sip.writes(world.config)).toEqual([])
  expect(sip.writes({ ...world.config, publish: true, expires: 300 })[0]?.expiry).toEqual({
    ...{ kind: 'native', lifeMs: 300_000 },
  })
})

test('check says where PUBLISH is not taken', async () => {
  expect(await world.findings({ publish: true })).toContain(
    'ok: States may be published for extension 1001 (PUBLISH).',
  )
  expect((await world.findings({ publish: true, probe: 'hookswitch' })).at(-1)).toMatch(
    /^info: Publishing was not tried: "hookswitch" is no extension itself \(404\)\. \[Set probe/,
  )
  world.lab.disturbances.refuse({ status: '405 Method Not Allowed', event: 'publish' })
  expect((await world.findings({ publish: true })).join()).toContain(
    'error: The server takes no PUBLISH for extension 1001: 405 Method Not Allowed',
  )
})
