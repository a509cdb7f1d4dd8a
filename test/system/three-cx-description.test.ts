import { afterEach, expect, test } from 'vitest'
import { threeCx } from '../../src/connectors/three-cx/definition.ts'
import { threeCxQueues } from '../../src/connectors/three-cx/queue-definition.ts'
import { AWAY, DO_NOT_DISTURB, UNKNOWN } from '../../src/core/presence.ts'
import { recordingContext } from '../contract/context.ts'
import { type Exchange, loadDescription } from './three-cx-description.ts'
import { type Pbx, publication, startPbx } from './three-cx-world.ts'

const description = loadDescription()
const busyMs = 60_000

let world: Pbx | undefined
afterEach(async () => {
  await world?.pbx.stop()
  world = undefined
})

const readText = (text: string): unknown => (text === '' ? undefined : JSON.parse(text))

/** Keeps every exchange with the configuration API. */
function recordFetch(exchanges: Exchange[]): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const { pathname, search } = new URL(String(input))
    if (!pathname.startsWith('/xapi/v1')) return response
    exchanges.push({
      method: init?.method ?? 'GET',
      path: pathname.slice('/xapi/v1'.length) + search,
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
      status: response.status,
      answer: readText(await response.clone().text()),
    })
    return response
  }
}

test(
  'every request of the connector and every answer of the emulator is as the vendor describes them',
  async () => {
    world = await startPbx()
    const { pbx, config } = world
    pbx.switches.teamsSync = true
    pbx.users.change('1002', {
      officeHours: ['AutoSwitchProfiles', 'GlobalSchedule'],
      hours: {
        Type: 'SpecificHours',
        Periods: [{ DayOfWeek: 'Monday', Start: '08:00:00', Stop: '17:00:00' }],
      },
    })
    pbx.users.byNumber('1003')!.labels.set('Custom 1', 'Cantine')
    const exchanges: Exchange[] = []
    const recording = recordingContext({ fetch: recordFetch(exchanges) })
    await threeCx.check(config, recording.context)
    const instance = threeCx.create(config, recording.context)
    await instance.start(['1001', '1002'])
    await instance.directory!()
    await instance.publish!(publication({ state: AWAY }))
    await instance.publish!(publication({ state: DO_NOT_DISTURB }))
    await instance.publish!(publication({ act: 'withdraw', state: UNKNOWN }))
    await instance.publish!(publication({ address: "7'7" }))
    await instance.stop()
    const { url, clientId, clientSecret } = config
    const queues = threeCxQueues.create({ url, clientId, clientSecret }, recording.context)
    await queues.start(['1001'])
    await queues.publish!(publication({ slot: 'queue' }))
    await queues.stop()
    expect(pbx.users.byNumber('1001')?.queueStatus).toBe('LoggedOut')
    const seen = new Set(
      exchanges.map(
        ({ method, path, status }) => `${method} ${path.split('?')[0]!.replace(/\(\d+\)/, '(Id)')} ${status}`,
      ),
    )
    expect([...seen].sort()).toEqual([
      'GET /Defs/TimeZones 200',
      'GET /Microsoft365Integration 200',
      'GET /OfficeHours 200',
      'GET /ServicePrincipals 200',
      'GET /SystemStatus 200',
      'GET /Users 200',
      'GET /Users(Id)/ForwardingProfiles 200',
      "GET /Users(Number='1001') 200",
      "GET /Users(Number='7''7') 404",

      'PATCH /Users(Id) 204',
    ])
    for (const exchange of exchanges) {
      expect(description.problems(exchange), JSON.stringify(exchange)).toEqual([])
    }
  },
  busyMs,
)

test('the description refuses what it does not know', () => {
  const wrong: Exchange = {
    method: 'PATCH',
    path: '/Users(1)',
    body: { Nonsense: 1 },
    status: 204,
    answer: undefined,
  }
  expect(description.problems(wrong).length).toBeGreaterThan(0)
  const page = { value: [{ Id: 'one' }] }
  const answered: Exchange = {
    method: 'GET',
    path: '/Users?$select=Nobody',
    body: undefined,
    status: 200,
    answer: page,
  }
  expect(description.problems(answered)).toHaveLength(2)
})
