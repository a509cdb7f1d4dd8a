import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { composeActionUrl } from '../../src/connectors/vodia/action-urls.ts'
import { decodeCalls, toDialog } from '../../src/connectors/vodia/calls.ts'
import { decodeDnd } from '../../src/connectors/vodia/dnd.ts'
import { decodeFrame } from '../../src/connectors/vodia/frames.ts'
import { DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { until } from './support/child.ts'
import { readSamples, strangeIn } from './support/sample.ts'
import { serveHooks } from './vodia-hooks.ts'
import { closing, connect, domain, password, startPbx } from './vodia-world.ts'

const samples = readSamples('vodia-samples.json')
/** After the name of what it is, a sample's name goes on with remarks. */
const sampleOf = (beginning: string) =>
  Object.entries(samples).find(([name]) => name.startsWith(beginning))![1]

const frame = sampleOf('websocket frame server to client')
const listed = sampleOf('GET /rest/user')
const token = sampleOf('POST /rest/system/session step1')
const session = sampleOf('POST /rest/system/session step2')
const dnd = sampleOf('POST /rest/user')
const actionUrls = sampleOf('POST /rest/domain/{domain}/actionurl_settings') as {
  readonly settings: readonly { readonly value: string }[]
}

test('the frame of the samples names the phones that are read again', () => {
  const read = decodeFrame(JSON.stringify(frame))
  if (read.kind !== 'calls') throw new Error(`Calls became ${read.kind}`)
  const names = [...read.calls.values()].flatMap((call) => call.names)
  expect(names).toEqual(expect.arrayContaining(['1001', '1002']))
})

test('calls as a client of others lists them: one held, one up, both from colleagues', () => {
  const words: string[] = []
  const accounts = new Set(['2009', '2010', '2011'])
  const numbering = { domain: 'pbx.example.com', accounts, starCodes: new Set<string>(), outsideDigits: 7 }
  const note = ({ value }: { readonly value: string }) => void words.push(value)
  const calls = decodeCalls(listed)!.map((call) => toDialog(call, { extension: '2009', numbering, note }))
  expect(calls).toMatchObject([
    { leg: 'live-call-1', state: 'held', direction: 'inbound', party: 'internal', remote: '2010' },
    { leg: 'live-call-2', state: 'confirmed', direction: 'inbound', party: 'internal', remote: '2011' },
  ])
  expect(words).toEqual([])
})

test('do not disturb with reason and expiry is read as it is written', () => {
  expect(decodeDnd(dnd)).toEqual({ on: true, reason: 'Lunch break', expires: 3600 })
})

test('what the connector sends has the fields of the samples', async () => {
  const { instance, root, requests } = await connect()
  const hooks = await serveHooks(instance)
  closing(() => hooks.stop())
  root.url = hooks.url
  await instance.start(['1001', '1002'])
  const publication = { id: 'p', address: '1001', slot: 'dnd', refresh: false, lifeMs: 600_000 }
  await instance.publish!({ ...publication, act: 'assert', state: DO_NOT_DISTURB })
  await instance.stop()
  const bodies = (path: RegExp) =>
    requests.since(0).flatMap((each) => (each.method === 'POST' && path.test(each.path) ? [each.body] : []))
  const [first, second] = bodies(/\/rest\/system\/session$/)
  const pairs = [
    [first, token],
    [second, session],
    [bodies(/\/dnd$/)[0], dnd],
    [bodies(/\/actionurl_settings$/)[0], actionUrls],
    [JSON.parse(composeActionUrl('https://hub.example', '{}')), JSON.parse(actionUrls.settings[0]!.value)],
  ]
  for (const [sent, sample] of pairs) {
    expect(sent).toBeDefined()
    expect(strangeIn(sent, sample), JSON.stringify(sent)).toEqual([])
    expect(strangeIn(sample, sent), JSON.stringify(sent)).toEqual([])
  }
})

test('the emulator takes the frames of the samples, and its own have what theirs have', async () => {
  const { pbx, phones } = await startPbx()
  closing(() => pbx.stop())
  const post = (body: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${pbx.address}/rest/system/session`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      body: JSON.stringify(body),
    })
  const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`
  const given = await post({ ...(token as object), domain }, { authorization })
  const exchanged = await post({ ...(session as object), value: await given.json() })
  const cookie = exchanged.headers.getSetCookie()[0]!.split(';')[0]!
  const heard: unknown[] = []
  const socket = new WebSocket(
    `${pbx.address.replace('http', 'ws')}/websocket?domain=${domain}&user=1001`,
    ...[{ headers: { cookie } }],
  )
  socket.on('message', (data) => heard.push(JSON.parse(String(data))))
  await until(() => socket.readyState === WebSocket.OPEN, 'the line')
  phones.start({ extension: '1001', to: '1002' })
  for (const each of sampleOf('websocket frames client') as readonly object[])
    socket.send(JSON.stringify(each))
  await until(() => heard.length >= 2, 'calls')
  for (const each of heard) expect(strangeIn(frame, each), JSON.stringify(each)).toEqual([])
  const names = heard.map((each) => decodeFrame(JSON.stringify(each)).kind)
  expect(new Set(names)).toEqual(new Set(['calls']))
  socket.terminate()
})
