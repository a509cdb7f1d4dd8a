import { expect, test } from 'vitest'
import { webex } from '../../src/connectors/webex/definition.ts'
import { webexPresence } from '../../src/connectors/webex/presence-definition.ts'
import type { Publication } from '../../src/core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { type Exchange, loadDescription } from './webex-description.ts'
import { serveHooks } from './webex-hooks.ts'
import { closing, connect } from './webex-world.ts'

const description = loadDescription()

const assert: Publication = {
  ...{ id: 'p', address: '1001', slot: 'dnd', act: 'assert', state: DO_NOT_DISTURB, refresh: false },
}

/**
 * What the descriptions leave out: `all` for the events of a webhook, which guides and clients have, and whatever stands
 * in the address of a next page, which is the server's own.
 */
const known = [/\/event must be equal to one of the allowed values/, /^after is no parameter$/]

/** Keeps every exchange with the REST API; sign-in and consent are not described. */
function recordFetch(root: string, exchanges: Exchange[]): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const url = String(input)
    const path = url.slice(root.length)
    if (!url.startsWith(root) || path === '/access_token') return response
    const text = await response.clone().text()
    exchanges.push({
      ...{ method: init?.method ?? 'GET', path, status: response.status },
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      answer: text === '' ? undefined : JSON.parse(text),
    })
    return response
  }
}

const bare = (path: string) =>
  path.split('?')[0]!.replace(/\/(people|members|webhooks)\/(?!me$)[^/]+/, '/$1/{id}')

test('every request of the connector and every answer of the emulator is as Cisco describes them', async () => {
  const exchanges: Exchange[] = []
  const world = await connect({ pageSize: 2 })
  const { org, phones, config, until, context } = world
  const recorded = { ...context, fetch: recordFetch(org.address, exchanges) }
  const instance = webex.create(config, recorded)
  closing(() => instance.stop())
  const hooks = await serveHooks(() => instance)
  closing(() => hooks.stop())
  world.root.url = hooks.url
  phones.start({ extension: '1001' })
  phones.start({ extension: '1002', to: '1003', answer: false })
  await webex.check(config, recorded)
  await instance.start(['1001', '1002'])
  await (await fetch(`${hooks.url}/consent`)).text()
  await until(() => org.webhooks.of('1001').length === 1, 'the webhook')
  org.webhooks.of('1001')[0]!.status = 'inactive'
  await instance.directory!()
  await instance.publish!(assert)
  await instance.publish!({ ...assert, act: 'withdraw', state: AVAILABLE })
  await instance.stop()
  const again = webex.create(config, recorded)
  closing(() => again.stop())
  await again.start(['1001'])
  await until(() => org.webhooks.of('1001')[0]!.status === 'active', 'the webhook to be active')
  const { url, clientId, clientSecret, refreshToken } = config
  const app = webexPresence.create({ ...{ clientId, clientSecret, refreshToken }, url: url! }, recorded)
  closing(() => app.stop())
  await app.start(['1001'])
  const seen = new Set(exchanges.map(({ method, path, status }) => `${method} ${bare(path)} ${status}`))
  expect([...seen].sort()).toEqual([
    'GET /people 200',
    'GET /people/me 200',
    'GET /people/{id} 200',
    'GET /people/{id}/features/doNotDisturb 200',
    'GET /telephony/calls 200',
    'GET /telephony/calls/members/{id}/calls 200',
    'GET /telephony/config/settings/msTeams 200',
    'GET /webhooks 200',
    'POST /webhooks 200',
    'PUT /people/{id}/features/doNotDisturb 204',
    'PUT /webhooks/{id} 200',
  ])
  for (const exchange of exchanges) {
    const problems = description.problems(exchange)
    const others = problems.filter((problem) => !known.some((pattern) => pattern.test(problem)))
    expect(others, JSON.stringify(exchange)).toEqual([])
  }
})

test('the descriptions refuse what they do not know', () => {
  const wrong: Exchange = {
    ...{ method: 'PUT', path: '/people/a/features/doNotDisturb?nonsense=1' },
    ...{ body: { enabled: 'yes', nonsense: 1 }, status: 204, answer: undefined },
  }
  expect(description.problems(wrong).length).toBeGreaterThanOrEqual(4)
  expect(description.problems({ ...wrong, path: '/nonsense' })).toEqual(['PUT /nonsense is not described'])
})
