import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openOutbound } from '../../src/apps/hub/outbound.ts'
import { PubSub } from '../../src/connectors/salesforce/pub-sub.ts'
import { startWorld } from './e2e/world.ts'
import { startCrm } from './salesforce-world.ts'
import { until } from './support/child.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

test('a hosted hub lets no tenant look into its network, until the operator allows it', async () => {
  let posts = 0
  const receiver = createServer((_request, response) => {
    posts += 1
    response.end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  closers.push(() => receiver.close())
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`
  const webhooks = [{ id: 'inside', url, secrets: ['a secret of sixteen'] }]
  const world = await startWorld({ webhooks, lamps: { probe: '1001' }, withoutHub: true })
  closers.push(() => world.stop())
  await world.restartHub({ network: { mode: 'hosted' } })
  const detail = (id: string) =>
    world
      .hub()
      .port.connectors()
      .find((one) => one.id === id)?.health.detail
  const refused = /this hub does not connect to the network/
  await until(() => ['teams', 'pbx', 'lamps'].every((id) => refused.test(detail(id) ?? '')), 'three refusals')
  const trials = await world.hub().port.checkConnectors()
  for (const { connector, findings } of trials) {
    expect(findings.map(({ text }) => text).join(), connector).toMatch(refused)
  }
  await world
    .hub()
    .port.putSignal({ key: world.person('anna').upn, source: 'desk' }, { state: 'busy', ttl: 60 })
  await until(
    () => world.log.some((line) => line.includes('webhook') && refused.test(line)),
    'the log of the webhook',
  )
  expect(posts).toBe(0)
  expect(world.lab.requests.last).toBe(0)

  await world.restartHub({ network: { mode: 'hosted', allow: ['127.0.0.0/8'] } })
  await world.ready()
  await until(() => posts > 0, 'the webhook')
})

test('gRPC goes where the network lets it, and says so where it does not', async () => {
  const { crm, config, clock } = await startCrm()
  closers.push(() => crm.stop())
  const site = { losesToken: false, token: 'none', instanceUrl: 'https://crm.example', orgId: '00D' }
  const ask = async (allow: string[]) => {
    const { network, close } = openOutbound({ mode: 'hosted', allow })
    const bus = new PubSub(String(config.pubSubUrl), { clock, network })
    closers.push(close, () => bus.close())
    return bus.topic('/data/x', site).catch((error: Error) => error.message)
  }
  expect(await ask([])).toContain('this hub does not connect to the network that 127.0.0.1 is in')
  // Who gets as far as the service is told that the token is none.
  expect(await ask(['127.0.0.1'])).toContain('service.auth.error')
})
