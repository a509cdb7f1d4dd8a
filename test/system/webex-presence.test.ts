import { expect, test } from 'vitest'
import { webexPresence } from '../../src/connectors/webex/presence-definition.ts'
import type { AnyConnectorDefinition, ConnectorInstance } from '../../src/core/connector.ts'
import { AVAILABLE, AWAY, presence, presenceName, UNKNOWN } from '../../src/core/presence.ts'
import { connectorContract } from '../contract/connector.ts'
import { clientSecret, closing, connect, refreshToken, startOrganization } from './webex-world.ts'

connectorContract('webex-presence', {
  definition: webexPresence as unknown as AnyConnectorDefinition,
  async start() {
    const { org, requests, faults, config } = await startOrganization()
    const { url, clientId } = config
    const own = { url, clientId, clientSecret, refreshToken, requestsPer30s: 3000, presenceSeconds: 1 }
    return {
      config: own,
      secrets: [clientSecret, refreshToken, 'not-the-secret'],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => requests.last,
      connections: () => org.connections(),
      calls: { absent: 'calls are read by the connector of the phones' },
      dnd: { absent: 'do not disturb is read by the connector of the phones' },
      presence: {
        states: [AWAY, presence('busy', 'inAMeeting')],
        show: (state) => org.accounts.setStatus('1001', state === AWAY ? 'inactive' : 'meeting'),
      },
      connection: { cut: () => org.refuse(true), restore: () => org.refuse(false) },
      badCredentials: {
        config: { ...own, clientSecret: 'not-the-secret' },
        attempts: () => org.badSignIns(),
      },
      throttle: {
        begin: (retryAfterMs) =>
          faults.add({ target: 'webex', kind: 'status', status: 429, retryAfter: retryAfterMs / 1000 }),
        end: () => faults.clear(),
      },
      malformed: {
        inject: () =>
          faults.add({ target: 'webex', kind: 'status', status: 200, path: '/people/Y', count: 1 }),
        metric: 'webex_malformed',
      },
      repeat: { absent: 'every answer to a poll is such a repetition' },
      written: { absent: 'Webex has no way to set it' },
      stop: () => org.stop(),
    }
  },
})

async function startApp(options: Parameters<typeof connect>[0] = {}, presenceSeconds = 1) {
  const world = await connect(options)
  const { url, clientId } = world.config
  const own = { url: url!, clientId, clientSecret, refreshToken, requestsPer30s: 3000, presenceSeconds }
  const app: ConnectorInstance = webexPresence.create(own, world.context)
  closing(() => app.stop())
  await app.start(['1001'])
  const shown = () => {
    const state = world.recording.feeds.presence('1001')
    return state && presenceName(state)
  }
  return { ...world, app, shown }
}

test('each status reads as its state; one that Webex may add is unknown, and shown', async () => {
  const { org, until, shown, app } = await startApp()
  for (const [status, state] of [
    ['inactive', 'away/away'],
    ['meeting', 'busy/inAMeeting'],
    ['presenting', 'doNotDisturb/presenting'],
    ['OutOfOffice', 'away/outOfOffice'],
    ['active', 'available/available'],
    ['juggling', 'unknown/unknown'],
    ['inactive', 'away/away'],
    ['pending', 'unknown/unknown'],
  ] as const) {
    org.accounts.setStatus('1001', status)
    await until(() => shown() === state, `${status} as ${state}`)
  }
  expect(app.unknownValues!()).toMatchObject([{ field: 'status', value: 'juggling', takenAs: 'unknown' }])
})

test('do not disturb of the app is not told: it follows that of the phones, which may be our own', async () => {
  const { phones, until, shown } = await startApp()
  expect(shown()).toBe(presenceName(AVAILABLE))
  phones.setDnd('1001', true)
  await until(() => shown() === undefined, 'nothing to be told')
  phones.setDnd('1001', false)
  await until(() => shown() === presenceName(AVAILABLE), 'the app to be told again')
})

test('what Webex takes over from Teams is not told as its own', async () => {
  const { recording, requests, shown } = await startApp({ presenceSync: true })
  expect(shown()).toBeUndefined()
  expect(recording.health()).toMatchObject({ state: 'up', detail: expect.stringContaining('PRESENCE_SYNC') })
  expect(requests.since(0).filter(({ path }) => path.startsWith('/v1/people/Y'))).toEqual([])
  expect(recording.feeds.presence('1001') ?? UNKNOWN).toBe(UNKNOWN)
})

test('everybody is read once in the time that is set, and no more often', async () => {
  const { requests, clock, until } = await startApp({}, 60)
  const reads = () => requests.since(0).filter(({ path }) => path.startsWith('/v1/people/Y')).length
  expect(reads()).toBeLessThanOrEqual(2)
  // A round from before the time moved may still be on the wire; later ones begin with the time.
  for (const round of [1, 2, 3]) {
    const before = reads()
    clock.advance(61_000)
    await until(() => reads() > before, `round ${round}`)
  }
  expect(reads()).toBeLessThanOrEqual(2 + 3)
})
