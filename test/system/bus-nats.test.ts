import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkServer, openNatsBus } from '../../src/bus/nats.ts'
import { busContract } from '../contract/bus.ts'
import { until } from './support/child.ts'
import { startNats, startNatsCluster, type TestNats } from './support/nats.ts'

let servers: readonly TestNats[] = []
beforeAll(async () => {
  servers = await startNatsCluster(3)
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.remove()))
})

let last = 0
/** Each to another server first: what they tell each other goes from server to server. */
const join3 = (prefix = 'test') => {
  const urls = servers.map(({ url }) => url)
  const from = last++ % urls.length
  return openNatsBus({
    servers: [...urls.slice(from), ...urls.slice(0, from)],
    ...{ prefix, name: `test ${last}` },
  })
}

busContract('NATS', { join: () => join3(), joinOther: () => join3('other') })

describe('NATS servers', () => {
  test('a server that is killed is replaced by another within seconds; what is told after that arrives', async () => {
    const [one, two] = [await join3('killed'), await join3('killed')]
    const heard: number[] = []
    one.hear('count', (message) => heard.push(message as number))
    two.answer('sum', () => 7)
    await until(() => one.ask('sum', {}, 1_000).catch(() => undefined), 'an answer')
    for (const server of servers) {
      await server.kill()
      await until(() => one.ask('sum', {}, 500).catch(() => undefined), 'an answer through another server')
      const number = heard.length
      await until(() => {
        two.tell('count', number)
        return heard.includes(number)
      }, 'what is told to arrive')
      await server.start()
    }
    await Promise.all([one.close(), two.close()])
  })

  test('without any server a node is told that it is away, at once, and comes back by itself', async () => {
    const server = await startNats()
    const bus = await openNatsBus({ servers: [server.url], prefix: 'alone', name: 'alone' })
    const changes: boolean[] = []
    bus.watch((connected) => changes.push(connected))
    await server.kill()
    await until(() => !bus.connected, 'the loss to be noticed')
    await expect(bus.ask('anything', {}, 60_000)).rejects.toMatchObject({ kind: 'away' })
    bus.tell('anything', {})
    await server.start()
    await until(() => bus.connected, 'the server to be found again', 30_000)
    expect(changes).toEqual([false, true])
    await bus.close()
    await server.remove()
  })

  test('an account that may not publish everything is refused at the start, in words', async () => {
    const server = await startNats(['-c', permissions('deny-publish.conf', 'publish: ["_INBOX.>"]')])
    await expect(
      openNatsBus({ servers: [server.url], user: 'hub', password: 'hub', prefix: 'hookswitch', name: 'hub' }),
    ).rejects.toThrow('does not bring an answer to a question')
    await expect(
      openNatsBus({ servers: [server.url], user: 'hub', password: 'no', prefix: 'hookswitch', name: 'hub' }),
    ).rejects.toThrow('lets this node in')
    await server.remove()
  })

  test('nobody there: the refusal names the setting', async () => {
    const nothing = await startNats()
    await nothing.remove()
    await expect(openNatsBus({ servers: [nothing.url], prefix: 'hub', name: 'hub' })).rejects.toThrow(
      /cluster\.nats\.servers/,
    )
  })

  test('servers that are too old, or cannot carry what is needed, are named', () => {
    const info = { version: '2.9.10', headers: true, max_payload: 1_048_576 }
    const check = (other: object) => () =>
      checkServer({ info: { ...info, ...other } } as Parameters<typeof checkServer>[0])
    expect(check({})).not.toThrow()
    expect(check({ version: '2.12.0' })).not.toThrow()
    expect(check({ version: '2.8.4' })).toThrow('2.9 or newer')
    expect(check({ version: '1.4.1' })).toThrow('2.9 or newer')
    expect(check({ headers: false })).toThrow('headers')
    expect(check({ max_payload: 65_536 })).toThrow('max_payload')
  })

  test('more than the servers carry is refused by who sends it, and the answer says so', async () => {
    const [one, two] = [await join3('large'), await join3('large')]
    const noise = () =>
      Array.from({ length: 2_000_000 }, () => Math.floor(Math.random() * 36).toString(36)).join('')
    two.answer('noise', noise)
    two.answer('ping', () => true)
    await until(() => one.ask('ping', {}, 1_000).catch(() => undefined), 'an answer')
    await expect(one.ask('ping', noise(), 5_000)).rejects.toMatchObject({ kind: 'tooLarge' })
    await expect(one.ask('noise', {}, 20_000)).rejects.toMatchObject({
      ...{ kind: 'refused', message: expect.stringContaining('max_payload') },
    })
    await Promise.all([one.close(), two.close()])
  })
})

function permissions(name: string, allowed: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'hookswitch-nats-')), name)
  writeFileSync(
    file,
    `authorization { users = [ { user: hub, password: hub, permissions: { ${allowed} } } ] }\n`,
  )
  return file
}
