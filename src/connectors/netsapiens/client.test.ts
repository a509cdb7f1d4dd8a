import { expect, test } from 'vitest'
import { recordingContext } from '../../../test/contract/context.ts'
import { ApiClient } from './client.ts'
import { settingsOf } from './config.ts'
import { profiles } from './profiles.ts'

const apiKey = 'nsd_a-key-that-is-secret'

function clientOf(answer: (init: RequestInit | undefined) => Response, url = 'https://api.example') {
  const asked: string[] = []
  const { context } = recordingContext({
    fetch: async (input, init) => {
      asked.push(String(input))
      return answer(init)
    },
  })
  const settings = settingsOf({ url, domain: 'Acme', apiKey }, profiles[0])
  const client = new ApiClient(settings, context, context.signal)
  return { client, asked }
}

const json = (body: unknown, status: number) => new Response(JSON.stringify(body), { status })

test('a refusal that repeats our key and our address is told without them', async () => {
  const { client } = clientOf((init) => {
    const key = new Headers(init?.headers).get('authorization')
    return json({ code: 400, message: `${key} may not post to https://hub.example/hooks/a-secret now` }, 400)
  })
  const body = { 'post-url': 'https://hub.example/hooks/a-secret' }
  const path = client.domainPath('subscriptions')
  const reply = await client.send({ call: 'subscribe', method: 'POST', path, body, priority: 'hot' })
  if (reply.kind !== 'refused') throw new Error(reply.kind)
  expect(reply.failure.message).toBe(
    'The platform answered 400: Bearer (hidden) may not post to (an address) now.',
  )
})

test('the address may end in what belongs to the API, and must be safe', async () => {
  for (const url of [
    'https://api.example/',
    'https://api.example/ns-api',
    'https://api.example/ns-api/v2/',
  ]) {
    const { client, asked } = clientOf(() => json([], 200), url)
    const path = client.userPath('10 01', 'answerrules')
    await client.send({ call: 'rules', method: 'GET', path, priority: 'hot' })
    expect(asked).toEqual(['https://api.example/ns-api/v2/domains/acme/users/10%2001/answerrules'])
  }
  const { client, asked } = clientOf(() => json([], 200), 'http://api.example')
  const reply = await client.send({ call: 'calls', method: 'GET', path: '/version', priority: 'hot' })
  expect(reply).toMatchObject({ kind: 'refused', failure: { kind: 'misconfigured' } })
  expect(asked).toEqual([])
})

test('no answer, an answer that is no JSON, and one that asks to wait', async () => {
  const send = (answer: () => Response) =>
    clientOf(answer).client.send({ call: 'version', method: 'GET', path: '/version', priority: 'hot' })
  expect(await send(() => json({}, 502))).toMatchObject({ kind: 'trouble' })
  expect(await send(() => new Response('<html>', { status: 200 }))).toMatchObject({ kind: 'malformed' })
  const busy = () => new Response('', { status: 503, headers: { 'retry-after': '3' } })
  expect(await send(busy)).toMatchObject({ kind: 'wait', retryAfterMs: 3000 })
  expect(await send(() => new Response(null, { status: 302 }))).toMatchObject({
    ...{ kind: 'refused', failure: { fix: 'Write the address behind the redirection into "url".' } },
  })
})
