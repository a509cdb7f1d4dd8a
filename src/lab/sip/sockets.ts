import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { SelfSigned } from '../certificate.ts'

/** Somebody who sent us something, and how to answer. */
export interface Peer {
  readonly address: string
  readonly port: number
  readonly transport: 'UDP' | 'TCP' | 'TLS'
  send(text: string): void
  /** Cuts the connection; nothing over UDP. */
  close(): void
}

export interface Sockets {
  readonly port: number
  readonly tlsPort: number | undefined
  /** Open TCP and TLS connections. */
  connections(): number
  /** Cuts every connection, and takes and sends nothing until `restore`. */
  cut(): Promise<void>
  restore(): Promise<void>
  close(): Promise<void>
}

type Listener = (text: string, peer: Peer) => void

/** UDP and TCP on one port of 127.0.0.1, TLS on another where a certificate is given. */
export async function openSockets(
  port: number,
  certificate: SelfSigned | undefined,
  listener: Listener,
): Promise<Sockets> {
  const sockets = new Set<Socket>()
  const accept = (transport: 'TCP' | 'TLS') => (socket: Socket) =>
    takeConnection(socket, transport, { sockets, listener })
  const open = async (tcpPort: number, tlsPort: number) => {
    const tcp = await listen(createServer(accept('TCP')), tcpPort)
    const found = (tcp.address() as AddressInfo).port
    const udp = openDatagrams(found, listener)
    const tls = certificate
      ? await listen(
          createTlsServer({ cert: certificate.certificate, key: certificate.privateKey }, accept('TLS')),
          tlsPort,
        )
      : undefined
    await udp.bound
    return { tcp, udp, tls }
  }
  let now = await open(port, 0)
  const ports = {
    tcp: (now.tcp.address() as AddressInfo).port,
    tls: (now.tls?.address() as AddressInfo | undefined)?.port,
  }
  let up = true
  const cut = async () => {
    if (!up) return
    up = false
    const closed = [now.tcp, now.tls].flatMap((server) => (server ? [once(server, 'close')] : []))
    now.tcp.close()
    now.tls?.close()
    for (const socket of sockets) socket.destroy()
    await Promise.all([...closed, now.udp.close()])
  }
  return {
    port: ports.tcp,
    tlsPort: ports.tls,
    connections: () => sockets.size,
    cut,
    close: cut,
    async restore() {
      if (up) return
      now = await open(ports.tcp, ports.tls ?? 0)
      up = true
    },
  }
}

async function listen(server: Server, port: number): Promise<Server> {
  const ready = once(server, 'listening')
  server.listen(port, '127.0.0.1')
  await ready
  return server
}

function openDatagrams(port: number, listener: Listener) {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  const bound = once(socket, 'listening')
  let closed = false
  socket.on('message', (bytes, { address, port: from }) => {
    const send = (text: string) => {
      if (!closed) socket.send(text, from, address, () => {})
    }
    listener(bytes.toString(), { address, port: from, transport: 'UDP', send, close() {} })
  })
  socket.bind(port, '127.0.0.1')
  return {
    bound,
    close() {
      closed = true
      return new Promise<void>((resolve) => socket.close(resolve))
    },
  }
}

function takeConnection(
  socket: Socket,
  transport: 'TCP' | 'TLS',
  about: { readonly sockets: Set<Socket>; readonly listener: Listener },
): void {
  const { remoteAddress: address = '', remotePort: port = 0 } = socket
  const peer: Peer = {
    address,
    port,
    transport,
    send: (text) => void socket.write(text),
    close: () => void socket.destroy(),
  }
  let waiting = ''
  about.sockets.add(socket)
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('close', () => about.sockets.delete(socket))
  // Everything the hub sends is ASCII, so that characters count as bytes.
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    waiting = (waiting + chunk).replace(/^[\r\n]+/, '')
    for (;;) {
      const end = waiting.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = Number(/\r\ncontent-length *: *(\d+)/i.exec(waiting.slice(0, end + 2))?.[1] ?? 0)
      if (waiting.length < end + 4 + length) return
      about.listener(waiting.slice(0, end + 4 + length), peer)
      waiting = waiting.slice(end + 4 + length).replace(/^[\r\n]+/, '')
    }
  })
}
