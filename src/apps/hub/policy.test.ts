import { expect, test } from 'vitest'
import type { LinkConfig, TenantConfig } from '../../config/resolved.ts'
import { HOUR } from '../../core/policy.ts'
import { configuredLink } from './policy.ts'

const tenant: TenantConfig = { id: 'contoso', connectors: [], people: [], syncShared: false, links: [] }

function linkOf(more: Partial<LinkConfig>) {
  return configuredLink({ from: 'teams', to: 'pbx', ...more }, tenant, [])
}

test('SW-26: a link holds as long as the policy says, or as its configuration does', () => {
  expect(linkOf({})).not.toHaveProperty('holdMs')
  expect(linkOf({ holdHours: 8760 }).holdMs).toBe(8760 * HOUR)
})
