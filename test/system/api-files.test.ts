import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningHttp, startHttp } from '../../src/http/server.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createScriptedHub } from './api-scripted-hub.ts'

const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }

let folder: string
let http: RunningHttp

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-files-'))
  mkdirSync(join(folder, 'web/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'sesame')
  writeFileSync(join(folder, 'web/index.html'), '<!doctype html><title>Board</title>')
  writeFileSync(join(folder, 'web/.hidden'), 'sesame')
  writeFileSync(join(folder, 'web/assets/app-1a2b.js'), 'export {}')
  http = await startHttp({
    hub: createScriptedHub(),
    host: '127.0.0.1',
    port: 0,
    tokens: [{ name: 'reader', token: 'reader-token-0123456789', scopes: ['read'] }],
    clock: systemClock(),
    log,
    version: '0',
    staticDir: join(folder, 'web'),
  })
})

afterAll(async () => {
  await http.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Sends the path as it stands; fetch would tidy it. */
function ask(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: http.port, path }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('the files of the board', () => {
  test('are served to everyone who can reach the hub: they hold no data', async () => {
    const page = await fetch(`${http.url}/`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<title>Board</title>')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const script = await fetch(`${http.url}/assets/app-1a2b.js`)
    expect(script.headers.get('content-type')).toContain('javascript')
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect((await fetch(`${http.url}/`, { method: 'HEAD' })).status).toBe(200)
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/.hidden',
    '/assets',
    '/assets/',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body).not.toContain('sesame')
    expect(JSON.parse(body)).toMatchObject({ status })
  })

  test('tokens stay asked for everything else', async () => {
    expect((await fetch(`${http.url}/api/v1/people`)).status).toBe(401)
    expect((await fetch(`${http.url}/metrics`)).status).toBe(401)
  })
})
