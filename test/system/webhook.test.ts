import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, test } from 'vitest'
import type { WebhookConfig } from '../../src/connectors/webhooks/config.ts'
import { webhook } from '../../src/connectors/webhooks/definition.ts'
import type { ConnectorInstance, Publication } from '../../src/core/connector.ts'
import { AVAILABLE, BUSY, IN_A_CALL, OFFLINE } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { inMemory, recordingContext } from '../contract/context.ts'
import { until } from './support/child.ts'
import { anna, ben, secret, startCentre, startDoor, states } from './webhook-world.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A connector that only takes deliveries, on a clock that stands still, with a sender that signs as the library does. */
async function listen(config: WebhookConfig = { secrets: [secret], states }, memory = inMemory()) {
  const clock = new LabClock({ running: false, wallStart: Date.now() })
  const recording = recordingContext({ clock, memory })
  const instance = webhook.create(config, recording.context)
  closers.push(() => instance.stop())
  await instance.start([anna])
  let id = 0
  const deliver = async (
    body: unknown,
    options: { headers?: Record<string, string>; id?: string; secret?: string } = {},
  ) => {
    id += 1
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const name = options.id ?? `msg_${id}`
    const now = new Date(clock.wall())
    const signer = new Webhook(options.secret ?? secret, { format: 'raw' })
    const headers = options.headers ?? {
      'webhook-id': name,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signer.sign(name, now, text),
    }
    const delivery = { method: 'POST', path: '', query: {}, headers, body: Buffer.from(text) } as const
    return (await instance.receive!(delivery)).status
  }
  const shown = (address = anna) => recording.feeds.presence(address)
  return { clock, recording, instance, deliver, shown, memory, config }
}

const talking = { person: anna, state: 'Talking' }

describe('deliveries', () => {
  test('a state lasts its time, is prolonged, and ends', async () => {
    const { deliver, shown, clock } = await listen({ secrets: [secret], states, seconds: 60 })
    expect(await deliver(talking)).toBe(204)
    expect(shown()).toEqual(IN_A_CALL)
    clock.advance(50_000)
    await deliver(talking)
    clock.advance(50_000)
    expect(shown()).toEqual(IN_A_CALL)
    clock.advance(10_000)
    expect(shown()).toBeUndefined()
    await deliver({ ...talking, seconds: 5 })
    clock.advance(5_000)
    expect(shown()).toBeUndefined()
  })

  test('wrap-up follows a call that ends or runs out, and gives way to the next state', async () => {
    const { deliver, shown, clock } = await listen({
      ...{ secrets: [secret], states: { ...states, Idle: 'end' }, seconds: 60 },
      wrapUp: { after: ['busy/inACall'], state: 'busy/busy', seconds: 30 },
    })
    await deliver(talking)
    await deliver({ person: anna, state: 'idle' })
    expect(shown()).toEqual(BUSY)
    clock.advance(30_000)
    expect(shown()).toBeUndefined()
    await deliver(talking)
    clock.advance(60_000)
    expect(shown()).toEqual(BUSY)
    await deliver({ person: anna, state: 'Ready' })
    expect(shown()).toEqual(AVAILABLE)
    await deliver({ person: anna, state: 'Idle' })
    expect(shown()).toBeUndefined()
  })

  test('signed out is more than offline; an unknown word says nothing and is counted', async () => {
    const { deliver, recording, instance, shown } = await listen()
    await deliver({ person: anna.toUpperCase(), state: 'Logged out' })
    const facets = () => recording.feeds.observations(anna).map(({ facet }) => facet)
    expect(facets()).toEqual([{ kind: 'presence', state: OFFLINE, chosen: 'no', absent: 'signedOut' }])
    expect(await deliver({ person: anna, state: 'Dancing' })).toBe(204)
    expect(shown()).toEqual(OFFLINE)
    expect(instance.unknownValues!()).toMatchObject([{ field: '/state', value: 'Dancing', count: 1 }])
  })

  test('what is not proved is refused, without a trace of secrets, and shown while nothing good ever came', async () => {
    const { deliver, shown, recording, clock } = await listen()
    expect(await deliver(talking, { secret: 'another-secret-of-16-or-more' })).toBe(401)
    expect(await deliver(talking, { headers: {} })).toBe(401)
    expect(recording.health()).toMatchObject({ state: 'degraded', fix: expect.any(String) })
    expect(await deliver(talking)).toBe(204)
    expect(recording.health()?.state).toBe('up')
    expect(await deliver(talking, { headers: {} })).toBe(401)
    expect(recording.health()?.state).toBe('up')
    const old = new Date(clock.wall() - 6 * 60_000)
    const text = JSON.stringify({ person: anna, state: 'Ready' })
    const headers = {
      'webhook-id': 'msg_old',
      'webhook-timestamp': String(Math.floor(old.getTime() / 1000)),
      'webhook-signature': new Webhook(secret, { format: 'raw' }).sign('msg_old', old, text),
    }
    expect(await deliver(text, { headers })).toBe(401)
    expect(shown()).toEqual(IN_A_CALL)
    expect(recording.said()).not.toContain(secret)
  })

  test('the same delivery again changes nothing, nor does one that comes too late', async () => {
    const { deliver, shown } = await listen({ secrets: [secret], states, orderAt: '/at' })
    await deliver({ ...talking, at: 1000 }, { id: 'msg_a' })
    await deliver({ person: anna, state: 'Ready', at: 2000 }, { id: 'msg_b' })
    expect(await deliver({ ...talking, at: 3000 }, { id: 'msg_a' })).toBe(204)
    expect(shown()).toEqual(AVAILABLE)
    await deliver({ ...talking, at: 1500 })
    expect(shown()).toEqual(AVAILABLE)
  })

  test('a secret in a header is enough where it was so chosen', async () => {
    const { deliver, shown } = await listen({
      ...{ secrets: ['former-secret-of-16', secret], proof: 'header', secretHeader: 'Authorization', states },
    })
    expect(await deliver(talking, { headers: { authorization: 'Bearer wrong-secret-of-16' } })).toBe(401)
    expect(await deliver(talking, { headers: { authorization: `Bearer ${secret}` } })).toBe(204)
    expect(shown()).toEqual(IN_A_CALL)
  })

  test('what was said outlives a restart, with its end; who was named by mail is known', async () => {
    const first = await listen()
    await first.deliver({ ...talking, seconds: 600 })
    await first.deliver({ person: ben, state: 'Ready' })
    await first.deliver({ person: '7001', state: 'Ready' })
    await first.instance.stop()
    const second = await listen(first.config, first.memory)
    expect(second.shown()).toEqual(IN_A_CALL)
    expect((await second.instance.directory!()).map(({ address }) => address)).toEqual([anna, ben])
    second.instance.follow([anna, ben])
    await until(() => second.shown(ben) === AVAILABLE, 'who is followed later')
  })

  test('a store that fails makes the sender come again', async () => {
    const memory = inMemory()
    const broken = { ...memory, set: () => Promise.reject(new Error('disk full')) }
    const { deliver } = await listen({ secrets: [secret], states }, broken)
    expect(await deliver(talking)).toBe(503)
  })
})

