import { expect, test } from 'vitest'
import { createHall } from '../../bus/in-process.ts'
import { type Bus, BusFailure } from '../../core/bus.ts'
import type { Log } from '../../core/ports.ts'
import type { SiteSocket } from '../../sites/site-door.ts'
import { SiteRelay } from './site-relay.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

test('a site that says more at once than the bus carries is sent away, and nothing else happens', async () => {
  const hall = createHall()
  const carries = (bus: Bus): Bus => ({
    ...bus,
    connected: true,
    tell(subject, message) {
      if (JSON.stringify(message).length > 1_000)
        throw new BusFailure('tooLarge', 'more than the servers carry')
      bus.tell(subject, message)
    },
  })
  const heard: string[] = []
  const admit = (socket: SiteSocket) => socket.listen({ heard: (text) => heard.push(text), ended: silent })
  const parts = { log, admit, isServed: () => true, ownerOf: () => 'owner' }
  const edge = new SiteRelay({ ...parts, bus: carries(hall.join()), incarnation: 'edge' })
  new SiteRelay({ ...parts, bus: hall.join(), incarnation: 'owner' })
  const closed: number[] = []
  let listener: Parameters<SiteSocket['listen']>[0] | undefined
  const socket: SiteSocket = {
    send: silent,
    close: (code) => void closed.push(code),
    listen: (given) => {
      listener = given
    },
  }
  edge.passOn('contoso', socket, { nonce: 'n', first: '{}' })
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  listener!.heard('a frame')
  expect(() => listener!.heard('x'.repeat(2_000))).not.toThrow()
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual(['a frame'])
  expect(closed).toEqual([1009])
})
