import { describe, expect, test } from 'vitest'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  UNKNOWN,
} from '../../src/core/presence.ts'
import { stableId } from '../../src/lab/salesforce/ids.ts'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { inMemory, recordingContext } from '../contract/context.ts'
import { changeTopic, connect, idOf, publication, started } from './salesforce-world.ts'

const anna = idOf('anna')

describe('reading', () => {
  test('signing out is told as such after a while, and signing in at once', async () => {
    const { recording, until, pick, seen } = await started()
    pick('anna', 'Logout')
    await until(() => seen('anna') === OFFLINE, 'signed out')
    expect(recording.feeds.observations(anna)[0]?.facet).toMatchObject({ absent: 'signedOut', chosen: 'no' })
    pick('anna', 'Busy')
    await until(() => seen('anna') === BUSY, 'signed in')
  })

  test('a change of status never passes through signed out, and capacity is no change', async () => {
    const { recording, until, pick, seen, crm } = await started()
    const before = recording.feeds.events.length
    pick('anna', 'On a Call')
    crm.agents.stir(anna)
    await until(() => seen('anna') === IN_A_CALL, 'the change')
    const said = recording.feeds.events.slice(before).filter(({ type }) => type === 'observed')
    expect(JSON.stringify(said)).not.toContain('signedOut')
    expect(said).toHaveLength(1)
  })

  test('what was missed while the stream was away is heard again by its replay id', async () => {
    const { until, pick, seen, crm, faults, requests, recording } = await started({ reconcileSeconds: 3600 })
    pick('anna', 'Busy')
    await until(() => seen('anna') === BUSY, 'the first')
    await until(
      async () => (await recording.context.memory.get(`replay ${changeTopic}`)) !== undefined,
      'the replay id',
    )
    faults.add({ target: 'salesforce', kind: 'refuse', path: '/eventbus' })
    await until(() => crm.streams() === 0 && recording.health()?.state === 'degraded', 'the loss')
    pick('anna', 'Lunch')
    faults.clear()
    await until(() => seen('anna') === AWAY && crm.streams() === 2, 'what was missed')
    await until(() => recording.health()?.state === 'up', 'health to come back')
    expect(requests.since(0).filter(({ method }) => method === 'Subscribe').length).toBeGreaterThan(2)
  })

  test('a replay id that is no longer good: everyone is read, and it goes on with what comes', async () => {
    const memory = inMemory()
    await memory.set(`replay ${changeTopic}`, Buffer.from('nonsense').toString('base64'))
    const { until, pick, seen, crm, recording } = await started({}, { memory })
    await until(() => recording.health()?.state === 'up' && crm.streams() === 2, 'a good stream')
    pick('anna', 'Busy')
    await until(() => seen('anna') === BUSY, 'what comes')
  })

  test('without change events everyone is read every 10 s, and what to do is said', async () => {
    const { until, pick, seen, recording, crm, check, clock, create } = await connect({
      reconcileSeconds: 3600,
    })
    crm.bus.enable(changeTopic, false)
    const instance = create()
    await instance.start([anna])
    await until(() => recording.health()?.state === 'degraded', 'health')
    expect(recording.health()?.fix).toContain('Change Data Capture')
    expect((await check()).find(({ level }) => level === 'warning')?.fix).toContain('Change Data Capture')
    pick('anna', 'Busy')
    clock.advance(11_000)
    await until(() => seen('anna') === BUSY, 'the reading')
  })

  test('a status that nobody has explained counts by its kind and is on the list; the table explains it', async () => {
    const blue = { id: stableId('0N5', 'Blue'), developerName: 'Blue', label: 'Blue', isAway: true }
    for (const [statuses, state] of [
      [[], BUSY],
      [[{ status: 'blue', means: 'presenting' as const }], PRESENTING],
    ] as const) {
      const { until, seen, crm, create } = await connect({ statuses: [...statuses] })
      crm.agents.statuses.push(blue)
      const instance = create()
      await instance.start([anna])
      crm.agents.change(anna, blue)
      await until(() => seen('anna') === state, 'Blue')
      const words = instance.unknownValues!().map(({ value, takenAs }) => [value, takenAs])
      expect(words).toEqual(state === BUSY ? [['Blue', 'busy/busy']] : [])
    }
  })

  test('many agents are read page by page', async () => {
    const { until, seen, crm, create } = await connect()
    crm.switches.pageSize = 1
    const instance = create()
    await instance.start([anna, idOf('ben'), idOf('chiara')])
    await until(() => seen('chiara') === AVAILABLE, 'the last page')
    expect((await instance.directory!()).map(({ upn }) => upn)).toHaveLength(3)
  })

  test('a revoked sign-in is renewed in silence', async () => {
    const { until, pick, seen, faults, clock, crm, instance } = await started()
    clock.advance(61_000)
    faults.add({ target: 'salesforce', kind: 'revoke-tokens' })
    instance.resync([anna])
    await until(() => crm.signIns().granted === 2, 'the second sign-in')
    pick('anna', 'Busy')
    await until(() => seen('anna') === BUSY, 'what comes')
  })
})

