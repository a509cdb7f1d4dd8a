import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls } from 'node:tls'
import { ConnectionLost } from './failures.ts'
import { Framer } from './framer.ts'
import type { Wire, WireEvents, WireOptions } from './wire.ts'

/** The most that may wait to be written before the server is taken to have stopped reading, bytes. */
const maxBacklog = 8 * 1024 * 1024

/** A TCP or TLS connection. Throws the system's error (with its `code`), or ConnectionLost on time-out. */
export async function openStream(address: string, options: WireOptions, events: WireEvents): Promise<Wire> {
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
    reset() {
      over = true
      socket.resetAndDestroy()
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
