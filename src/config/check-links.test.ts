import { expect, test } from 'vitest'
import { parseConfig } from './load.ts'
import { ConfigError } from './problem.ts'

test('links of a tenant whose connectors are no list hide nothing of what is wrong', () => {
  const tenants = [{ id: 'contoso', connectors: 7, links: [{ from: 'pbx', to: 'teams' }] }]
  const load = () => parseConfig(JSON.stringify({ tenants }), { file: 'hookswitch.yaml', types: {}, env: {} })
  expect(load).toThrow(ConfigError)
  expect(load).toThrow(/connectors must be a list, but is a number/)
})
