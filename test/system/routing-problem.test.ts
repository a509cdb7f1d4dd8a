import { afterEach, expect, test } from 'vitest'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

let world: World
afterEach(() => world.stop())

interface Alerts {
  readonly alerts: readonly { readonly kind: string; readonly title: string; readonly fix?: string }[]
}

const lines = (text: string) => world.log.filter((line) => line.includes(text) && !line.includes('"raised"'))

test('a link that is missing is in the log of each start, and among the problems', async () => {
  world = await startWorld({
    lamps: { extensionsOf: 'none' },
    links: [
      { from: 'lamps', to: 'pbx' },
      { from: 'pbx', to: 'teams' },
    ],
  })
  const title = 'Links of contoso: teams does not show what lamps says: there is a way by pbx'
  expect(lines(title)).toHaveLength(1)
  expect(JSON.parse(lines(title)[0]!)).toMatchObject({
    level: 'warn',
    fix: expect.stringContaining('from: lamps'),
  })
  const problems = async () => {
    const { alerts } = (await (await fetch(`${world.hub().url}/api/v1/alerts`)).json()) as Alerts
    return alerts.filter(({ kind }) => kind === 'routing')
  }
  await until(async () => (await problems()).length === 1, 'the problem to be listed')
  expect((await problems())[0]).toMatchObject({ title: expect.stringContaining(title) })
  await world.restartHub()
  expect(lines(title)).toHaveLength(2)
  await world.restartHub({
    links: [
      { from: 'lamps', to: 'pbx' },
      { from: 'pbx', to: 'teams' },
      { from: 'lamps', to: 'teams', observeOnly: true },
    ],
  })
  expect(lines(title)).toHaveLength(2)
})
