import { expect, test } from 'vitest'
import { registry } from '../apps/registry.ts'
import { checkSites } from './check-sites.ts'

const problemsOf = (type: string, place: object = { site: 'berlin' }) =>
  checkSites({ id: 'contoso', connectors: [{ id: 'one', type, ...place }] } as never, ['tenants', 0], {
    types: registry,
    sound: () => true,
  }).map(({ path, message }) => `${path.join('.')} ${message}`)

test('a phone system that is dialled may run at a site; one that delivers, an agent and Teams may not', () => {
  for (const type of ['asterisk', 'asterisk-queues', '3cx', 'sip', 'csta', 'freeswitch', 'yeastar']) {
    expect(problemsOf(type), type).toEqual([])
  }
  expect(problemsOf('teams')).toEqual([
    'tenants.0.connectors.0.site is for phone systems only, and Microsoft Teams is none',
  ])
  for (const type of ['agent', 'vodia', 'netsapiens']) expect(problemsOf(type)[0], type).toContain('delivers')
})

test('how long a site keeps what was written is said of a connector at a site only', () => {
  expect(problemsOf('asterisk', { site: 'berlin', siteHoldMinutes: 60 })).toEqual([])
  expect(problemsOf('asterisk', { siteHoldMinutes: 60 })).toEqual([
    'tenants.0.connectors.0.siteHoldMinutes has a meaning at a site only, and this connector runs at the hub',
  ])
})
