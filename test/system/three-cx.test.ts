import { describe, expect, test } from 'vitest'
import { threeCx } from '../../src/connectors/three-cx/definition.ts'
import { ConnectorFailure } from '../../src/core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, UNKNOWN } from '../../src/core/presence.ts'
import { labApiClient } from '../../src/lab/three-cx/server.ts'
import type { PbxSwitches } from '../../src/lab/three-cx/switches.ts'
import { connect, publication, started } from './three-cx-world.ts'

const failureOf = (started: Promise<void>) =>
  started.then(
    () => undefined,
    (error: unknown) => error as ConnectorFailure,
  )

describe('signing in', () => {
  test('two instances of one client hold one token', async () => {
    const { pbx, instance, config, recording } = await started()
    const other = threeCx.create(config, recording.context)
    await other.start(['1003'])
    await Promise.all([other.directory!(), instance.directory!()])
    expect(pbx.signIns().granted).toBe(1)
    await other.stop()
  })

  test('a token that another program has ended is replaced once; one that goes on doing so is told', async () => {
    const { pbx, faults, until, recording, instance, requests } = await started()
    const complaint = () => recording.health()?.fix?.includes('for the hub alone')
    for (let times = 0; times < 5 && !complaint(); times += 1) {
      const { last } = requests
      faults.add({ target: '3cx', kind: 'revoke-tokens' })
      instance.resync(['1001'])
      const read = () =>
        requests.since(last).some(({ path, status }) => status === 200 && path.includes('/xapi/v1/Users?'))
      await until(() => complaint() || read(), 'profiles to be read again, or the complaint')
      if (times === 0) expect(pbx.signIns().granted).toBe(2)
    }
    await until(complaint, 'the complaint')
    expect(pbx.signIns().granted).toBeLessThanOrEqual(4)
  })

  test('the socket reopens with a new token where the old one has ended', async () => {
    const { pbx, faults, until, phones, legs } = await started()
    faults.add({ target: '3cx', kind: 'revoke-tokens' })
    pbx.calls.cut()
    phones.start({ extension: '1001' })
    await until(() => legs('1001') === 'confirmed outbound external', 'the call, over the new line')
  })

  test.each<[string, Partial<PbxSwitches>, string, RegExp]>([
    ['too old', { version: '18.0.9.23' }, 'misconfigured', /too old.*Update to V20/s],
    ['a licence that has ended', { licenseActive: false }, 'misconfigured', /not active.*renew/s],
    ['a role that covers nobody', { role: false }, 'misconfigured', /401.*role/s],
    ['no configuration API', { xapi: false }, 'misconfigured', /403.*Enterprise/s],
    ['no Call Control API', { callControl: false }, 'misconfigured', /403.*calls: false/s],
  ])('%s is said plainly', async (_about, change, kind, text) => {
    const { pbx, instance, check } = await connect()
    Object.assign(pbx.switches, change)
    const failure = await failureOf(instance.start(['1001']))
    expect(failure).toBeInstanceOf(ConnectorFailure)
    expect(failure?.kind).toBe(kind)
    expect(`${failure?.message} ${failure?.fix}`).toMatch(text)
    const errors = (await check()).filter(({ level }) => level === 'error')
    expect(errors.length).toBeGreaterThan(0)
    for (const each of errors) expect(each.fix, each.text).toBeTruthy()
  })

  test('nobody there, and somebody else there', async () => {
    const none = await connect({ url: 'http://127.0.0.1:1' })
    expect(await failureOf(none.instance.start(['1001']))).toMatchObject({ kind: 'not-ready' })
    const insecure = await connect({ url: 'http://pbx.contoso.example' })
    const failure = await failureOf(insecure.instance.start(['1001']))
    expect(failure).toMatchObject({ kind: 'misconfigured', message: expect.stringContaining('unencrypted') })
    const { faults, instance } = await connect()
    faults.add({ target: '3cx', kind: 'status', status: 404, path: '/connect/token' })
    expect(await failureOf(instance.start(['1001']))).toMatchObject({ fix: expect.stringContaining('V20') })
  })
})

