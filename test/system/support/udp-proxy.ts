import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

export type Fate = 'pass' | 'drop' | 'delay'

export interface UdpProxy {
  readonly port: number
  /** What is to become of datagrams from the server; `delay`: after the next one. */
  fate: (text: string) => Fate
  /** What came from the server and was dropped or delayed. */
  readonly caught: string[]
  stop(): Promise<void>
}

/** Stands between one client and a server, as a network that loses and reorders does. */
export async function startUdpProxy(serverPort: number): Promise<UdpProxy> {
  const [front, back] = await Promise.all([bind(), bind()])
  let client: { address: string; port: number } | undefined
  let delayed: Buffer | undefined
  const caught: string[] = []
  const toClient = (bytes: Buffer) => {
    if (client) front.send(bytes, client.port, client.address)
  }
  front.on('message', (bytes, from) => {
    client = from
    back.send(bytes, serverPort, '127.0.0.1')
  })
  const proxy: UdpProxy = {
    port: front.address().port,
    fate: () => 'pass',
    caught,
    async stop() {
      await Promise.all([front, back].map((socket) => new Promise<void>((done) => socket.close(done))))
    },
  }
  back.on('message', (bytes) => {
    const text = bytes.toString('utf8')
    const fate = proxy.fate(text)
    if (fate !== 'pass') caught.push(text)
    if (fate === 'drop') return
    if (fate === 'delay') {
      delayed = bytes
      return
    }
    toClient(bytes)
    if (delayed) toClient(delayed)
    delayed = undefined
  })
  return proxy
}

async function bind(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
