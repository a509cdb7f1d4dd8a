import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import type { Wire, WireEvents } from './wire.ts'

/**
 * One datagram socket for everything. It is bound to the local address that leads to the server, never to all, and
 * is not connected, because in a cluster notifications may come from another machine than the one that was asked.
 */
export async function openUdp(address: string, port: number, events: WireEvents): Promise<Wire> {
  const type = isIPv6(address) ? 'udp6' : 'udp4'
  const local = await findLocalAddress(type, address, port)
  const socket = createSocket({ type, recvBufferSize: 4 * 1024 * 1024 })
  let over = false
  const end = (reason: Error) => {
    if (over) return
    over = true
    socket.close()
    events.down(reason)
  }
  const bound = once(socket, 'listening')
  socket.bind({ address: local, port: 0 })
  await bound
  socket.on('message', (bytes, from) => {
    if (!over) events.message(bytes, from)
  })
  socket.on('error', end)
  const close = () => {
    if (over) return
    over = true
    // What was handed to the socket before still goes out: closing waits for the sends under way.
    socket.close()
  }
  return {
    ...{ close, reset: close },
    reliable: false,
    transport: 'UDP',
    local: { address: local, port: socket.address().port },
    send(bytes, to = { address, port }) {
      if (over) return
      socket.send(bytes, to.port, to.address, (error) => {
        if (error) end(error)
      })
    },
  }
}

/** Connecting a datagram socket sends nothing; it makes the system choose the address it would send from. */
async function findLocalAddress(type: 'udp4' | 'udp6', address: string, port: number): Promise<string> {
  const probe: Socket = createSocket(type)
  try {
    const connected = once(probe, 'connect')
    probe.connect(port, address)
    await connected
    return probe.address().address
  } finally {
    probe.close()
  }
}
