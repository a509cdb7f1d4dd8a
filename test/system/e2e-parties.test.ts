import { afterEach, expect, test } from 'vitest'
import type { ConnectorView } from '../../src/core/view.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

let world: World
afterEach(() => world.stop())

const get = (path: string) => fetch(`${world.hub().url}${path}`)

test('X-14: how many of the last calls had whom at the other end is told of each system, and counted for Prometheus', async () => {
  world = await startWorld()
  await world.ready()
  const parties = async () => {
    const { connectors } = (await (await get('/api/v1/connectors')).json()) as { connectors: ConnectorView[] }
    return Object.fromEntries(connectors.map((connector) => [connector.id, connector.parties]))
  }
  expect(await parties()).toEqual({ teams: undefined, pbx: undefined })
  const phone = world.phone('1001')
  phone.dial('+4930123')
  await until(() => world.view('anna').state.activity === 'inACall', 'the call')
  phone.hangup()
  await until(async () => (await parties()).pbx !== undefined, 'the end of the call')
  expect((await parties()).pbx).toEqual({ external: 1, internal: 0, unknown: 0 })
  expect(await (await get('/metrics')).text()).toContain(
    'hookswitch_calls_total{tenant="contoso",connector="pbx",party="external"} 1',
  )
})
