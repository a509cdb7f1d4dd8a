import { expect, test } from 'vitest'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { loadVodiaCatalogue } from './vodia-catalogue.ts'
import { serveHooks } from './vodia-hooks.ts'
import { closing, connect } from './vodia-world.ts'

const problemsOf = loadVodiaCatalogue()

test('every request and every status is one of the vendor’s catalogue', async () => {
  const { instance, root, requests, phones, until, legs, check, recording } = await connect()
  const hooks = await serveHooks(instance)
  closing(() => hooks.stop())
  root.url = hooks.url
  await check()
  await instance.start(['1001', '1002', '7777'])
  await instance.directory!()
  phones.start({ extension: '1001' })
  await until(() => legs('1001') !== '', 'the call')
  phones.hangup('1001')
  const publication = { id: 'p', address: '1001', slot: 'dnd', refresh: false, lifeMs: 600_000 }
  await instance.publish!({ ...publication, act: 'assert', state: DO_NOT_DISTURB })
  await instance.publish!({ ...publication, act: 'withdraw', state: AVAILABLE })
  await until(() => recording.feeds.dnd('1001') === false, 'do not disturb to be off')
  await instance.stop()
  const seen = requests.since(0).filter(({ method, status }) => method !== 'UPGRADE' && status !== undefined)
  const paths = new Set(seen.map(({ method, path }) => `${method} ${path.split('/').at(-1)!.split('?')[0]}`))
  for (const each of [
    'POST session',
    'POST actionurl_settings',
    'GET calls',
    'GET dnd',
    'POST dnd',
    'GET 1003',
  ]) {
    expect(paths).toContain(each)
  }
  expect(seen.flatMap(problemsOf)).toEqual([])
})

test('refusals have the statuses of the catalogue', async () => {
  const { pbx, requests, config } = await connect()
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`admin@${config.domain}:${password}`).toString('base64')}`,
  })
  const ask = async (path: string, password: string) =>
    (await fetch(pbx.address + path, { headers: basic(password) })).status
  expect(await ask(`/rest/domain/${config.domain}/extensions`, 'wrong')).toBe(401)
  expect(await ask('/rest/system/status', config.password)).toBe(403)
  expect(await ask('/rest/domain/other.example/extensions', config.password)).toBe(403)
  expect(await ask(`/rest/user/7777@${config.domain}/dnd`, config.password)).toBe(404)
  expect(requests.since(0).flatMap(problemsOf)).toEqual([])
})
