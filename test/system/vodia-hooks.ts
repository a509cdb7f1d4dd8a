import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConnectorInstance, Delivery } from '../../src/core/connector.ts'

/** Stands where the hub takes deliveries, for one connector instance. */
export async function serveHooks(instance: ConnectorInstance) {
  const answers: number[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const delivery: Delivery = {
        method: request.method as Delivery['method'],
        path: (request.url ?? '').replace(/^\/hooks\/contoso\/pbx\/?/, ''),
        query: {},
        headers: {},
        body: Buffer.concat(parts),
      }
      const { status } = await instance.receive!(delivery)
      answers.push(status)
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/contoso/pbx`
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, answers, stop }
}
