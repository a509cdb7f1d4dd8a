import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Store, StoreChange } from '../../core/ports.ts'
import { createLog } from '../../observe/log.ts'
import { SiteSeal } from './place.ts'
import { openSiteSecrets } from './site-secrets.ts'

test('what a connector at a site is given is stored sealed, and there after a restart; without the key it is as if it were not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-site-secrets-'))
  try {
    const rows = new Map<string, string>()
    const store: Pick<Store, 'memory' | 'commit'> = {
      memory: async () => rows,
      commit: async (changes: readonly StoreChange[]) => {
        for (const change of changes)
          if ('put' in change && change.put === 'memory') rows.set(change.key, change.body)
      },
    }
    const lines: string[] = []
    const log = createLog({
      level: 'warn',
      pretty: false,
      destination: { write: (line) => lines.push(line) },
    })
    const open = async (keys: string) => {
      const seal = await SiteSeal.open({ directory: join(folder, keys), env: {}, cwd: folder })
      return openSiteSecrets({ store, tenant: 'contoso', seal, log })
    }
    const first = (await open('own'))({ connector: 'pbx' })
    await first.set('webhookSecret', 'winter-apple')
    expect(first.get('webhookSecret')).toBe('winter-apple')
    expect(JSON.stringify([...rows])).not.toContain('winter-apple')
    const again = await open('own')
    expect(again({ connector: 'pbx' }).get('webhookSecret')).toBe('winter-apple')
    expect(again({ connector: 'other' }).get('webhookSecret')).toBeUndefined()
    expect(lines).toEqual([])
    expect((await open('another'))({ connector: 'pbx' }).get('webhookSecret')).toBeUndefined()
    expect(lines.join('')).toContain('does not open')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
