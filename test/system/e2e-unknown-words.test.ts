import { afterEach, expect, test } from 'vitest'
import type { ConnectorView } from '../../src/core/view.ts'
import type { Pair } from '../../src/lab/microsoft/states.ts'
import { FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

async function wordsOf(connector: string) {
  const answer = await fetch(`${world.hub().url}/api/v1/connectors`)
  const { connectors } = (await answer.json()) as { connectors: readonly ConnectorView[] }
  return connectors
    .find(({ id }) => id === connector)!
    .unknownValues.map(({ field, value, takenAs }) => `${field} ${value}: ${takenAs}`)
}

test('a state that a vendor adds is unknown, stops nothing, and is on the health page', async () => {
  world = await startWorld()
  world.person('anna').client('Levitating/Hovering' as Pair)
  await world.passUntil(
    () => world.system('anna', 'teams').native?.availability === 'unknown',
    'Anna to be unknown in Teams',
    10_000,
  )
  expect(await wordsOf('teams')).toEqual(
    expect.arrayContaining([
      'availability Levitating: unknown/unknown',
      'activity Hovering: unknown/unknown',
    ]),
  )
  world.ami.sayEvent({
    name: 'DeviceStateChange',
    headers: [
      ['Device', 'PJSIP/1001'],
      ['State', 'LEVITATING'],
    ],
  })
  const words = () =>
    world
      .hub()
      .port.connectors()
      .find(({ id }) => id === 'pbx')!.unknownValues
  await world.passUntil(() => words().length > 0, 'the word to be heard', 10_000)
  expect(await wordsOf('pbx')).toEqual(['device state LEVITATING: UNKNOWN: neither a call nor a phone'])
  // Neither system is out of order for it.
  const up = world
    .hub()
    .port.connectors()
    .map(({ health }) => health.state)
  expect(up).toEqual(['up', 'up'])
  world.person('anna').client(FREE)
  world.phone('1001').dial()
  await world.passUntil(() => world.person('anna').shown() === IN_A_CALL, 'the next call in Teams', 10_000)
})
