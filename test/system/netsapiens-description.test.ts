import { expect, test } from 'vitest'
import { netsapiens } from '../../src/connectors/netsapiens/definition.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { type Exchange, loadDescription } from './netsapiens-description.ts'
import { closing, password, startPlatform, toDnd } from './netsapiens-world.ts'
import { serveHooks } from './vodia-hooks.ts'

const problemsOf = loadDescription()

function recordFetch(exchanges: Exchange[]): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const { pathname, search } = new URL(String(input))
    const text = await response.clone().text()
    exchanges.push({
      method: init?.method ?? 'GET',
      path: decodeURIComponent(pathname).slice('/ns-api/v2'.length) + search,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      status: response.status,
      answer: text === '' ? undefined : JSON.parse(text),
    })
    return response
  }
}

test('every request of the connector and every answer of the emulator is as the vendor describes them', async () => {
  const account = {
    ...{ clientId: 'hub', clientSecret: 'client', username: 'admin@lab.example', password },
    ...{ domain: 'lab.example', scope: 'Office Manager', secondFactor: false },
  }
  const { platform, phones, config } = await startPlatform({ account })
  closing(() => platform.stop())
  phones.start({ extension: '1001' })
  phones.start({ extension: '1002', to: '1003', answer: false })
  const exchanges: Exchange[] = []
  const { clientId, clientSecret, username } = account
  const byUser = { clientId, clientSecret, username, password }
  for (const signIn of ['apiKey', 'token', 'jwt'] as const) {
    const { context } = recordingContext({ fetch: recordFetch(exchanges) })
    const root: { url?: string } = {}
    const withHooks = { ...context, callbackUrl: () => root.url }
    const { apiKey, ...rest } = config
    const mine = signIn === 'apiKey' ? { ...rest, apiKey: apiKey! } : { ...rest, ...byUser, signIn }
    await netsapiens.check(mine, withHooks)
    const instance = netsapiens.create(mine, withHooks)
    closing(() => instance.stop())
    const hooks = await serveHooks(instance)
    closing(() => hooks.stop())
    root.url = hooks.url
    await instance.start(['1001', '1002', '7777'])
    await instance.directory!()
    await instance.publish!(toDnd('assert', DO_NOT_DISTURB))
    await instance.publish!(toDnd('withdraw', AVAILABLE))
    await instance.stop()
  }
  const seen = new Set(
    exchanges.map(({ method, path }) => `${method} ${path.split('?')[0]!.split('/').at(-1)}`),
  )
  for (const each of [
    'POST tokens',
    'POST jwt',
    'GET ~',
    'GET version',
    'GET calls',
    'GET users',
    'GET list',
  ]) {
    expect(seen).toContain(each)
  }
  for (const each of ['GET answerrules', 'PUT Business hours', 'GET devices', 'POST subscriptions']) {
    expect(seen).toContain(each)
  }
  expect(exchanges.flatMap(problemsOf)).toEqual([])
})
