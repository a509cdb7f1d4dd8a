import { afterEach, expect, test } from 'vitest'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

let world: World
afterEach(() => world.stop())

test('CT-01, G-02: what an external system said lasts its time to live, over a restart too', async () => {
  world = await startWorld()
  const at = { key: 'anna@contoso.example', source: 'contact-centre' }
  await world.hub().port.putSignal(at, { state: 'inACall', ttl: 600 })
  const shown = () => world.person('anna').shown()
  await until(() => shown() === IN_A_CALL, 'In a call')
  await world.restartHub()
  await world.ready()
  await world.pass(60_000, () => expect(shown()).toBe(IN_A_CALL))
  expect(world.system('anna', 'api').native?.label).toBe('In a call')
  await world.pass(600_000)
  await until(() => shown() === FREE, 'the end of it')
  await world.restartHub()
  await world.ready()
  expect(world.view('anna').systems.map(({ connector }) => connector)).not.toContain('api')
})
