import { expect, test } from 'vitest'
import { VirtualClock } from '../../../test/sim/virtual-clock.ts'
import type { DirectoryEntry } from '../../core/connector.ts'
import type { Log } from '../../core/ports.ts'
import { DirectoryReader } from './directories.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

/** A tenant with one system, whose directory is told when the test says so. */
function tenantOf(id: string) {
  const told = Promise.withResolvers<readonly DirectoryEntry[]>()
  let asked = 0
  const directory = () => {
    asked += 1
    return told.promise
  }
  const system = { tenant: id, id: 'pbx', instance: { directory }, manifest: { kind: 'pbx' } }
  const running = {
    config: { id, connectors: [], people: [], links: [], syncShared: false },
    systems: new Map([['pbx', { system, supervisor: { health: { state: 'up' } } }]]),
    problems: new Map(),
  } as unknown as RunningTenant
  return { running, told, asked: () => asked }
}

test('a tenant that went while its directory was read, and came back, has it read anew', async () => {
  const clock = new VirtualClock(1_800_000_000_000)
  const tenants = new Map<string, RunningTenant>()
  const store = { memory: async () => new Map(), commit: async () => {} }
  const reader = new DirectoryReader(tenants, { clock, store, log } as unknown as Parts)
  const first = tenantOf('contoso')
  tenants.set('contoso', first.running)
  await reader.adopt()
  reader.start()
  expect(first.asked()).toBe(1)
  tenants.delete('contoso')
  reader.forget('contoso', 'pbx')
  await reader.adopt()
  first.told.resolve([])
  await clock.advance(60_000)
  const second = tenantOf('contoso')
  tenants.set('contoso', second.running)
  await reader.adopt()
  reader.start()
  await clock.advance(60_000)
  expect(second.asked()).toBe(1)
  reader.stop()
})
