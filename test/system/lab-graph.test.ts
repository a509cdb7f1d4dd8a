import { afterEach, describe, expect, test } from 'vitest'
import { startLab } from '../../src/lab/lab.ts'
import type { Role } from '../../src/lab/microsoft/application.ts'
import { readMany } from '../../src/lab/microsoft/presence-reads.ts'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import { type GraphCaller, labStops, signIn, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

const call = {
  sessionId: sample.clientId,
  availability: 'Busy',
  activity: 'InACall',
  expirationDuration: 'PT15M',
}

async function start(roles?: readonly Role[]): Promise<GraphCaller> {
  return signIn(await startSampleLab(roles ? { roles } : {}))
}

describe('presence', () => {
  test('a call is set, shown, and cleared; clearing twice is a 404', async () => {
    const graph = await start()
    const anna = graph.idOf('anna')
    expect(await graph.post(`users/${anna}/presence/setPresence`, call)).toMatchObject({
      status: 200,
      text: '',
    })
    expect((await graph.get(`users/${anna}/presence`)).json).toMatchObject({
      id: anna,
      availability: 'Busy',
      activity: 'InACall',
      outOfOfficeSettings: { isOutOfOffice: false },
      statusMessage: null,
    })
    const session = { sessionId: sample.clientId }
    expect((await graph.post(`users/${anna}/presence/clearPresence`, session)).status).toBe(200)
    expect((await graph.get(`communications/presences/${anna}`)).json).toMatchObject({
      activity: 'Available',
    })
    const again = await graph.post(`users/${anna}/presence/clearPresence`, session)
    expect([again.status, again.json.error.code]).toEqual([404, 'NotFound'])
  })

  test('only the documented pairs and durations are accepted', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence`
    const statuses = async (act: string, bodies: readonly object[]) =>
      Promise.all(bodies.map(async (body) => (await graph.post(`${path}/${act}`, body)).status))
    const pairs = [
      'Available/Available',
      'Busy/InACall',
      'Busy/InAConferenceCall',
      'Away/Away',
      'DoNotDisturb/Presenting',
    ]
    const wrong = [
      'Busy/Busy',
      'Busy/InAMeeting',
      'DoNotDisturb/DoNotDisturb',
      'busy/inacall',
      'Offline/OffWork',
    ]
    const body = (pair: string) => ({
      sessionId: sample.clientId,
      availability: pair.split('/')[0],
      activity: pair.split('/')[1],
    })
    expect(await statuses('setPresence', pairs.map(body))).toEqual([200, 200, 200, 200, 200])
    expect(await statuses('setPresence', wrong.map(body))).toEqual([400, 400, 400, 400, 400])
    const lives = ['PT5M', 'PT4H', 'PT4M59S', 'PT4H1S', 'P1W', 'soon', 'PT', 600]
    const timed = lives.map((expirationDuration) => ({ ...call, expirationDuration }))
    expect(await statuses('setPresence', timed)).toEqual([200, 200, 400, 400, 400, 400, 400, 400])
    const range = await graph.post(`${path}/setPresence`, { ...call, expirationDuration: 'PT5H' })
    expect(range.json.error).toMatchObject({
      code: 'InvalidArgument',
      message: 'The provided [ExpirationDuration] is out of range.',
    })
    const sessions = [
      { ...call, sessionId: undefined },
      { ...call, sessionId: graph.idOf('ben') },
    ]
    expect(await statuses('setPresence', sessions)).toEqual([400, 400])
    const menu = [
      'Available/Available',
      'Busy/Busy',
      'DoNotDisturb/DoNotDisturb',
      'BeRightBack/BeRightBack',
      'Away/Away',
      'Offline/OffWork',
    ]
    const chosen = (pair: string) => ({ ...body(pair), sessionId: undefined })
    expect(await statuses('setUserPreferredPresence', menu.map(chosen))).toEqual([
      200, 200, 200, 200, 200, 200,
    ])
    expect(
      await statuses('setUserPreferredPresence', [chosen('Busy/InACall'), chosen('Offline/Offline')]),
    ).toEqual([400, 400])
    expect(await statuses('clearUserPreferredPresence', [{}, {}])).toEqual([200, 200])
  })

  test('a session without a duration lasts five minutes', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence`
    await graph.post(`${path}/setPresence`, { ...call, expirationDuration: null })
    graph.lab.clock.advance(299_000)
    expect((await graph.get(path)).json.activity).toBe('InACall')
    graph.lab.clock.advance(2_000)
    expect((await graph.get(path)).json.activity).toBe('Available')
  })

  test('a status message is shown without its times, until it expires', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence`
    const dateTime = new Date(graph.lab.clock.wall() + 60_000).toISOString().slice(0, 19)
    const message = { content: 'On the phone', contentType: 'text' }
    const statusMessage = { message, expiryDateTime: { dateTime, timeZone: 'UTC' } }
    expect((await graph.post(`${path}/setStatusMessage`, { statusMessage })).status).toBe(200)
    expect((await graph.get(path)).json.statusMessage).toEqual({ message })
    graph.lab.clock.advance(61_000)
    expect((await graph.get(path)).json.statusMessage).toBeNull()
    const offset = { message, expiryDateTime: { dateTime: `${dateTime}Z`, timeZone: 'UTC' } }
    expect((await graph.post(`${path}/setStatusMessage`, { statusMessage: offset })).status).toBe(400)
    expect((await graph.post(`${path}/setStatusMessage`, {})).status).toBe(400)
  })

  test('a UPN in the path, a strange id, $select and /me are refused', async () => {
    const graph = await start()
    expect((await graph.get('users/anna@contoso.example/presence')).status).toBe(400)
    expect((await graph.get('users/00000000-0000-4000-8000-000000000000/presence')).status).toBe(404)
    expect((await graph.get(`users/${graph.idOf('anna')}/presence?$select=activity`)).status).toBe(400)
    expect((await graph.get('me/presence')).status).toBe(400)
    expect((await graph.post(`users/${graph.idOf('anna')}/presence/setMood`, {})).status).toBe(404)
  })
})

describe('getPresencesByUserId', () => {
  test('reads at most 650', async () => {
    const graph = await start()
    const ids = [graph.idOf('anna'), graph.idOf('david')]
    const { json } = await graph.post('communications/getPresencesByUserId', { ids })
    expect(json.value.map((each: { activity: string }) => each.activity)).toEqual(['Available', 'Away'])
    const many = Array.from({ length: 651 }, () => ids[0])
    for (const wrong of [many, [], undefined, 'x', [1]]) {
      expect((await graph.post('communications/getPresencesByUserId', { ids: wrong })).status).toBe(400)
    }
  })

  test('treats an id without presence as the switch says', async () => {
    const graph = await start()
    const stranger = '00000000-0000-4000-8000-000000000000'
    const ids = [graph.idOf('anna'), stranger]
    const read = () => graph.post('communications/getPresencesByUserId', { ids })
    expect((await read()).status).toBe(404)
    graph.lab.switches.badId = 'omitted'
    expect((await read()).json.value).toHaveLength(1)
    graph.lab.switches.badId = 'unknown'
    expect((await read()).json.value[1]).toMatchObject({ id: stranger, availability: 'PresenceUnknown' })
    graph.lab.switches.badId = 'error'
    ids[1] = 'nonsense'
    expect((await read()).status).toBe(400)
  })

  test('costs less than 5 ms of CPU for 650 people of 100,000', async () => {
    const generate = { count: 100_000, domain: 'big.example' }
    const before = process.memoryUsage().rss
    const lab = await startLab({ tenants: [{ ...sampleTenant(), people: [], generate }] })
    try {
      const graph = await signIn(lab)
      const ids = [...lab.tenants.values()][0]!
        .people()
        .slice(0, 650)
        .map(({ user }) => user.id)
      const { json } = await graph.post('communications/getPresencesByUserId', { ids })
      expect(json.value).toHaveLength(650)
      const { switches, clock } = lab
      const tenant = [...lab.tenants.values()][0]!
      const cpuMs = () => {
        const started = process.cpuUsage()
        for (let round = 0; round < 10; round += 1) {
          JSON.stringify(readMany({ tenant, switches, clock, staleMs: 0 }, ids))
        }
        const { user, system } = process.cpuUsage(started)
        return (user + system) / 1000 / 10
      }
      // The cheapest of ten rounds: what the work costs, without what a shared machine adds to it
      // and without the compiler's share of the first ones.
      expect(Math.min(...Array.from({ length: 10 }, cpuMs))).toBeLessThan(5)
      expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(400)
    } finally {
      await lab.stop()
    }
  })
})

describe('switches', () => {
  test('no sequence number, another spelling, 204 for empty answers', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence`
    Object.assign(graph.lab.switches, { sequenceNumber: false, spelling: 'camelCase', emptyStatus: 204 })
    expect((await graph.post(`${path}/setPresence`, call)).status).toBe(204)
    const { json } = await graph.get(path)
    expect(json).toMatchObject({ availability: 'busy', activity: 'inACall' })
    expect(json).not.toHaveProperty('sequenceNumber')
  })

  test('reads lag, and a stale fault adds to it', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence`
    graph.lab.clock.advance(60_000)
    graph.lab.switches.readLagMs = 15_000
    await graph.post(`${path}/setPresence`, call)
    expect((await graph.get(path)).json.activity).toBe('Available')
    graph.lab.clock.advance(16_000)
    graph.lab.faults.add({ target: 'graph', kind: 'stale', ms: 10_000, count: 1 })
    expect((await graph.get(path)).json.activity).toBe('Available')
    expect((await graph.get(path)).json.activity).toBe('InACall')
  })

  test('the quota is enforced per application and tenant, with Retry-After that is enough', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence`
    graph.lab.switches.quotaPer30s = 3
    for (let number = 0; number < 3; number += 1) expect((await graph.get(path)).status).toBe(200)
    const refused = await graph.get(path)
    expect(refused).toMatchObject({ status: 429, json: { error: { code: 'TooManyRequests' } } })
    expect((await graph.get('users')).status).toBe(200)
    graph.lab.clock.advance(Number(refused.headers.get('retry-after')) * 1000)
    expect((await graph.get(path)).status).toBe(200)
  })

  test('answers take as long as latencyMs says, on the lab clock', async () => {
    const graph = await start()
    graph.lab.switches.latencyMs = [3_600_000, 3_600_000]
    let status = 0
    const answer = graph.get('users').then((answered) => {
      status = answered.status
    })
    await expect.poll(() => graph.lab.requests.last).toBe(2)
    expect(status).toBe(0)
    await expect
      .poll(() => {
        graph.lab.clock.advance(3_600_000)
        return status
      })
      .toBe(200)
    await answer
  })
})

