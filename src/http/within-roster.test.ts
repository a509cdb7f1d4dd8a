import { expect, test } from 'vitest'
import type { ConfigRefused, ConfigSaved } from '../core/config-port.ts'
import type { RosterPort } from '../core/roster-port.ts'
import { Reach } from './reach.ts'
import { rosterWithin } from './within-roster.ts'

const saved: ConfigSaved = {
  ...{ version: 3, added: [], changed: ['contoso', 'fabrikam'], removed: [] },
  afterRestart: ['http.port: 8080'],
  warnings: [{ tenant: 'fabrikam', text: 'pbx7 is a secret', fix: '' }],
} as unknown as ConfigSaved

function askedBy(answer: ConfigSaved | ConfigRefused) {
  const roster = { link: async () => answer } as unknown as RosterPort
  const reach = new Reach([{ tenant: 'contoso', scopes: ['admin'] }], () => [])
  const seen = rosterWithin(roster, reach)
  const link = { key: 'anna', connector: 'pbx', addresses: [] }
  const wish = { who: 'carla', comment: '' }
  return (tenant: string) => seen.link({ tenant, ...link }, wish)
}

test('an administrator of a tenant reads nothing of the others in what a change of people answers', async () => {
  expect(await askedBy(saved)('contoso')).toEqual({
    ...{ version: 3, added: [], changed: ['contoso'], removed: [], afterRestart: [], warnings: [] },
  })
  const failed = { refused: 'failed', detail: 'fabrikam: /etc/hookswitch/key is not there' } as const
  expect(await askedBy(failed)('contoso')).toMatchObject({ detail: expect.not.stringContaining('fabrikam') })
  const problems = { refused: 'problems', detail: 'One thing is wrong in this table.' } as const
  expect(await askedBy(problems)('contoso')).toEqual(problems)
  expect(await askedBy(saved)('fabrikam')).toMatchObject({ refused: 'missing' })
})
