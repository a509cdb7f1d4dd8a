import { expect, it } from 'vitest'
import { settingOf } from '../../../test/sim/exhaust.ts'
import { tenant } from '../../../test/sim/hub.ts'
import { Simulation } from '../../../test/sim/simulation.ts'
import { viewPerson } from '../../engine/views.ts'
import { createHubPort, type RunningTenant, viewContext } from './port.ts'
import type { Parts } from './systems.ts'

it('whoever looks as soon as a turn is over sees what it left, between two whole milliseconds too', async () => {
  const setting = settingOf(500, { mode: 'observed', policy: 'plain' })
  const world = new Simulation({ setting, wall: Date.UTC(2026, 10, 22) + 0.25 })
  await world.start()
  await world.run(60_000)
  const { engine } = world.hub
  const shown: string[] = []
  engine.watch((actor) => {
    if (actor.presentity.id !== 'anna') return
    const { activity } = viewPerson(actor, viewContext(engine, tenant)).state
    if (shown.at(-1) !== activity) shown.push(activity)
  })
  world.act('callStart')
  await world.run(10_000)
  world.act('callEnd')
  await world.run(10_000)
  expect(shown).toEqual(['inACall', 'available'])
})

it('acknowledges no signal of a tenant that went while it was stored: the next hub may have read before it came', async () => {
  const tenants = new Map<string, RunningTenant>()
  const instance = {
    put: async () => void tenants.delete('contoso'),
    delete: async () => {
      tenants.delete('contoso')
      return true
    },
  }
  const running = { config: { id: 'contoso' }, systems: new Map([['api', { system: { instance } }]]) }
  const actor = { presentity: { tenant: 'contoso', id: 'anna', points: [] } }
  const engine = { people: { get: () => actor, addAddress: () => false } }
  const port = createHubPort(tenants, { engine } as unknown as Parts)
  const place = { key: 'anna', source: 'desk', tenant: 'contoso' }
  tenants.set('contoso', running as unknown as RunningTenant)
  await expect(port.putSignal(place, { state: 'busy', ttl: 60 })).rejects.toMatchObject({ status: 503 })
  tenants.set('contoso', running as unknown as RunningTenant)
  await expect(port.deleteSignal(place)).rejects.toMatchObject({ status: 503 })
})
