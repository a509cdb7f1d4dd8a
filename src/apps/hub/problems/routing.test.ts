import { expect, test } from 'vitest'
import { parseConfig } from '../../../config/load.ts'
import { registry } from '../../registry.ts'
import { findRoutingProblems } from './routing.ts'

/** A tenant whose phone systems are each linked with Teams, and none with another. */
function star(pbxs: number) {
  const ids = Array.from({ length: pbxs }, (_, index) => `pbx${index + 1}`)
  const config = {
    store: { path: './data' },
    tenants: [
      {
        id: 'contoso',
        connectors: [
          { id: 'teams', type: 'teams', entraTenantId: 't', clientId: 'c', clientSecret: 'a-secret' },
          ...ids.map((id) => ({
            ...{ id, type: 'asterisk', host: '127.0.0.1', username: 'hub', secret: 'a-secret' },
          })),
        ],
        people: [{ upn: 'anna@contoso.example', addresses: { pbx1: '1001' } }],
        links: ids.flatMap((id) => [
          { from: id, to: 'teams' },
          { from: 'teams', to: id },
        ]),
      },
    ],
  }
  const { tenants } = parseConfig(JSON.stringify(config), { file: 'x.yaml', types: registry, env: {} })
  return findRoutingProblems(tenants[0]!, registry, 5)
}

test('each link that is left out is a problem with its fix', () => {
  const problems = star(2)
  expect(problems).toHaveLength(2)
  expect(problems[0]).toMatchObject({ kind: 'routing', tenant: 'contoso', since: 5 })
  expect(problems.map(({ fix }) => fix).join()).toContain('{ from: pbx1, to: pbx2 }')
})

test('of very many the first are told, and how many more there are', () => {
  const problems = star(10)
  expect(problems).toHaveLength(6)
  expect(problems.at(-1)).toMatchObject({ title: 'Links of contoso: 85 more of this kind' })
  expect(new Set(problems.map(({ key }) => key)).size).toBe(6)
})
