import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StoreChange } from '../../core/ports.ts'
import { generateKey } from '../../secrets/key-file.ts'
import { readPlace, SiteSeal, writePlace } from './place.ts'
import { rotateSiteKeys } from './rotate-keys.ts'
import { sealedAssignment } from './site-memory.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookswitch-rotate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const place = { hubs: ['https://hub.example'], tenant: 'contoso', site: 'office', connectors: ['pbx'] }

test('whatever a site keeps is sealed under a new first key while it runs; without the former key it opens then', async () => {
  const env: Record<string, string> = {}
  const seal = await SiteSeal.open({ directory: folder, env, cwd: folder })
  const former = seal.keyId
  const own = { ...place, secret: 'the key of the site' }
  writePlace(folder, own, seal)
  const rows = new Map([['pbx', seal.seal('settings', sealedAssignment('pbx'))]])
  rows.set('strange', 'hs1:lost:AAAA')
  const store = {
    memory: async (_tenant: string, scope: string) => (scope === 'site/connectors' ? rows : new Map()),
    commit: async (changes: readonly StoreChange[]) => {
      for (const change of changes)
        if ('put' in change && change.put === 'memory') rows.set(change.key, change.body)
    },
  }
  env.NEW_KEY = generateKey()
  env.HOOKSWITCH_KEYS = JSON.stringify([{ id: '2026', env: 'NEW_KEY' }])
  const report = await rotateSiteKeys({ directory: folder, place: own, store, seal })
  expect(report).toEqual({ key: '2026', resealed: 2, under: { '2026': 2, lost: 1 } })
  expect(readFileSync(join(folder, 'site.json'), 'utf8')).not.toContain(former)
  rmSync(join(folder, 'secret.key'))
  const later = await SiteSeal.open({ directory: folder, env, cwd: folder })
  expect(readPlace(folder, later)).toEqual(own)
  expect(later.unseal(rows.get('pbx')!, sealedAssignment('pbx'))).toBe('settings')
})