describe('calls', () => {
  test('X-14, MM-27: ringing, talking, ended; external and internal; through a queue', async () => {
    const { phones, pbx, until, legs, recording } = await started()
    const { id } = phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await until(() => legs('1001') === 'early inbound external', 'ringing')
    phones.answer('1001')
    await until(() => legs('1001') === 'confirmed inbound external', 'talking')
    phones.hangup('1001', id)
    await until(() => legs('1001') === '', 'the end')
    const inside = phones.start({ extension: '1001', to: '1002' }).id
    pbx.calls.throughQueue(inside, '800')
    await until(() => legs('1002') === 'confirmed inbound internal', 'the colleague')
    expect(legs('1001')).toBe('confirmed outbound internal')
    const queued = phones.start({ extension: '1001', direction: 'inbound' }).id
    pbx.calls.throughQueue(queued, '800')
    pbx.calls.repeat()
    await until(
      () =>
        recording.feeds.dialogs('1001').some((leg) => leg.party === 'external' && leg.through === 'queue'),
      'a call through the queue',
    )
  })

  test('a build that puts the participant into the event needs no question', async () => {
    const { phones, pbx, until, legs, requests } = await started()
    pbx.switches.attachData = true
    const before = requests.last
    phones.start({ extension: '1001', direction: 'inbound' })
    await until(() => legs('1001') === 'confirmed inbound external', 'talking')
    const asked = requests.since(before).filter(({ path }) => path.includes('/participants/'))
    expect(asked).toEqual([])
  })

  test('a status that is new is a call, and told', async () => {
    const { phones, pbx, until, legs, instance } = await started()
    pbx.switches.callStatus = 'Whispering'
    phones.start({ extension: '1001', direction: 'inbound', answer: false })
    await until(() => legs('1001') === 'confirmed inbound external', 'a call')
    expect(instance.unknownValues?.()).toMatchObject([{ field: 'status', value: 'Whispering' }])
  })

  test('an extension that is missing at the API client is named, by health and by check', async () => {
    const { pbx, instance, recording, check, until } = await connect()
    pbx.switches.monitored = ['1001']
    await instance.start(['1001', '1002', '7777'])
    await until(() => recording.health()?.state === 'degraded', 'the complaint')
    expect(recording.health()).toMatchObject({
      detail: 'Calls of 1002 are not told to this API client.',
      fix: expect.stringContaining('can be monitored'),
    })
    const findings = await check()
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'warning', text: expect.stringContaining('1002, 1003') }),
    )
  })

  test('without calls only profiles are kept in step', async () => {
    const { pbx, instance, recording, check } = await connect({ calls: false })
    pbx.switches.callControl = false
    await instance.start(['1001'])
    expect([...recording.feeds.feeds.keys()]).toEqual(['profiles'])
    expect(pbx.calls.connections).toBe(0)
    expect((await check()).filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('profiles', () => {
  test('every profile, and a label in the place of a name', async () => {
    const { pick, until, recording, pbx, instance } = await started({ customProfile2: 'available' })
    const shows = async (state: unknown, what: string) =>
      until(() => recording.feeds.presence('1001') === state, what)
    pick('1001', 'Out of office')
    await shows(DO_NOT_DISTURB, 'Out of office')
    pick('1001', 'Custom 1')
    await shows(AWAY, 'Custom 1')
    pick('1001', 'Custom 2')
    await shows(AVAILABLE, 'Custom 2')
    pbx.users.byNumber('1001')!.labels.set('Away', 'Siesta')
    expect((await instance.publish!(publication({ state: AWAY }))).kind).toBe('applied')
    expect(pbx.users.byNumber('1001')!.profile).toBe('Away')
  })

  test('what stood there is put back exactly: Lunch, and not Away; unless a person has been there since', async () => {
    const { pick, pbx, instance } = await started()
    const profile = () => pbx.users.byNumber('1001')!.profile
    pick('1001', 'Custom 1')
    await instance.publish!(publication())
    expect(profile()).toBe('Out of office')
    await instance.publish!(publication({ act: 'withdraw', state: AWAY }))
    expect(profile()).toBe('Custom 1')
    await instance.publish!(publication())
    pick('1001', 'Away')
    await instance.publish!(publication())
    await instance.publish!(publication({ act: 'withdraw', state: AWAY }))
    expect(profile()).toBe('Away')
    await instance.publish!(publication())
    await instance.publish!(publication({ act: 'withdraw', state: UNKNOWN }))
    expect(profile()).toBe('Available')
  })

  test('a write whose answer is lost has failed, and the same again finds it done', async () => {
    const { faults, instance, pbx } = await started()
    const back = publication({ act: 'withdraw', state: UNKNOWN })
    // The user's own list of profiles is asked for once.
    await instance.publish!(publication({ state: AWAY }))
    await instance.publish!(back)
    faults.add({ target: '3cx', kind: 'drop', when: 'after', count: 1, path: '/xapi/v1/Users(1' })
    expect(await instance.publish!(publication())).toMatchObject({ kind: 'failed' })
    expect(pbx.users.byNumber('1001')!.profile).toBe('Out of office')
    expect(await instance.publish!(publication())).toMatchObject({ kind: 'unchanged' })
    faults.add({ target: '3cx', kind: 'status', status: 500, count: 1, path: '/xapi/v1/Users(1' })
    expect(await instance.publish!(back)).toMatchObject({ kind: 'failed' })
    expect(await instance.publish!(back)).toMatchObject({ kind: 'applied' })
  })

  test('what may not be written is rejected with the fix; what was written before is still taken back', async () => {
    const world = await started({ writeProfile: false })
    const [slot] = threeCx.writes(world.config)
    expect(slot?.states).toEqual([])
    const rejected = await world.instance.publish!(publication())
    expect(rejected).toMatchObject({ kind: 'rejected', fix: expect.stringContaining('writeProfile') })
    world.pick('1001', 'Out of office')
    const back = publication({ act: 'withdraw', state: UNKNOWN })
    expect(await world.instance.publish!(back)).toMatchObject({ kind: 'applied' })
    world.faults.add({ target: '3cx', kind: 'status', status: 403, path: '/xapi/v1/Users(' })
    expect(await world.instance.publish!(back)).toMatchObject({
      kind: 'rejected',
      fix: expect.stringContaining('Enterprise'),
    })
  })
})

describe('around it', () => {
  test('UN-29: the PBX’s own sync with Teams is found: by check with its field, and by health', async () => {
    const { pbx, instance, recording, check, until } = await connect()
    pbx.switches.teamsSync = true
    const finding = (await check()).find(({ text }) => text.includes('SetTeamsPresence'))
    expect(finding).toMatchObject({ level: 'warning', fix: expect.stringContaining('teamsSync: vendor') })
    await instance.start(['1001'])
    await until(() => recording.health()?.detail?.includes('SetTeamsPresence'), 'the complaint')
  })

  test('UN-04: with teamsSync: vendor it has to be on, and only then all is well', async () => {
    const { pbx, config, recording } = await connect()
    const context = { ...recording.context, teamsSync: 'vendor' as const }
    const about = async () =>
      (await threeCx.check(config, context)).filter(({ text }) => /sync|SetTeamsPresence/.test(text))
    expect(await about()).toMatchObject([{ level: 'warning', text: expect.stringContaining('is false') }])
    pbx.switches.teamsSync = true
    expect(await about()).toMatchObject([{ level: 'ok' }])
  })

  test('everyone with name, mail address and extension, over many pages', async () => {
    const { phones, instance, pbx } = await connect()
    for (let number = 2000; number < 2250; number += 1) {
      const extension = String(number)
      phones.put({ extension, displayName: `User ${extension}`, mail: `${extension}@contoso.example` })
    }
    pbx.switches.hotDesks = ['2001']
    await instance.start([])
    const entries = await instance.directory!()
    expect(entries).toHaveLength(253)
    expect(entries.flatMap(({ address, hotDesk }) => (hotDesk ? [address] : []))).toEqual(['2001'])
    expect(entries.at(-1)).toMatchObject({
      address: '2249',
      displayName: 'User 2249',
      mails: ['2249@contoso.example'],
      enabled: true,
    })
  })

  test('check names version, users and what is off, and nothing secret', async () => {
    const { check, pbx } = await connect()
    pbx.switches.productCode = '3CXSTD'
    const findings = await check()
    const text = JSON.stringify(findings)
    expect(text).toContain('3CX 20.0.10.1042')
    expect(text).toContain('3 users, 2 of them with a mail address')
    expect(text).toContain('The WebSocket for calls opens')
    expect(text).toContain('3CXSTD')
    expect(text).not.toContain(labApiClient.clientSecret)
    expect(pbx.calls.connections).toBe(0)
  })
})
