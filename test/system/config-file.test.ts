import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOnlyConfig } from '../../src/apps/config/file-config.ts'
import { startHub } from '../../src/apps/hub.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'

test('a configuration from a file can be looked at without its secrets, and is changed in the file only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-file-'))
  const token = 'a-token-of-the-operator'
  const text = JSON.stringify({
    http: { port: 0, tokens: [{ name: 'op', token, scopes: ['admin'] }] },
    store: { path: join(folder, 'data') },
    tenants: [{ id: 'contoso' }],
  })
  const file = join(folder, 'hookswitch.yaml')
  writeFileSync(file, text)
  const hub = await startHub(loadText(text), {
    log: createLog({ level: 'silent' }),
    configuration: async (inside) => readOnlyConfig(file, inside),
  })
  try {
    const send = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${hub.url}/api/v1/config${path}`, {
        method,
        headers: {
          ...{ authorization: `Bearer ${token}`, 'if-match': '*' },
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: answer.status, text: await answer.text() }
    }
    const read = await send('GET', '')
    expect(JSON.parse(read.text)).toMatchObject({
      ...{ source: 'file', file },
      config: { http: { tokens: [{ name: 'op', token: '(hidden)' }] } },
    })
    expect(read.text).not.toContain(token)
    expect((await send('GET', '?format=yaml')).text).toContain('contoso')
    for (const [method, path, body] of [
      ['PUT', '', { config: { tenants: [] } }],
      ['PUT', '/tenants/contoso', {}],
      ['DELETE', '/tenants/contoso', undefined],
      ['POST', '/check', { yaml: 'tenants: []' }],
      ['POST', '/rollback', { version: 1 }],
      ['POST', '/keys/rotate', undefined],
    ] as const) {
      const refused = await send(method, path, body)
      expect(refused.status).toBe(409)
      expect(refused.text).toContain('comes from the file')
    }
    writeFileSync(file, 'tenants: [')
    expect((await send('GET', '')).text).toBe(read.text)
    rmSync(file)
    expect((await send('GET', '')).text).toBe(read.text)
    expect((await fetch(`${hub.url}/api/v1/config`)).status).toBe(401)
    expect((await send('GET', '/versions')).text).toBe('{"versions":[]}')
  } finally {
    await hub.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
