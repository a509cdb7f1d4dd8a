import { lookup } from 'node:dns/promises'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls } from 'node:tls'
import type { Clock } from '../../core/ports.ts'
import { ConnectionLost } from './failures.ts'
import { Framer } from './framer.ts'
import type { Source } from './message.ts'
import { openUdp } from './wire-udp.ts'

export interface WireOptions {
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
  /** TLS: the certificate may be for this name or for the host. */
  readonly domain: string
  /** TLS: PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string
  readonly clock: Clock
  /** Longest wait for a connection, milliseconds. */
  readonly connectMs: number
}

export interface WireEvents {
  /** One whole message, with its source where datagrams are carried. */
  message(bytes: Buffer, source?: Source): void
  /** Once, when the connection is gone; never after `close`. */
  down(reason: Error): void
}

/** One open way to the server, which carries whole messages. */
export interface Wire {
  /** TCP and TLS: no retransmission is needed (RFC 3261 section 17.1.2). */
  readonly reliable: boolean
  readonly transport: 'UDP' | 'TCP' | 'TLS'
  readonly local: { readonly address: string; readonly port: number }
  /** To the server; datagrams may go elsewhere. */
  send(bytes: Buffer, to?: Source): void
  /** Idempotent. */
  close(): void
}

/** The most that may wait to be written before the server is taken to have stopped reading, bytes. */
const maxBacklog = 8 * 1024 * 1024

/** Throws the system's error (with its `code`) or ConnectionLost on time-out. */
export async function openWire(options: WireOptions, events: WireEvents): Promise<Wire> {
  const address = isIP(options.host) ? options.host : (await lookup(options.host)).address
  return options.transport === 'udp'
    ? openUdp(address, options.port, events)
    : openStream(address, options, events)
}

async function openStream(address: string, options: WireOptions, events: WireEvents): Promise<Wire> {
  const socket = await connectSocket(address, options)
  const framer = new Framer()
  let over = false
  const end = (reason: Error) => {
    if (over) return
    over = true
    socket.destroy()
    events.down(reason)
  }
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 30_000)
  socket.on('data', (chunk) => {
    for (const framed of framer.push(chunk)) {
      if (over) return
      if (framed.kind === 'message') events.message(framed.bytes)
      else if (framed.kind === 'ping') socket.write('\r\n')
      else end(new ConnectionLost(`The server sent what is not SIP: ${framed.reason}.`))
    }
  })
  socket.on('error', (error) => end(error))
  socket.on('close', () => end(new ConnectionLost('The server closed the connection.')))
  const { localAddress = '127.0.0.1', localPort = 0 } = socket
  return {
    reliable: true,
    transport: options.transport === 'tls' ? 'TLS' : 'TCP',
    local: { address: localAddress, port: localPort },
    send(bytes) {
      if (over) return
      socket.write(bytes)
      if (socket.writableLength > maxBacklog) end(new ConnectionLost('The server stopped reading.'))
    },
    close() {
      over = true
      socket.end()
      socket.destroySoon()
    },
  }
}

function connectSocket(address: string, options: WireOptions): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const secure = options.transport === 'tls'
  const socket = secure ? openTls(address, options) : connectTcp({ host: address, port: options.port })
  const timer = options.clock.after(options.connectMs, () =>
    socket.destroy(new ConnectionLost(`No connection within ${options.connectMs / 1000} s.`)),
  )
  const settle = (act: () => void) => () => {
    timer.cancel()
    socket.removeAllListeners('error')
    act()
  }
  socket.once(
    secure ? 'secureConnect' : 'connect',
    settle(() => resolve(socket)),
  )
  socket.once('error', (error) => settle(() => reject(error))())
  return promise
}

function openTls(address: string, options: WireOptions): Socket {
  const names = [options.domain, options.host]
  const named = names.find((name) => !isIP(name))
  return connectTls({
    host: address,
    port: options.port,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(named === undefined ? {} : { servername: named }),
    checkServerIdentity(_name, certificate) {
      const faults = names.map((name) => checkServerIdentity(name, certificate))
      return faults.includes(undefined) ? undefined : faults[0]
    },
  })
}