describe('permissions and tokens', () => {
  test('a missing application permission is a 403 that names it', async () => {
    const readOnly = await start(['Presence.Read.All'])
    const path = `users/${readOnly.idOf('anna')}/presence`
    expect((await readOnly.get(path)).status).toBe(200)
    const write = await readOnly.post(`${path}/setPresence`, call)
    expect([write.status, write.json.error.message]).toEqual([
      403,
      expect.stringContaining('Presence.ReadWrite.All'),
    ])
    expect((await readOnly.get('users')).status).toBe(403)
    expect((await (await start([])).get(path)).status).toBe(403)
  })

  test('an empty, foreign, revoked or expired token is a 401', async () => {
    const graph = await start()
    const message = async (token: string) => {
      const { status, json } = await graph.with(token).get('users')
      return [status, json.error.code, json.error.message]
    }
    expect(await message('')).toEqual([401, 'InvalidAuthenticationToken', 'Access token is empty.'])
    expect((await message('x.y.z'))[0]).toBe(401)
    expect((await graph.get('users')).status).toBe(200)
    graph.lab.clock.advance(3_600_000)
    expect((await message(graph.token))[2]).toContain('expired')
    graph.lab.faults.add({ target: 'entra', kind: 'revoke-tokens' })
    expect((await message(graph.token))[2]).toContain('Invalid token')
  })

  test('errors carry the ids of the request, its own among them', async () => {
    const graph = await start()
    const { headers, json } = await graph.get('nothing', { 'client-request-id': 'mine' })
    expect(json.error.innerError).toMatchObject({ 'client-request-id': 'mine' })
    expect(json.error.innerError['request-id']).toBe(headers.get('request-id'))
  })
})

