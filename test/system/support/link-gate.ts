import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server of this machine that can be cut, and stays cut until it is opened. */
export interface LinkGate {
  readonly url: string
  /** Every connection ends, and none is let through. */
  cut(): void
  /** Connections stay, and nothing passes: as where a cable was pulled. */
  stall(): void
  /** As before; what had been held back while it was stalled is lost with its connection. */
  open(): void
  close(): Promise<void>
}

export async function startLinkGate(target: number): Promise<LinkGate> {
  const sockets = new Set<Socket>()
  let state: 'open' | 'cut' | 'stalled' = 'open'
  const join = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
    from.on('data', (bytes) => {
      if (state === 'open') to.write(bytes)
    })
  }
  const server = createServer({ noDelay: true }, (near) => {
    if (state === 'cut') return void near.destroy()
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true })
    join(near, far)
    join(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      state = 'cut'
      endAll()
    },
    stall() {
      state = 'stalled'
    },
    open() {
      if (state === 'stalled') endAll()
      state = 'open'
    },
    async close() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
