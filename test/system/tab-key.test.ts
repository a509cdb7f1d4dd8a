import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, signInByTab } from '../../web/src/live/http.ts'

/** The one key of a tab that the hub knows. */
let known: string
const hub = createServer(({ headers }, response) => {
  response.writeHead(headers.authorization === `Bearer tab.${known}` ? 200 : 401).end('{"ok":true}')
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`
})
afterAll(() => {
  hub.closeAllConnections()
  hub.close()
})

it('has one new key made for all requests of a tab that are refused together', async () => {
  known = 'first'
  let made = 0
  await signInByTab(async () => {
    made += 1
    return known
  })
  known = 'second'
  const answers = await Promise.all(['/person', '/own', '/consent'].map((path) => ask(url + path)))
  expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }])
  expect(made).toBe(2)
})

it('asks for a key again after one was not to be had', async () => {
  known = 'first'
  let fails = false
  await signInByTab(async () => {
    if (fails) throw new Error('Teams gives no token.')
    return known
  })
  known = 'second'
  fails = true
  await expect(ask(`${url}/person`)).rejects.toThrow('Teams gives no token.')
  fails = false
  await expect(ask(`${url}/person`)).resolves.toEqual({ ok: true })
})