test('UN-23: the reason of a status is told beside its state; what a link has set has none', async () => {
  const { recording, until, pick, seen, instance } = await started()
  const reason = () => {
    const facet = recording.feeds.observations(anna)[0]?.facet
    return facet?.kind === 'presence' ? facet.reason : undefined
  }
  pick('anna', 'Lunch')
  await until(() => seen('anna') === AWAY && reason() === 'Lunch', 'the reason')
  pick('anna', 'Available')
  await until(() => seen('anna') === AVAILABLE, 'a status without')
  expect(reason()).toBeUndefined()
  expect((await instance.publish!(publication())).kind).toBe('applied')
  await until(() => seen('anna') === DO_NOT_DISTURB, 'what was written')
  expect(reason()).toBeUndefined()
})

describe('writing', () => {
  test('what stood there comes back exactly: Lunch is Lunch again', async () => {
    const { instance, until, pick, seen, label } = await started()
    pick('anna', 'Lunch')
    await until(() => seen('anna') === AWAY, 'Lunch')
    expect((await instance.publish!(publication())).kind).toBe('applied')
    expect(label('anna')).toBe('Do Not Disturb')
    expect((await instance.publish!(publication({ act: 'withdraw', state: AWAY }))).kind).toBe('applied')
    expect(label('anna')).toBe('Lunch')
  })

  test('not applied while the console is closed, or nobody is signed in; each says what to do', async () => {
    const { instance, pick, openConsole, label, until, seen } = await started()
    openConsole('anna', false)
    const silent = await instance.publish!(publication())
    expect(silent).toMatchObject({ kind: 'rejected', fix: expect.stringContaining('console') })
    openConsole('anna', true)
    expect((await instance.publish!(publication())).kind).toBe('applied')
    pick('anna', 'Logout')
    await until(() => seen('anna') === OFFLINE, 'signed out')
    expect(await instance.publish!(publication())).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('signed out'),
    })
    expect((await instance.publish!(publication({ act: 'withdraw', state: UNKNOWN }))).kind).toBe('unchanged')
    expect(label('anna')).toBe('Logout')
  })

  test('a stand-in for a state without a status of its own is told as what it stands for, also after a restart', async () => {
    const world = await connect()
    const { crm, recording, until, seen, pick, label, create } = world
    crm.agents.statuses.splice(
      0,
      Number.POSITIVE_INFINITY,
      ...crm.agents.statuses.filter(({ label: name }) => name !== 'On a Call'),
    )
    const first = create()
    await first.start([anna])
    expect((await first.publish!(publication({ state: IN_A_CALL }))).kind).toBe('applied')
    expect(label('anna')).toBe('Busy')
    await until(() => seen('anna') === IN_A_CALL, 'told as a call')
    await first.stop()
    const second = recordingContext({ clock: world.clock, memory: recording.context.memory })
    const { salesforce } = await import('../../src/connectors/salesforce/definition.ts')
    const again = salesforce.create(world.config, second.context)
    await again.start([anna])
    expect(second.feeds.presence(anna)).toBe(IN_A_CALL)
    pick('anna', 'Lunch')
    await until(() => second.feeds.presence(anna) === AWAY, 'Lunch')
    pick('anna', 'Busy')
    await until(() => second.feeds.presence(anna) === BUSY, 'Busy, as the agent picked it')
    await again.stop()
  })

  test('an answer that is lost is a failure, and looked at again it is settled', async () => {
    const { instance, faults } = await started()
    faults.add({ target: 'salesforce', kind: 'drop', when: 'after', count: 1, path: '/sobjects/' })
    expect((await instance.publish!(publication())).kind).toBe('failed')
    expect((await instance.publish!(publication())).kind).toBe('unchanged')
  })

  test('without the package nothing is written, and what to do is said', async () => {
    const { crm, create, recording, until, check } = await connect()
    crm.bus.enable('/event/Hookswitch_Outcome__e', false)
    crm.bus.enable('/event/Hookswitch_Command__e', false)
    const instance = create()
    await instance.start([anna])
    await until(() => recording.health()?.state === 'degraded', 'health')
    expect(recording.health()?.fix).toContain('salesforce/')
    expect(await instance.publish!(publication())).toMatchObject({ kind: 'rejected' })
    expect((await check()).find(({ level }) => level === 'warning')?.text).toContain('package')
  })

  test('writeStatus: false writes nothing and does not listen to consoles', async () => {
    const { instance, crm, until } = await started({ writeStatus: false })
    await until(() => crm.streams() === 1, 'one stream')
    expect(await instance.publish!(publication())).toMatchObject({
      kind: 'rejected',
      fix: 'Set writeStatus: true.',
    })
  })
})

