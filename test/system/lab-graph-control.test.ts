import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { amiEmulator } from '../../src/lab/asterisk/server.ts'
import type { EmulatorWorld } from '../../src/lab/emulator.ts'
import { type Lab, startLab } from '../../src/lab/lab.ts'
import type { PersonState } from '../../src/lab/people.ts'
import { sample, sampleTenant } from '../../src/lab/sample.ts'
import { startSip } from '../../src/lab/sip/server.ts'
import { askToken, labStops, startSampleLab } from './lab-graph-caller.ts'

afterEach(labStops)

const anna = 'anna@contoso.example'

async function control(lab: Lab, line: string, body?: unknown, headers: Record<string, string> = {}) {
  const [method = 'GET', path = ''] = line.split(' ')
  const answer = await fetch(`${lab.controlUrl}/lab/${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    json: text ? JSON.parse(text) : undefined,
  }
}

const stateOf = async (lab: Lab, upn = anna) => (await control(lab, `GET people/${upn}`)).json as PersonState

describe('phones', () => {
  test('a group rings, its call is handed on, parked and picked up', async () => {
    const lab = await startSampleLab()
    const who = () => lab.phones.calls().flatMap(({ legs }) => legs.filter(({ state }) => state !== 'ended'))
    const at = () => who().map(({ extension, state }) => `${extension} ${state}`)
    const ring = { extensions: ['1001', '1002'], from: '+14255550111' }
    expect((await control(lab, 'POST phones/ring', ring)).json.legs).toHaveLength(2)
    await control(lab, 'POST phones/1002/answer')
    expect(at()).toEqual(['1002 talking'])
    await control(lab, 'POST phones/1002/transfer', { to: '1001' })
    expect(at()).toEqual(['1001 ringing'])
    await control(lab, 'POST phones/1001/answer')
    const { call } = (await control(lab, 'POST phones/1001/park')).json as { call: string }
    expect(at()).toEqual([])
    await control(lab, 'POST phones/1002/pick-up', { call })
    expect(at()).toEqual(['1002 talking'])
    for (const [line, body, status] of [
      ['POST phones/ring', {}, 400],
      ['POST phones/ring', { extensions: ['9999'] }, 404],
      ['POST phones/1001/transfer', { to: '1002' }, 409],
      ['POST phones/1002/transfer', {}, 400],
      ['POST phones/1001/park', undefined, 409],
      ['POST phones/1001/pick-up', { call }, 409],
    ] as const) {
      expect((await control(lab, line, body)).status, line).toBe(status)
    }
  })

  test('a call rings, is answered, held, resumed and ended', async () => {
    const lab = await startSampleLab()
    const legs = async () => (await stateOf(lab)).phones[0]!.calls.map(({ state }) => state)
    const started = await control(lab, 'POST phones/1001/call', { direction: 'inbound', answer: false })
    expect(started.json).toMatchObject({ call: 'call-1', at: expect.any(Number) })
    expect(await legs()).toEqual(['ringing'])
    await control(lab, 'POST phones/1001/answer')
    expect(await legs()).toEqual(['talking'])
    await control(lab, 'POST phones/1001/hold', { on: true })
    expect(await legs()).toEqual(['held'])
    await control(lab, 'POST phones/1001/hold', { on: false })
    expect((await control(lab, 'POST phones/1001/hangup')).json.calls).toEqual(['call-1'])
    expect(await legs()).toEqual([])
  })

  test('DND and registration are set; impossible acts are refused with what was wrong', async () => {
    const lab = await startSampleLab()
    expect((await control(lab, 'PUT phones/1001/dnd', { on: true })).json).toMatchObject({ dnd: true })
    await control(lab, 'PUT phones/1001/registered', { on: false })
    expect((await stateOf(lab)).phones).toEqual([
      { extension: '1001', registered: false, dnd: true, calls: [] },
    ])
    const refused: readonly (readonly [string, unknown, number, RegExp])[] = [
      ['POST phones/1001/call', {}, 409, /not registered/],
      ['POST phones/9999/call', {}, 404, /9999/],
      ['POST phones/1002/answer', undefined, 409, /no ringing call/],
      ['PUT phones/1002/dnd', {}, 400, /^on: must be true or false/],
      ['PUT phones/1002/dnd', { on: true, off: 1 }, 400, /^off: no such field/],
      ['POST phones/1002/call', { party: 'martian' }, 400, /^party/],
      ['POST phones/1002/call', '{', 400, /^body: must be JSON/],
      ['POST phones/1002/call', '[]', 400, /^body/],
      ['GET nowhere', undefined, 404, /docs\/lab-api\.md/],
    ]
    for (const [line, body, status, detail] of refused) {
      const answer = await control(lab, line, body)
      expect([answer.status, answer.json.status], line).toEqual([status, status])
      expect(answer.json.detail).toMatch(detail)
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    }
  })
})

describe('Teams', () => {
  test('client, call, status and out of office are what a person does', async () => {
    const lab = await startSampleLab()
    const shown = async (line: string, body?: unknown) => (await control(lab, line, body)).json.shown
    expect(await shown(`PUT teams/${anna}/client`, { state: null })).toBe('Offline/Offline')
    expect(await shown(`PUT teams/${anna}/client`, { state: 'available/available' })).toBe(
      'Available/Available',
    )
    expect(await shown(`POST teams/${anna}/call`)).toBe('Busy/InACall')
    expect(await shown(`DELETE teams/${anna}/call`)).toBe('Available/Available')
    expect(await shown(`PUT teams/${anna}/outOfOffice`, { on: true })).toBe('Available/OutOfOffice')
    const dnd = { status: 'DoNotDisturb/DoNotDisturb', expires: 'PT1H' }
    expect(await shown(`PUT teams/${anna}/status`, dnd)).toBe('DoNotDisturb/DoNotDisturb')
    expect((await control(lab, `POST teams/${anna}/call`, { incoming: true })).json.outcome).toBe('voicemail')
    expect((await stateOf(lab)).teams).toMatchObject({
      shown: 'DoNotDisturb/DoNotDisturb',
      client: 'Available/Available',
      preferred: 'DoNotDisturb/DoNotDisturb',
      outOfOffice: true,
      inCall: false,
    })
    await control(lab, 'POST clock', { advanceMs: 3_600_000 })
    expect((await stateOf(lab)).teams.preferred).toBeNull()
    for (const [line, body] of [
      [`PUT teams/${anna}/client`, {}],
      [`PUT teams/${anna}/client`, { state: 'Busy/Nothing' }],
      [`PUT teams/${anna}/status`, { status: 'Busy/InACall' }],
      [`PUT teams/${anna}/status`, { status: 'Busy/Busy', expires: 'soon' }],
      [`PUT teams/${anna}/outOfOffice`, {}],
    ] as const) {
      expect((await control(lab, line, body)).status, line).toBe(400)
    }
    expect((await control(lab, 'POST teams/nobody@contoso.example/call')).status).toBe(404)
  })
})

describe('people', () => {
  test('are added, changed, listed by pages and removed; an extension moves', async () => {
    const lab = await startSampleLab()
    const zoe = 'zoe@contoso.example'
    await control(lab, 'POST phones/1001/call')
    const added = await control(lab, `PUT people/${zoe}`, {
      displayName: 'Zoe',
      extensions: ['1001', '1099'],
    })
    expect(added.json).toMatchObject({ upn: zoe, tenant: sample.entraTenantId })
    expect(added.json.phones.map((phone: { calls: unknown[] }) => phone.calls.length)).toEqual([1, 0])
    expect((await stateOf(lab)).phones).toEqual([])
    const { id } = await stateOf(lab, zoe)
    await control(lab, `PUT people/${zoe}`, { extensions: ['1099'], userType: 'Guest', teams: false })
    expect(await stateOf(lab, zoe)).toMatchObject({ id, displayName: 'Zoe', phones: [{ extension: '1099' }] })
    expect(lab.phones.phone('1001')).toBeUndefined()
    const page = (await control(lab, 'GET state?offset=11&limit=5')).json
    expect([page.total, page.people.map(({ upn }: PersonState) => upn)]).toEqual([
      13,
      ['leo@contoso.example', zoe],
    ])
    expect(page.addresses).toMatchObject({ microsoft: lab.graphUrl, control: lab.controlUrl })
    expect((await control(lab, `DELETE people/${zoe}`)).status).toBe(204)
    expect((await control(lab, `GET people/${zoe}`)).status).toBe(404)
    expect(lab.phones.phone('1099')).toBeUndefined()
    expect((await control(lab, `PUT people/${zoe}`, { tenant: 'elsewhere' })).status).toBe(404)
    expect((await control(lab, 'GET state?limit=-1')).status).toBe(400)
  })

  test('several tenants have their own people, tokens and quotas', async () => {
    const other = { ...sampleTenant(), entraTenantId: '11111111-1111-4111-8111-111111111111' }
    const olga = 'olga@fabrikam.example'
    const people = [{ upn: olga, extensions: ['2001'] }]
    const lab = await startLab({
      tenants: [sampleTenant(), { ...other, people }],
      switches: { quotaPer30s: 2 },
    })
    try {
      expect((await stateOf(lab, olga)).tenant).toBe(other.entraTenantId)
      for (const tenant of [sample.entraTenantId, other.entraTenantId]) {
        const { access_token: token } = (await (await askToken(lab, {}, tenant)).json()) as {
          access_token: string
        }
        const headers = { authorization: `Bearer ${token}` }
        const read = async (upn: string) =>
          (
            await fetch(`${lab.graphUrl}/v1.0/users/${lab.people.find(upn)!.person.user.id}/presence`, {
              headers,
            })
          ).status
        const own = tenant === sample.entraTenantId ? anna : olga
        const foreign = own === anna ? olga : anna
        expect([await read(own), await read(foreign), await read(own)]).toEqual([200, 404, 429])
      }
    } finally {
      await lab.stop()
    }
  })
})

describe('the workshop', () => {
  test('switches, faults and applications are changed over HTTP', async () => {
    const lab = await startSampleLab()
    expect(
      (await control(lab, 'PATCH switches', { aggregation: 'observed', readLagMs: 500 })).json,
    ).toMatchObject({
      aggregation: 'observed',
      badId: 'error',
    })
    expect((await control(lab, 'PATCH switches', { readLagMs: -1 })).json.detail).toMatch(/^readLagMs/)
    expect((await control(lab, 'GET switches')).json.readLagMs).toBe(500)
    const fault = { target: 'entra', kind: 'expired-secret', count: 2 }
    expect((await control(lab, 'POST faults', fault)).status).toBe(201)
    expect((await askToken(lab)).status).toBe(401)
    expect((await control(lab, 'GET faults')).json.faults).toEqual([{ ...fault, count: 1 }])
    expect((await control(lab, 'DELETE faults')).status).toBe(204)
    expect((await askToken(lab)).status).toBe(200)
    expect((await control(lab, 'POST faults', { target: 'graph' })).json.detail).toMatch(/^kind/)
    const application = `tenants/${sample.entraTenantId}/applications/${sample.clientId}`
    const secrets = [{ value: 'another' }]
    expect((await control(lab, `PUT ${application}`, { secrets, roles: ['User.Read.All'] })).status).toBe(204)
    expect((await askToken(lab)).status).toBe(401)
    expect((await askToken(lab, { client_secret: 'another' })).status).toBe(200)
    expect((await control(lab, `PUT ${application}`, { roles: ['Mail.Send'] })).json.detail).toMatch(/^roles/)
    expect((await control(lab, `PUT ${application}`, { certificates: ['x'] })).json.detail).toMatch(
      /^certificates/,
    )
  })

  test('the request log is read on from where the last answer ended', async () => {
    const lab = await startSampleLab()
    await askToken(lab)
    const first = (await control(lab, 'GET requests')).json
    expect(first.requests).toMatchObject([{ sequence: 1, target: 'entra', status: 200 }])
    await askToken(lab)
    const second = (await control(lab, `GET requests?since=${first.next}`)).json
    expect(second.requests).toHaveLength(1)
    expect((await control(lab, `GET requests?since=${second.next}`)).json).toEqual({ requests: [], next: 2 })
    expect((await control(lab, 'GET requests?target=graph')).json.requests).toEqual([])
    expect((await control(lab, 'GET requests?since=x')).status).toBe(400)
    expect(JSON.stringify([first, second])).not.toContain(sample.clientSecret)
  })

  test('pages of loopback may call, others may not', async () => {
    const lab = await startSampleLab()
    const board = 'http://127.0.0.1:8080'
    const allowed = await control(lab, 'GET state', undefined, { origin: board })
    expect(allowed.headers.get('access-control-allow-origin')).toBe(board)
    expect((await control(lab, 'OPTIONS state', undefined, { origin: board })).status).toBe(204)
    expect(
      (await control(lab, 'POST phones/1001/call', undefined, { origin: 'https://evil.example' })).status,
    ).toBe(403)
    expect(lab.phones.calls()).toEqual([])
  })
})

describe('starting and stopping', () => {
  test('the phone systems come with it, and one act at a phone reaches both', async () => {
    const emulators = { ami: amiEmulator(), sip: startSip }
    const lab = await startLab({ tenants: [sampleTenant()], emulators })
    try {
      const [host, port] = lab.addresses.ami!.split(':')
      const socket = connect(Number(port), host)
      let heard = ''
      socket.setEncoding('utf8').on('data', (text: string) => {
        heard += text
      })
      socket.write('Action: Login\r\nUsername: hookswitch\r\nSecret: lab-secret\r\n\r\n')
      await expect.poll(() => heard).toContain('Response: Success')
      await control(lab, 'POST phones/1001/call')
      await expect.poll(() => heard).toMatch(/Event: Newchannel[\s\S]*1001/)
      expect(lab.addresses.sip).toMatch(/^127\.0\.0\.1:\d+$/)
      expect(lab.requests.since(0).map(({ target, method }) => `${target} ${method}`)).toContain('ami Login')
      socket.destroy()
    } finally {
      await lab.stop()
    }
  })

  test('emulators get the shared models and are stopped with the lab', async () => {
    const stopped: string[] = []
    let given: EmulatorWorld | undefined
    const pbx = async (world: EmulatorWorld) => {
      given = world
      return { address: '127.0.0.1:1', stop: async () => void stopped.push('pbx') }
    }
    const lab = await startLab({ tenants: [sampleTenant()], emulators: { pbx }, ports: { pbx: 5038 } })
    expect([given?.phones === lab.phones, given?.port, lab.addresses.pbx]).toEqual([
      true,
      5038,
      '127.0.0.1:1',
    ])
    await Promise.all([lab.stop(), lab.stop()])
    expect(stopped).toEqual(['pbx'])
  })

  test('a part that cannot start stops the others', async () => {
    let microsoft = ''
    const broken = async (world: EmulatorWorld) => {
      microsoft = JSON.stringify(world.phones.list().length)
      throw new Error('port taken')
    }
    await expect(startLab({ tenants: [sampleTenant()], emulators: { broken } })).rejects.toThrow('port taken')
    expect(microsoft).toBe('13')
  })

  test('stopping cuts open connections', async () => {
    const lab = await startSampleLab()
    const socket = connect(Number(new URL(lab.graphUrl).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await lab.stop()
    await closed
  })
})
