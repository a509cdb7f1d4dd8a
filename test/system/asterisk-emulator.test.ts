import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type AmiMessage, FrameReader, header } from '../../src/connectors/asterisk/frames.ts'
import { labAmiUser } from '../../src/lab/asterisk/server.ts'
import { startPbx } from './asterisk-world.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A client of the emulator that shares nothing with the connector but the frame reader. */
async function listen(world: Awaited<ReturnType<typeof startPbx>>, user = labAmiUser) {
  const messages: AmiMessage[] = []
  const reader = new FrameReader()
  const socket = connect({ host: '127.0.0.1', port: world.ami.port })
  closers.push(() => void socket.destroy())
  let closed = false
  socket.on('close', () => {
    closed = true
  })
  socket.on('data', (chunk) => {
    for (const frame of reader.push(chunk)) if (frame.type === 'message') messages.push(frame.message)
  })
  const send = (headers: Record<string, string>) =>
    socket.write(
      `${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    )
  const answer = async (id: string) => {
    const find = () => messages.find((each) => each.kind === 'response' && header(each, 'actionid') === id)
    await expect.poll(find, { timeout: 60_000, interval: 2 }).toBeDefined()
    return find()!
  }
  send({ Action: 'Login', ActionID: 'login', Username: user.username, Secret: user.secret })
  return { messages, send, answer, closed: () => closed }
}

const fixture = new FrameReader()
  .push(readFileSync(new URL('../fixtures/asterisk/hold-dnd-park-lapse.ami', import.meta.url)))
  .flatMap((frame) => (frame.type === 'message' && frame.message.kind === 'event' ? [frame.message] : []))

const compared = [
  'Newchannel',
  'DialBegin',
  'DialState',
  'Newstate',
  'Hold',
  'Unhold',
  'Hangup',
  'BridgeEnter',
  'BridgeLeave',
  'DeviceStateChange',
  'ExtensionStatus',
]

/** Which event told what of which phone; the order among phones and twins is not promised by Asterisk. */
function outline(messages: readonly AmiMessage[], extension: string): string[] {
  return messages
    .filter((message) => compared.includes(message.name))
    .flatMap((message) => {
      const channel = header(message, 'channel')?.replace(/-[0-9a-f]+$/, '')
      const device = header(message, 'device')
      const own = channel === `PJSIP/${extension}` || device === `PJSIP/${extension}`
      if (!own && header(message, 'exten') !== extension) return []
      if (!own && message.name !== 'ExtensionStatus') return []
      return [
        [
          message.name,
          header(message, 'channelstate'),
          header(message, 'state'),
          header(message, 'statustext'),
        ],
      ]
    })
    .map((words) => words.filter((word) => word !== undefined).join(' '))
}

describe('the AMI emulator answers like the recordings', () => {
  test('a call that is held: the same events for each phone, with at least the recorded headers', async () => {
    const world = await startPbx({ flavour: 'asterisk' })
    closers.push(() => world.ami.stop())
    const { messages, answer } = await listen(world)
    await answer('login')
    world.phones.start({ extension: '1001', to: '1002', answer: false })
    world.phones.answer('1002')
    world.phones.hold('1001', true)
    world.phones.hold('1001', false)
    world.phones.hangup('1001')
    const hangups = () => messages.filter((message) => message.name === 'Hangup').length
    await expect.poll(hangups, { timeout: 60_000, interval: 2 }).toBe(2)
    const first = fixture.findIndex((message) => message.name === 'Newchannel')
    const second = fixture.findIndex(
      (message, index) =>
        index > first && message.name === 'Newchannel' && header(message, 'exten') === '850',
    )
    const recorded = fixture.slice(first, second)
    for (const extension of ['1001', '1002']) {
      expect(outline(messages, extension).sort()).toEqual(outline(recorded, extension).sort())
    }
    for (const message of recorded) {
      const mine = messages.find((each) => each.name === message.name)
      if (!compared.includes(message.name)) continue
      expect([...(mine?.headers.keys() ?? [])], message.name).toEqual(
        expect.arrayContaining([...message.headers.keys()]),
      )
    }
  })

  test('the same seed gives the same order of twins, and over many seeds both orders come', async () => {
    const orders = new Set<string>()
    for (const seed of [1, 1, 2, 3, 4, 5, 6]) {
      const world = await startPbx({ seed, flavour: 'asterisk' })
      closers.push(() => world.ami.stop())
      const { messages, answer, send } = await listen(world)
      await answer('login')
      world.phones.setDnd('1001', true)
      send({ Action: 'Ping', ActionID: 'ping' })
      await answer('ping')
      const twins = messages.filter((each) => ['DeviceStateChange', 'ExtensionStatus'].includes(each.name))
      orders.add(twins.map((each) => each.name).join())
      if (seed === 1) expect(orders.size).toBe(1)
    }
    expect(orders.size).toBe(2)
  })

  test('a wrong secret: told after a while, then the connection is closed', async () => {
    const world = await startPbx({ badLoginDelayMs: 50 })
    closers.push(() => world.ami.stop())
    const before = performance.now()
    const { answer, closed } = await listen(world, { ...labAmiUser, secret: 'wrong' })
    expect(header(await answer('login'), 'message')).toBe('Authentication failed')
    expect(performance.now() - before).toBeGreaterThan(45)
    await expect.poll(closed, { timeout: 60_000, interval: 2 }).toBe(true)
  })

  test('traps of single actions: no hint, two Message headers, denied, unknown, not settable', async () => {
    const world = await startPbx()
    closers.push(() => world.ami.stop())
    const { answer, send } = await listen(world)
    world.ami.setPresence('1001', { status: 'away', subtype: '', message: 'lunch' })
    send({ Action: 'ExtensionState', ActionID: 'a', Exten: '9999', Context: 'ext-local' })
    send({ Action: 'PresenceState', ActionID: 'b', Provider: 'CustomPresence:1001' })
    send({ Action: 'Setvar', ActionID: 'c', Variable: 'DEVICE_STATE(Custom:X)', Value: 'UNKNOWN' })
    send({ Action: 'Nonsense', ActionID: 'd' })
    expect(header(await answer('a'), 'status')).toBe('-1')
    expect((await answer('b')).headers.get('message')).toEqual(['Presence State', 'lunch'])
    expect(header(await answer('c'), 'message')).toBe('Variable not set')
    expect(header(await answer('d'), 'message')).toMatch(/^Invalid\/unknown command/)
    world.ami.deny('call')
    send({ Action: 'Setvar', ActionID: 'e', Variable: 'DEVICE_STATE(Custom:X)', Value: 'BUSY' })
    expect(header(await answer('e'), 'message')).toBe('Permission denied')
  })

  test('queues: signed in, paused in one, listed, signed out', async () => {
    const world = await startPbx()
    closers.push(() => world.ami.stop())
    const { answer, send, messages } = await listen(world)
    const interfaceOf = 'Local/1001@from-queue/n'
    send({ Action: 'QueueAdd', ActionID: 'a', Queue: '400', Interface: 'PJSIP/1001' })
    send({ Action: 'QueueAdd', ActionID: 'b', Queue: '401', Interface: interfaceOf })
    send({ Action: 'QueueAdd', ActionID: 'c', Queue: '400', Interface: 'PJSIP/7777' })
    send({ Action: 'QueuePause', ActionID: 'd', Queue: '401', Interface: interfaceOf, Paused: 'true' })
    send({ Action: 'QueuePause', ActionID: 'e', Interface: 'PJSIP/7777', Paused: 'true' })
    send({ Action: 'QueueStatus', ActionID: 'f' })
    send({ Action: 'QueueRemove', ActionID: 'g', Queue: '400', Interface: interfaceOf })
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'g'].map(answer))
    const kinds = ['Success', 'Success', 'Error', 'Success', 'Error', 'Success']
    expect(answers.map(({ name }) => name)).toEqual(kinds)
    const members = messages.filter((each) => header(each, 'actionid') === 'f' && each.name === 'QueueMember')
    const places = members.map((each) => `${header(each, 'queue')} ${header(each, 'paused')}`)
    expect(places).toEqual(['400 0', '401 1'])
    const live = messages.filter((each) => header(each, 'actionid') === undefined)
    const told = live.map(({ name }) => name).filter((name) => name.startsWith('QueueMember'))
    expect(told).toEqual(['QueueMemberAdded', 'QueueMemberAdded', 'QueueMemberPause', 'QueueMemberRemoved'])
  })
})