describe('users', () => {
  test('come in pages, with the next link', async () => {
    const graph = await start()
    const names: string[] = []
    let next: string | undefined = `${graph.lab.graphUrl}/v1.0/users?$top=5&$select=id,userPrincipalName`
    let pages = 0
    while (next) {
      const { json } = await graph.get(next)
      names.push(...json.value.map((user: { userPrincipalName: string }) => user.userPrincipalName))
      next = json['@odata.nextLink']
      pages += 1
    }
    expect([pages, names.length, new Set(names).size]).toEqual([3, 12, 12])
  })

  test('are found by UPN and mail; what ReadBasic may not see is left out or refused', async () => {
    const graph = await start()
    const found = await graph.get(
      "users?$filter=userPrincipalName eq 'ANNA@contoso.example'&$select=id,accountEnabled",
    )
    expect(found.json.value).toEqual([{ id: graph.idOf('anna') }])
    expect((await graph.get('users/ben@contoso.example')).json).toMatchObject({ displayName: 'Ben Ortiz' })
    expect((await graph.get('users/nobody@contoso.example')).json.error.code).toBe('Request_ResourceNotFound')
    graph.lab.switches.hiddenProperties = 'refused'
    expect((await graph.get('users?$select=id,accountEnabled')).status).toBe(403)
    const whole = await start(['User.Read.All'])
    const one = await whole.get(
      `users/${whole.idOf('anna')}?$select=id,accountEnabled,userType,proxyAddresses`,
    )
    expect(one.json).toMatchObject({ accountEnabled: true, userType: 'Member', proxyAddresses: [] })
    for (const query of [
      '$select=shoeSize',
      '$top=1000',
      '$top=0',
      '$orderby=mail',
      '$skiptoken=x',
      '$filter=x',
    ]) {
      expect((await whole.get(`users?${query}`)).status, query).toBe(400)
    }
  })
})

