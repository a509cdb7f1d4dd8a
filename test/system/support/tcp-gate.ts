import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server of this machine that can lose what the server answers. */
export interface TcpGate {
  readonly port: number
  /** From now on what the server says is thrown away. */
  holdAnswers(): void
  /** Ends every connection; later ones are whole again. */
  cut(): void
  /** Ends every connection and takes no other until it is opened, as a hub that is stopped. */
  shut(): void
  open(): void
  close(): Promise<void>
}

export async function startTcpGate(target: number): Promise<TcpGate> {
  const sockets = new Set<Socket>()
  let held = false
  let isShut = false
  const server = createServer({ noDelay: true }, (near) => {
    if (isShut) return void near.destroy()
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    near.pipe(far)
    far.on('data', (bytes) => {
      if (!held) near.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    held = false
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    holdAnswers() {
      held = true
    },
    cut,
    shut() {
      isShut = true
      cut()
    },
    open() {
      isShut = false
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
