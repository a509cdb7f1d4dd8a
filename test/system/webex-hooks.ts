import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ConnectorInstance, Delivery } from '../../src/core/connector.ts'

const prefix = '/hooks/contoso/pbx'

/** Stands where the hub takes deliveries and the browsers of people, for one connector instance. */
export async function serveHooks(instance: () => ConnectorInstance) {
  const answers: number[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const url = new URL(request.url ?? '', 'http://hub.example')
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
      const delivery: Delivery = {
        method: request.method as Delivery['method'],
        path: url.pathname.slice(prefix.length + 1),
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(headers),
        body: Buffer.concat(parts),
      }
      const answer = await instance().receive!(delivery)
      answers.push(answer.status)
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, answers, stop }
}
