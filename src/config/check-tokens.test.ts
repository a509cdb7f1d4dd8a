import { expect, it } from 'vitest'
import { parseConfig } from './load.ts'
import type { ConfigError } from './problem.ts'

function faultsOf(tenants: readonly string[]): readonly string[] {
  const token = { token: 'desk-desk-desk-desk', name: 'desk', tenants }
  const text = JSON.stringify({ http: { tokens: [token] }, tenants: [{ id: 'contoso' }] })
  try {
    parseConfig(text, { file: 'hookswitch.yaml', types: {}, env: {} })
    return []
  } catch (error) {
    return (error as ConfigError).problems.map(({ path, message }) => `${path} ${message}`)
  }
}

it('a token names tenants that there are', () => {
  expect(faultsOf(['contoso'])).toEqual([])
  expect(faultsOf(['contoso', 'contosso'])).toEqual(['http.tokens[0].tenants[1] is not the id of a tenant'])
})
