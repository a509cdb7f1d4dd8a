import { request } from 'node:http'
import { createServer } from 'node:https'
import { makeCertificate } from '../../../src/lab/certificate.ts'

/** A proxy that ends TLS on loopback, as stands before a hub that browsers reach by https. `to`: asked for each request. */
export async function startTlsFront(port: number, to: () => string): Promise<{ stop(): Promise<void> }> {
  const { certificate: cert, privateKey: key } = await makeCertificate()
  const server = createServer({ cert, key }, (asked, answer) => {
    const { method, headers, url } = asked
    const onward = request(new URL(url ?? '/', to()), { method, headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers)
      came.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