describe('faults', () => {
  test('status with Retry-After, slow, and dropped before or after the effect', async () => {
    const graph = await start()
    const { faults } = graph.lab
    const path = `users/${graph.idOf('anna')}/presence`
    faults.add({ target: 'graph', kind: 'status', status: 503, retryAfter: 7, count: 1 })
    const refused = await graph.get(path)
    expect([refused.status, refused.headers.get('retry-after'), refused.json.error.code]).toEqual([
      503,
      '7',
      'ServiceUnavailable',
    ])
    faults.add({ target: 'graph', kind: 'drop', count: 1 })
    await expect(graph.post(`${path}/setPresence`, call)).rejects.toThrow()
    expect((await graph.get(path)).json.activity).toBe('Available')
    faults.add({ target: 'graph', kind: 'drop', when: 'after', count: 1, path: 'setPresence' })
    await expect(graph.post(`${path}/setPresence`, call)).rejects.toThrow()
    expect((await graph.get(path)).json.activity).toBe('InACall')
  })

  test('bad JSON, another content type and a body that is no object never crash it', async () => {
    const graph = await start()
    const path = `users/${graph.idOf('anna')}/presence/setPresence`
    for (const [body, type] of [
      ['{', 'application/json'],
      ['[]', 'application/json'],
      ['1', 'application/json'],
      ['a=b', 'text/plain'],
    ] as const) {
      const { status, json } = await graph.send('POST', path, { body, headers: { 'content-type': type } })
      expect([status >= 400 && status < 500, typeof json.error.message]).toEqual([true, 'string'])
    }
    expect((await graph.get('users')).status).toBe(200)
  })
})

test('the log has every request in order, stamped, with its status and without secrets', async () => {
  const graph = await start()
  await graph.get('users')
  const logged = graph.lab.requests.since(0)
  expect(logged.map(({ target, method, status }) => [target, method, status])).toEqual([
    ['entra', 'POST', 200],
    ['graph', 'GET', 200],
  ])
  expect(logged[1]?.tenant).toBe(sample.entraTenantId)
  expect(JSON.stringify(logged)).not.toContain(sample.clientSecret)
  expect(JSON.stringify(logged)).not.toContain(graph.token)
})
