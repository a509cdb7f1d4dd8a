import { expect, test } from 'vitest'
import type { Health } from '../../../core/connector.ts'
import type { RunningTenant } from '../port.ts'
import { ConnectorOutages } from './connectors.ts'

const minutes = 60_000

/** A tenant with one phone system, whose health can be set. */
function oneSystem() {
  const supervisor: { health: Health; waits: boolean } = {
    health: { state: 'starting', since: 0 },
    waits: true,
  }
  const systems = new Map([['pbx', { system: { id: 'pbx', manifest: { title: 'PBX' } }, supervisor }]])
  const tenant = { config: { id: 't' }, systems } as unknown as RunningTenant
  const outages = new ConnectorOutages(5 * minutes)
  return { supervisor, find: (now: number) => outages.find(tenant, now).map(({ title }) => title) }
}

test('what waits for its turn to start is no outage; what has begun and does not come up is one', () => {
  const { supervisor, find } = oneSystem()
  expect(find(20 * minutes)).toEqual([])
  supervisor.waits = false
  supervisor.health = { state: 'starting', since: 20 * minutes }
  expect(find(24 * minutes)).toEqual([])
  expect(find(25 * minutes)).toEqual(['t/pbx (PBX) is not up yet'])
  supervisor.health = { state: 'up', since: 26 * minutes }
  expect(find(26 * minutes)).toEqual([])
})
