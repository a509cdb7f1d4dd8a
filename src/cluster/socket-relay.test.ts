import { expect, test } from 'vitest'
import { VirtualClock } from '../../test/sim/virtual-clock.ts'
import { createHall } from '../bus/in-process.ts'
import type { ProgramSocket } from '../core/connector.ts'
import { SocketRelay } from './socket-relay.ts'

/** A program's end of a socket, and what came out of it. */
function createProgram() {
  const seen: string[] = []
  let listener: Parameters<ProgramSocket['listen']>[0] | undefined
  const socket: ProgramSocket = {
    request: { path: '', query: {}, headers: { authorization: 'Bearer x' } },
    send: (text) => void seen.push(text),
    close(code) {
      seen.push(`closed ${code}`)
      listener?.ended()
      listener = undefined
    },
    listen(given) {
      listener = given
    },
  }
  return { socket, seen, say: (text: string) => listener?.heard(text), leave: () => listener?.ended() }
}

/** Two hubs: a program reaches the edge, its connector is at the owner and repeats what it hears. */
function createWorld() {
  const clock = new VirtualClock(1_800_000_000_000)
  const hall = createHall()
  const buses = { edge: hall.join(), owner: hall.join() }
  const there = new Set(['edge', 'owner'])
  const atConnector: string[] = []
  let taken: ProgramSocket | undefined
  const accept = (socket: ProgramSocket) => {
    taken = socket
    socket.listen({
      heard(text) {
        atConnector.push(text)
        socket.send(`${text} heard`)
      },
      ended: () => void atConnector.push('ended'),
    })
  }
  const relayOf = (incarnation: 'edge' | 'owner') =>
    new SocketRelay({
      ...{ bus: buses[incarnation], clock, incarnation, isThere: (one) => there.has(one) },
      accept: ({ connector }) => (incarnation === 'owner' && connector === 'agent' ? accept : undefined),
    })
  const [edge, owner] = [relayOf('edge'), relayOf('owner')]
  owner.serve()
  const carry = (connector = 'agent') => {
    const program = createProgram()
    edge.carry('owner', { tenant: 't', connector }, program.socket)
    return program
  }
  return { clock, buses, there, atConnector, carry, connectorEnd: () => taken! }
}

test('frames of a program reach its connector at another hub in their order, and its answers come back', async () => {
  const { carry, atConnector, connectorEnd } = createWorld()
  const program = carry()
  program.say('1')
  program.say('2')
  await expect.poll(() => program.seen).toEqual(['1 heard', '2 heard'])
  expect(connectorEnd().request.headers.authorization).toBe('Bearer x')
  connectorEnd().close(4000, 'enough')
  await expect.poll(() => program.seen.at(-1)).toBe('closed 4000')
  expect(atConnector).toEqual(['1', '2', 'ended'])
})

test('a program that leaves, and a connector that there is not, are told to the other end', async () => {
  const { carry, atConnector } = createWorld()
  const program = carry()
  program.say('1')
  await expect.poll(() => program.seen).toEqual(['1 heard'])
  program.leave()
  await expect.poll(() => atConnector.at(-1)).toBe('ended')
  const stray = carry('nothing')
  await expect.poll(() => stray.seen).toEqual(['closed 1008'])
})

test('when either hub goes away, the other end of the socket ends within seconds', async () => {
  const [edgeGone, ownerGone] = [createWorld(), createWorld()]
  for (const { carry } of [edgeGone, ownerGone]) {
    const program = carry()
    program.say('1')
    await expect.poll(() => program.seen).toEqual(['1 heard'])
    if (carry !== ownerGone.carry) continue
    ownerGone.there.delete('owner')
    await ownerGone.clock.advance(1_000)
    expect(program.seen.at(-1)).toBe('closed 1012')
  }
  edgeGone.there.delete('edge')
  await edgeGone.clock.advance(1_000)
  expect(edgeGone.atConnector.at(-1)).toBe('ended')
})

test('a message that is lost ends the socket: nothing is passed over', async () => {
  const { buses, carry, atConnector, connectorEnd } = createWorld()
  const program = carry()
  program.say('1')
  await expect.poll(() => program.seen).toEqual(['1 heard'])
  const { tell } = buses.owner
  buses.owner.tell = () => {}
  connectorEnd().send('lost')
  buses.owner.tell = tell
  connectorEnd().send('after it')
  await expect.poll(() => program.seen).toEqual(['1 heard', 'closed 1012'])
  await expect.poll(() => atConnector.at(-1)).toBe('ended')
})
