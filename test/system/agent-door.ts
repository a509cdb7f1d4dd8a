import Fastify from 'fastify'
import type { ConnectorInstance } from '../../src/core/connector.ts'
import { registerHooks, serveSockets } from '../../src/http/hook-routes.ts'
import { recordingContext } from '../contract/context.ts'

/** The hub's own door for agents, with any one instance behind it. */
export async function openDoor() {
  const behind: { instance?: ConnectorInstance } = {}
  let [knocks, open] = [0, 0]
  let closed = false
  const is = (tenant: string, connector: string) => tenant === 'contoso' && connector === 'desks'
  const port = {
    receive: (
      tenant: string,
      connector: string,
      delivery: Parameters<NonNullable<ConnectorInstance['receive']>>[0],
    ) => {
      knocks += 1
      return is(tenant, connector) ? behind.instance?.receive?.(delivery) : undefined
    },
    accept: (tenant: string, connector: string) => {
      knocks += 1
      const { instance } = behind
      if (closed || !is(tenant, connector) || !instance?.accept) return undefined
      return (socket: Parameters<NonNullable<ConnectorInstance['accept']>>[0]) => instance.accept!(socket)
    },
  }
  const app = Fastify({ forceCloseConnections: true })
  await registerHooks(app, port)
  const endSockets = serveSockets(app, { deliveries: port }, recordingContext().context.log)
  const sockets = new Set<{ destroy(): void }>()
  app.server.on('upgrade', (_request, socket) => {
    open += 1
    sockets.add(socket)
    socket.once('close', () => {
      open -= 1
      sockets.delete(socket)
    })
  })
  const root = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `${root}/hooks/contoso/desks`,
    /** Whoever is made next stands behind the door. */
    put: <Instance extends ConnectorInstance>(instance: Instance): Instance => {
      behind.instance = instance
      return instance
    },
    knocks: () => knocks,
    connections: () => open,
    /** Cuts every connection and refuses new ones, or lets them in again. */
    refuse(on: boolean) {
      closed = on
      if (on) for (const socket of sockets) socket.destroy()
    },
    async close() {
      endSockets()
      await app.close()
    },
  }
}

export type DoorOfHub = Awaited<ReturnType<typeof openDoor>>