const publication = (more: Partial<Publication> = {}): Publication => ({
  ...{ id: 'p1', address: anna, slot: 'presence', act: 'assert', state: IN_A_CALL, refresh: false, ...more },
})

async function startTarget(change: Partial<WebhookConfig> = {}) {
  const { centre, config, faults, requests, shown } = await startCentre()
  closers.push(() => centre.stop())
  const door = await startDoor()
  closers.push(() => door.stop())
  const { context, ...recording } = recordingContext()
  const whole = { ...config, ...change }
  const withDoor = { ...context, callbackUrl: () => door.url }
  const instance: ConnectorInstance = webhook.create(whole, withDoor)
  closers.push(() => instance.stop())
  const check = () => webhook.check(whole, withDoor)
  return { centre, faults, requests, shown, door, recording, instance, check }
}

describe('a target', () => {
  test('that says wait, breaks or keeps silent is told as such', async () => {
    const { instance, faults, shown, requests } = await startTarget()
    await instance.start([anna])
    await until(() => requests.since(0)[0]?.status === 204, 'the first sign of life')
    faults.add({ target: 'webhook', kind: 'status', status: 429, retryAfter: 7, count: 1 })
    expect(await instance.publish!(publication())).toMatchObject({ kind: 'deferred', retryAfterMs: 7000 })
    faults.add({ target: 'webhook', kind: 'status', status: 500, count: 1 })
    expect(await instance.publish!(publication())).toMatchObject({ kind: 'failed' })
    faults.add({ target: 'webhook', kind: 'drop', when: 'after', count: 1 })
    expect(await instance.publish!(publication())).toMatchObject({ kind: 'failed' })
    expect(shown(anna)).toEqual(IN_A_CALL)
    expect(await instance.publish!(publication({ act: 'withdraw', state: AVAILABLE }))).toMatchObject({
      kind: 'applied',
    })
    expect(shown(anna)).toEqual(AVAILABLE)
  })

  test('is told when to drop what it was told, where it was so chosen', async () => {
    const { instance, centre } = await startTarget({ targetSeconds: 600 })
    await instance.start([anna])
    await instance.publish!(publication({ lifeMs: 600_000 }))
    expect(centre.agents.told(anna)?.until).toBeGreaterThan(Date.now() + 500_000)
  })

  test('that does not know our secret is found by check and told as health, without a storm', async () => {
    const { instance, check, centre, recording } = await startTarget({
      targetSecrets: ['not-the-secret-of-the-centre'],
    })
    await instance.start([anna])
    await until(() => recording.health()?.state === 'degraded', 'health to tell it')
    expect(recording.health()).toMatchObject({ failure: 'auth-failed', fix: expect.any(String) })
    expect(centre.badSignatures()).toBeLessThanOrEqual(2)
    expect(await check()).toMatchObject([
      { level: 'ok' },
      { level: 'error', text: expect.stringContaining('401'), fix: expect.any(String) },
    ])
    expect(recording.said()).not.toContain('not-the-secret')
  })

  test('that is not there at the start is asked again, and deliveries are taken meanwhile', async () => {
    const { instance, faults, recording, door, centre } = await startTarget()
    door.serve(instance)
    faults.add({ target: 'webhook', kind: 'refuse', count: 1 })
    centre.sender.aim(door.url)
    await instance.start([anna])
    await until(() => recording.health()?.state === 'degraded', 'the target to be missed')
    centre.agents.pick(anna, 'Talking')
    await until(() => recording.feeds.presence(anna) === IN_A_CALL, 'the delivery')
    await until(() => recording.health()?.state === 'up', 'the target to be found')
  })

  test.each([
    [{}, 'Neither secrets nor targetUrl'],
    [{ targetUrl: 'https://crm.example/in' }, 'targetSecrets is missing'],
    [{ targetUrl: 'http://crm.example/in', targetSecrets: [secret] }, 'unencrypted'],
  ] as const)('is found to be misconfigured: %#', async (config, text) => {
    const { context } = recordingContext()
    const findings = await webhook.check(config as WebhookConfig, context)
    expect(findings).toMatchObject([
      { level: 'error', text: expect.stringContaining(text), fix: expect.any(String) },
    ])
    const instance = webhook.create(config as WebhookConfig, context)
    await expect(instance.start([])).rejects.toMatchObject({ kind: 'misconfigured' })
    await instance.stop()
  })
})
