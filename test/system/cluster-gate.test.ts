import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGate } from '../../src/cluster/gate.ts'
import type { Network } from '../../src/core/network.ts'
import { createFetch } from '../../src/network/guarded-fetch.ts'

const arrived: string[] = []
const server = createServer((request, response) => {
  arrived.push(request.url!)
  if (request.url !== '/slow') response.end('done')
})
let port: number
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('a write whose connection takes longer than the lease does not leave; reads and writes in time do', async () => {
  let left = 10_000
  let looked = Promise.withResolvers<void>()
  const network = {
    find: async () => {
      await looked.promise
      return [{ address: '127.0.0.1', family: 4 }]
    },
  } as unknown as Network
  const gate = createGate(() => left)
  const guarded = createFetch(network, { checkpoint: () => gate.checkpoint() })
  const send = gate.guard(guarded.fetch)
  const at = (path: string) => `http://target.example:${port}${path}`

  const late = gate.pass(() => send(at('/late'), { method: 'POST', body: 'busy' }))
  // As after a process stood still while it was connecting.
  left = 0
  looked.resolve()
  await expect(late).rejects.toThrow()
  expect((await send(at('/read'))).status).toBe(200)
  left = 10_000
  looked = Promise.withResolvers<void>()
  looked.resolve()
  expect((await gate.pass(() => send(at('/in-time'), { method: 'POST', body: 'busy' }))).status).toBe(200)
  expect(arrived).toEqual(['/read', '/in-time'])
  const begun = performance.now()
  await expect(gate.pass(() => send(at('/slow'), { method: 'POST', body: 'busy' }))).rejects.toThrow()
  expect(performance.now() - begun).toBeGreaterThan(2_500)
  await guarded.close()
})
