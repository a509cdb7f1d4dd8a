import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DirectoryLock, lockDirectory } from '../../store/sqlite/directory-lock.ts'
import type { Io } from './command.ts'
import { pauseInHub } from './live-pause.ts'

let path: string
let hub: DirectoryLock | undefined
let server: Server | undefined
let said: string
const anna = { tenant: 'contoso', upn: 'anna@contoso.example' }
const io: Io = {
  out: (text) => {
    said += text
  },
  err: (text) => {
    said += text
  },
  ...{
    env: {},
    cwd: '/',
    interactive: false,
    ask: async () => 'no',
    interrupted: () => new Promise(() => {}),
  },
}

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookswitch-pause-'))
  said = ''
})
afterEach(() => {
  hub?.release()
  server?.close()
  rmSync(path, { recursive: true, force: true })
})

/** A hub that answers like this, one after the other; the last for ever. */
async function runHub(...answers: { status: number; body: unknown }[]) {
  hub = lockDirectory(path, 0)
  const asked: string[] = []
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.replace(/^.*example/, '')}`)
    const { status, body } = answers.length > 1 ? answers.shift()! : answers[0]!
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return { asked, config: configOf((server.address() as AddressInfo).port) }
}

const configOf = (port: number) => ({
  http: { host: '127.0.0.1', port, tokens: [] },
  store: { kind: 'sqlite' as const, path },
})

test('without a hub nothing is paused', async () => {
  await (await pauseInHub(configOf(1), anna, io))()
  expect(said).toBe('')
})

test('whom the hub does not know, or has paused altogether, is left as they are', async () => {
  const unknown = await runHub({ status: 404, body: { detail: 'nobody' } })
  await (await pauseInHub(unknown.config, anna, io))()
  expect(unknown.asked).toEqual(['GET ?tenant=contoso'])
  server!.close()
  hub!.release()
  const paused = await runHub({ status: 200, body: { paused: [{ since: 1 }] } })
  await (await pauseInHub(paused.config, anna, io))()
  expect(paused.asked).toEqual(['GET ?tenant=contoso'])
})

test('a hub that cannot be asked stops the check, with what to do', async () => {
  const { config } = await runHub({ status: 401, body: { detail: 'A token is needed.' } })
  await expect(pauseInHub(config, anna, io)).rejects.toMatchObject({
    exit: 'noPermission',
    message: expect.stringMatching(
      /A hub is running \(process \d+ .*HOOKSWITCH_TOKEN.*scope signal.*or stop the hub/,
    ),
  })
  await expect(pauseInHub(configOf(0), anna, io)).rejects.toMatchObject({ exit: 'unavailable' })
})

test('a pause that cannot be ended is said, and ends by itself', async () => {
  const fine = { status: 200, body: {} }
  const { config, asked } = await runHub(fine, fine, { status: 503, body: { detail: 'Not now.' } })
  const resume = await pauseInHub(config, anna, io)
  await resume()
  expect(asked.slice(1)).toEqual(['PUT /pause?tenant=contoso', 'DELETE /pause?tenant=contoso'])
  expect(said).toMatch(/was not ended and ends by itself within 60 min: .*Not now\./)
})
