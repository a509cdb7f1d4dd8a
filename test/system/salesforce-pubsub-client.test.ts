import PubSubApiClient from 'salesforce-pubsub-api-client'
import { afterEach, expect, test } from 'vitest'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { changeTopic, idOf, keys, startCrm } from './salesforce-world.ts'
import { until } from './support/child.ts'

const closers: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Heard {
  readonly replayId: number
  readonly payload: {
    readonly ChangeEventHeader: {
      readonly changeType: string
      readonly recordIds: readonly string[]
      readonly changedFields: readonly string[]
      readonly commitTimestamp: number
    }
    readonly UserId: string | null
    readonly ServicePresenceStatusId: string | null
    readonly IsCurrentState: boolean | null
    readonly StatusStartDate: number | null
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

async function startWorld() {
  const world = await startCrm()
  closers.push(() => world.crm.stop())
  const { clientId, clientSecret, refreshToken } = labCrmClient
  const form = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret }
  const answer = await fetch(`${world.config.loginUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, refresh_token: refreshToken }),
  })
  const { access_token: accessToken } = (await answer.json()) as { access_token: string }
  const pubSubEndpoint = await world.crm.listenSecurely()
  const statusOf = (label: string) => world.crm.agents.statuses.find((each) => each.label === label)!.id
  /** The client of others: TLS only, and the id of the organisation it finds in the token. */
  const connect = async (how: object = { authType: 'user-supplied' }) => {
    const given = { authType: '', accessToken, instanceUrl: 'https://contoso.example', ...how }
    const client = new PubSubApiClient({ ...given, pubSubEndpoint, rejectUnauthorizedSsl: false }, quiet)
    await client.connect()
    const heard: Heard[] = []
    const troubles: string[] = []
    const listen = (_info: unknown, kind: string, data: unknown) => {
      if (kind === 'event') heard.push(data as Heard)
      if (kind === 'error') troubles.push(String((data as Error).message))
    }
    closers.push(async () => {
      // It leaves its streams open when it is closed and no longer listens to them: they have to end before.
      world.faults.add({ target: 'salesforce', kind: 'drop', path: 'Subscribe', count: 1 })
      await until(() => troubles.length > 0, 'the end of the stream')
      client.close()
    })
    return { client, heard, troubles, listen }
  }
  return { ...world, connect, statusOf }
}

test('a client of others subscribes behind TLS and decodes the change events by itself', async () => {
  const { crm, connect, pick, statusOf } = await startWorld()
  const { client, heard, listen } = await connect()
  client.subscribe(changeTopic, listen)
  await until(() => crm.bus.topic(changeTopic)!.listeners.size === 1, 'the subscription')
  const before = Date.now() - 60_000
  pick('anna', 'Lunch')
  await until(() => heard.length === 2, 'the end of one status and the beginning of another')
  const [ended, began] = heard.map(({ payload }) => payload)
  expect(ended!.ChangeEventHeader).toMatchObject({
    changeType: 'UPDATE',
    changedFields: ['IsCurrentState', 'StatusEndDate'],
  })
  expect([ended!.IsCurrentState, ended!.UserId]).toEqual([false, null])
  expect(began!).toMatchObject({
    ChangeEventHeader: { changeType: 'CREATE', changedFields: [] },
    ...{ UserId: idOf('anna'), ServicePresenceStatusId: statusOf('Lunch'), IsCurrentState: true },
  })
  expect(began!.ChangeEventHeader.recordIds).toEqual([crm.agents.row(idOf('anna'))!.id])
  expect(began!.StatusStartDate).toBeGreaterThan(before)
})

test('a client of others signs in with the certificate (JWT bearer), and finds the organisation by itself', async () => {
  const { config, crm, connect, pick } = await startWorld()
  const { loginUrl, clientId, username } = config
  const { client, heard, listen } = await connect({
    ...{ authType: 'oauth-jwt-bearer', loginUrl, clientId, username, privateKey: keys.privateKey },
  })
  client.subscribe(changeTopic, listen)
  await until(() => crm.bus.topic(changeTopic)!.listeners.size === 1, 'the subscription')
  pick('anna', 'Busy')
  await until(() => heard.length === 2, 'the change')
})

test('a client of others goes on from a replay id, and from the earliest event that is kept', async () => {
  const { crm, connect, pick, statusOf } = await startWorld()
  for (const label of ['Lunch', 'Busy', 'Available']) pick('ben', label)
  const all = await connect()
  all.client.subscribeFromEarliestEvent(changeTopic, all.listen)
  await until(() => all.heard.length === 6, 'everything')
  const later = await connect()
  later.client.subscribeFromReplayId(changeTopic, later.listen, null, all.heard[3]!.replayId)
  await until(() => later.heard.length === 2, 'what came after')
  expect(later.heard.map(({ replayId }) => replayId)).toEqual(
    all.heard.slice(4).map(({ replayId }) => replayId),
  )
  expect(later.heard[1]!.payload.ServicePresenceStatusId).toBe(statusOf('Available'))
  expect(crm.streams()).toBe(2)
})

test('a client of others is refused with a token that is none, and with a replay id of the future', async () => {
  const { connect } = await startWorld()
  const stranger = await connect({ authType: 'user-supplied', accessToken: '00D000000000001!nothing' })
  stranger.client.subscribe(changeTopic, stranger.listen)
  await until(() => stranger.troubles.length > 0, 'the refusal')
  expect(stranger.troubles[0]).toMatch(/UNAUTHENTICATED/)
  const dreamer = await connect()
  dreamer.client.subscribeFromReplayId(changeTopic, dreamer.listen, null, 9_999_999)
  await until(() => dreamer.troubles.length > 0, 'the refusal of the replay id')
  expect(dreamer.troubles[0]).toMatch(/INVALID_ARGUMENT/)
})