test('MM-24: a notice is shown in the open console of its agent; without the package or with writeStatus off nowhere', async () => {
  const { instance, crm, until, requests, openConsole } = await started()
  const notice = { kind: 'signedOut', text: 'You have signed out here.' } as const
  instance.notify!({ address: anna, ...notice })
  await until(() => crm.consoles.shown.length > 0, 'the notice')
  expect(crm.consoles.shown).toEqual([{ userId: anna, text: notice.text }])
  openConsole('anna', false)
  const sent = () => requests.since(0).filter(({ path }) => path.endsWith('Hookswitch_Command__e')).length
  instance.notify!({ address: anna, ...notice })
  await until(() => sent() === 2, 'the second')
  expect(crm.consoles.shown).toHaveLength(1)
  const silent = await started({ writeStatus: false })
  silent.instance.notify!({ address: anna, ...notice })
  await silent.instance.stop()
  expect(silent.crm.consoles.shown).toEqual([])
})

describe('signing in and checking', () => {
  test('the refresh token of the web-server sign-in works as well', async () => {
    const { config, create, recording } = await connect()
    const { username, privateKey, ...rest } = config
    const { clientSecret, refreshToken } = labCrmClient
    const { salesforce } = await import('../../src/connectors/salesforce/definition.ts')
    const instance = salesforce.create({ ...rest, clientSecret, refreshToken }, recording.context)
    await instance.start([anna])
    expect(recording.health()?.state).toBe('up')
    await instance.stop()
    await create().stop()
  })

  test.each([
    ['two ways to sign in', { refreshToken: 'x' }, 'one way to sign in'],
    ['an API that is too old', { apiVersion: '61.0' }, 'too old'],
    ['an address without encryption', { loginUrl: 'http://contoso.my.salesforce.com' }, 'unencrypted'],
    ['a key that is none', { privateKey: 'not a key' }, 'PEM'],
  ])('%s is told as an error', async (_title, change, words) => {
    const { check } = await connect(change)
    const [first] = await check()
    expect(first).toMatchObject({ level: 'error', text: expect.stringContaining(words) })
    expect(first?.fix).toBeTruthy()
  })

  test('an organisation without Omni-Channel is told as such', async () => {
    const { crm, check } = await connect()
    crm.switches.omniChannel = false
    expect((await check())[0]).toMatchObject({ level: 'error', fix: expect.stringContaining('Omni-Channel') })
  })

  test('a version that the organisation does not have is told as such', async () => {
    const { check } = await connect({ apiVersion: '99.0' })
    expect((await check())[0]).toMatchObject({ level: 'error', fix: expect.stringContaining('apiVersion') })
  })

  test('a healthy organisation has no warning', async () => {
    const { check } = await connect()
    expect((await check()).filter(({ level }) => level === 'warning' || level === 'error')).toEqual([])
  })

  test('a day whose requests are used up is waited out, and said', async () => {
    const { recording, faults, instance, until, clock } = await started()
    faults.add({ target: 'salesforce', kind: 'status', status: 403, path: '/composite' })
    instance.resync([anna])
    clock.advance(2_000)
    await until(async () => {
      const outcome = await instance.publish!(publication({ state: DO_NOT_DISTURB }))
      return outcome.kind === 'deferred' && outcome.retryAfterMs > 30_000
    }, 'to be told to wait')
    expect(recording.health()?.state).not.toBe('down')
  })
})
