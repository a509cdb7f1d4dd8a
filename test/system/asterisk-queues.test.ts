import { afterEach, describe, expect, test, vi } from 'vitest'
import { asteriskQueues } from '../../src/connectors/asterisk/queue-definition.ts'
import type { AnyConnectorDefinition, Publication } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { LabQueues } from '../../src/lab/asterisk/queues.ts'
import { interfaceOf } from '../../src/lab/asterisk/queues.ts'
import { connectorContract } from '../contract/connector.ts'
import { recordingContext } from '../contract/context.ts'
import { startPbx } from './asterisk-world.ts'

const sales = '400'
const support = '401'

/** Anna is in both queues, Ben in one. */
async function openQueues() {
  const world = await startPbx()
  const { queues } = world.ami.pbx
  queues.join(sales, '1001')
  queues.join(support, '1001')
  queues.join(sales, '1002')
  return { ...world, queues }
}

const pausedIn = (queues: LabQueues, extension: string) =>
  queues
    .list()
    .filter(([event]) => event === 'QueueMember')
    .map(([, headers]) => Object.fromEntries(headers))
    .filter(({ Location, Paused }) => Location === interfaceOf({ extension }) && Paused === 1)
    .map(({ Queue, PausedReason }) => `${Queue} ${PausedReason}`.trim())

connectorContract('asterisk-queues', {
  definition: asteriskQueues as unknown as AnyConnectorDefinition,
  async start() {
    const { ami, requests, config, queues, clock } = await openQueues()
    return {
      config,
      secrets: [config.secret, 'not-the-secret'],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => requests.last + ami.connections(),
      connections: () => ami.connections(),
      calls: { absent: 'queues tell who is paused; calls are told by the phone system itself' },
      dnd: { absent: 'a pause is a facet of its own' },
      queue: (on) => void queues.pause(interfaceOf({ extension: '1001' }), on, { reason: 'lunch' }),
      presence: { absent: 'queues show no presence' },
      connection: { cut: () => ami.refuse(true), restore: () => ami.refuse(false) },
      badCredentials: { config: { ...config, secret: 'not-the-secret' }, attempts: () => ami.logins() },
      throttle: { absent: 'AMI knows no such answer' },
      malformed: {
        inject: () => ami.say('Queue: 400\r\nPaused: 1\r\n\r\n'),
        metric: 'asterisk_malformed_messages',
      },
      repeat: { absent: 'nothing in the queues is said again unasked' },
      written: [
        {
          slot: 'queue',
          state: DO_NOT_DISTURB,
          shown: (address) => (pausedIn(queues, address).length === 0 ? AVAILABLE : DO_NOT_DISTURB),
          person: {
            act: () => void queues.pause(interfaceOf({ extension: '1001' }), false, { reason: '' }),
            shows: AVAILABLE,
          },
          expiry: { later: (milliseconds) => clock.advance(milliseconds) },
        },
      ],
      stop: () => ami.stop(),
    }
  },
})

/** Waits for what the connector says of the wire. */
const seen = (assertion: () => void) => vi.waitFor(assertion, { timeout: 60_000, interval: 5 })

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function opened() {
  const world = await openQueues()
  closers.push(() => world.ami.stop())
  const recording = recordingContext({ clock: world.clock })
  const instance = asteriskQueues.create(world.config, recording.context)
  closers.push(() => instance.stop())
  const paused = (extension: string) =>
    recording.feeds
      .observations(extension)
      .flatMap(({ facet }) => (facet.kind === 'queue' ? [facet.paused] : []))
  const publish = (act: Publication['act'], address = '1001') =>
    instance.publish!({
      ...{ id: 'p', address, slot: 'queue', act, refresh: false },
      state: act === 'assert' ? DO_NOT_DISTURB : AVAILABLE,
    })
  return { ...world, recording, instance, paused, publish }
}

async function started() {
  const world = await opened()
  await world.instance.start(['1001', '1002'])
  return world
}

describe('queues of Asterisk', () => {
  test('MM-27: who is paused in every queue is told, at the start and as it happens', async () => {
    const { queues, paused } = await started()
    expect([paused('1001'), paused('1002')]).toEqual([[false], [false]])
    const name = interfaceOf({ extension: '1001' })
    queues.pause(name, true, { queue: sales, reason: 'lunch' })
    queues.pause(interfaceOf({ extension: '1002' }), true, { reason: '' })
    await seen(() => expect(paused('1002')).toEqual([true]))
    // One of two queues still offers Anna calls.
    expect(paused('1001')).toEqual([false])
    queues.pause(name, true, { queue: support, reason: '' })
    await seen(() => expect(paused('1001')).toEqual([true]))
    queues.leave(sales, '1001')
    queues.leave(support, '1001')
    await seen(() => expect(paused('1001')).toEqual([]))
  })

  test('MM-27: a pause is made in every queue under a reason of ours, and only that is taken back', async () => {
    const { queues, paused, publish } = await started()
    queues.pause(interfaceOf({ extension: '1001' }), true, { queue: sales, reason: 'lunch' })
    expect(await publish('assert')).toMatchObject({ kind: 'applied' })
    expect(pausedIn(queues, '1001')).toEqual([`${sales} lunch`, `${support} hookswitch`])
    await seen(() => expect(paused('1001')).toEqual([true]))
    expect(await publish('assert')).toMatchObject({ kind: 'unchanged' })
    expect(await publish('withdraw')).toMatchObject({ kind: 'applied' })
    expect(pausedIn(queues, '1001')).toEqual([`${sales} lunch`])
    await seen(() => expect(paused('1001')).toEqual([false]))
    // A pause of the person's own, ended elsewhere.
    queues.pause(interfaceOf({ extension: '1001' }), true, { reason: 'lunch' })
    expect(await publish('withdraw')).toMatchObject({ kind: 'applied' })
    expect(pausedIn(queues, '1001')).toEqual([])
  })

  test('a pause right behind the list that the queues were read from counts', async () => {
    const { requests, queues, instance, paused } = await opened()
    requests.on(({ method }) => {
      // Behind the answer, in the same breath.
      if (method === 'QueueStatus')
        queueMicrotask(() => queues.pause(interfaceOf({ extension: '1002' }), true, { reason: '' }))
    })
    await instance.start(['1001', '1002'])
    await seen(() => expect([paused('1001'), paused('1002')]).toEqual([[false], [true]]))
  })

  test('who is in no queue is paused as soon as they sign in to one; what is not allowed says what is missing', async () => {
    const { ami, queues, publish } = await started()
    queues.leave(sales, '1002')
    expect(await publish('assert', '1002')).toMatchObject({ kind: 'deferred' })
    expect(await publish('withdraw', '1002')).toMatchObject({ kind: 'unchanged' })
    ami.deny('agent')
    expect(await publish('assert')).toMatchObject({ kind: 'rejected', fix: expect.stringMatching(/agent/) })
  })
})
