import { afterEach, describe, expect, test } from 'vitest'
import { type DutyOptions, type DutyWorld, newToken, startDutyWorld } from './duty-world.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'

const settledMs = 17_000
const minute = 60_000
/** The day on which summer time ends. */
const longestDay = 25 * 60 * minute

let world: DutyWorld | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

async function open(options?: DutyOptions): Promise<DutyWorld> {
  world = await startDutyWorld(options)
  return world
}

const anna = '/people/anna@contoso.example'

describe("a person's pause", () => {
  test('takes back what was written, and nothing chosen before its end takes effect afterwards', async () => {
    const { person, phone, pass, passUntil, call, view } = await open()
    const [teams, desk] = [person('anna'), phone('1001')]
    const path = `/people/${teams.upn}/pause`
    await pass(settledMs)
    teams.status(DND)
    await passUntil(() => desk.dnd() === 'on', 'the phone to follow', 10_000)
    await pass(settledMs)

    const begun = await call(path, { method: 'PUT', body: { minutes: 6 } })
    expect(begun).toMatchObject({ status: 200, body: { paused: [{ until: expect.any(Number) }] } })
    await passUntil(() => desk.dnd() === 'off', 'the phone to be let go', 5_000)
    const why = await call(`/people/${teams.upn}/explain`)
    expect(JSON.stringify(why.body.decisions)).toContain('sync is paused until')

    // A choice and a call during the pause.
    desk.pressDnd(true)
    await pass(5_000)
    desk.pressDnd(false)
    desk.pressDnd(true)
    await pass(2 * minute, () => expect(teams.preferred()).toBe(DND))
    desk.pressDnd(false)
    await pass(settledMs)
    expect(view('anna').paused).toHaveLength(1)
    await passUntil(() => view('anna').paused === undefined, 'the pause to end', 4 * minute)
    await pass(minute)
    // Teams still shows what was chosen before: it silences no phone now.
    expect([teams.preferred(), desk.dnd()]).toEqual([DND, 'off'])

    // The next choice does.
    teams.status(null)
    await pass(settledMs)
    teams.status(DND)
    await passUntil(() => desk.dnd() === 'on', 'the phone to follow again', 10_000)
  })

  test('lets a call that goes on past its end count at once', async () => {
    const { person, phone, pass, passUntil, call } = await open()
    const [teams, desk] = [person('ben'), phone('1002')]
    await call(`/people/${teams.upn}/pause`, { method: 'PUT', body: {} })
    desk.dial()
    await pass(minute, () => expect([teams.shown(), teams.sessions()]).toEqual([FREE, 0]))
    const ended = await call(`/people/${teams.upn}/pause`, { method: 'DELETE' })
    expect([ended.status, ended.body.paused]).toEqual([200, undefined])
    await passUntil(() => teams.shown() === IN_A_CALL, 'the call to be shown', 5_000)
  })

  test('CT-13, CT-14: sync is off, on and off again at any time of a call: Teams follows each time', async () => {
    const { person, phone, pass, passUntil, call } = await open()
    const teams = person('ben')
    const path = `/people/${teams.upn}/pause`
    await pass(settledMs)
    phone('1002').dial()
    for (const switched of ['on', 'off', 'on', 'off'] as const) {
      const method = switched === 'off' ? 'PUT' : 'DELETE'
      const { status } = await call(path, { method, ...(switched === 'off' && { body: {} }) })
      expect(status).toBe(200)
      const shown = switched === 'on' ? IN_A_CALL : FREE
      await passUntil(() => teams.shown() === shown, `sync ${switched}`, 10_000)
      await pass(settledMs, () => expect(teams.shown()).toBe(shown))
    }
  })

  test('outlives a restart, and may be of one link', async () => {
    const { person, phone, pass, passUntil, call, restart, view } = await open()
    const [teams, desk] = [person('anna'), phone('1001')]
    await call(`/people/${teams.upn}/pause`, { method: 'PUT', body: { link: 'pbx to teams' } })
    await restart()
    expect(view('anna').paused).toMatchObject([{ link: 'pbx to teams' }])
    desk.dial()
    await pass(minute, () => expect(teams.sessions()).toBe(0))
    desk.hangup()
    teams.status(DND)
    await passUntil(() => desk.dnd() === 'on', 'the other link to work', 10_000)
  })

  test("ends with the day in the tenant's time zone", async () => {
    const { call, person, lab } = await open({ timeZone: 'Pacific/Auckland' })
    const { body } = await call(`/people/${person('anna').upn}/pause`, {
      method: 'PUT',
      body: { endOfDay: true },
    })
    const until = body.paused[0].until as number
    const hour = new Date(until + 1000).toLocaleTimeString('en-GB', { timeZone: 'Pacific/Auckland' })
    expect(hour.slice(0, 5)).toBe('00:00')
    expect(until - lab.clock.wall()).toBeLessThanOrEqual(longestDay)
  })

  test('begins and ends by the request that a dialplan makes for a star code', async () => {
    const [signal, read] = [newToken(), newToken()]
    const { call, view } = await open({
      tokens: [
        { name: 'pbx', token: signal, scopes: ['signal'] },
        { name: 'board', token: read, scopes: ['read'] },
      ],
    })
    const post = (path: string, token?: string) =>
      call(path, { method: 'POST', ...(token !== undefined && { token }) })
    expect((await post('/pause/pbx/1001?for=60')).status).toBe(401)
    expect((await post('/pause/pbx/1001?for=60', read)).status).toBe(403)
    expect((await post('/pause/pbx/1001?for=60', signal)).status).toBe(200)
    const [paused] = view('anna').paused!
    // The pause begins with the turn that takes it, a moment after it was asked for.
    expect(Math.abs(paused!.until! - paused!.since - 60 * minute)).toBeLessThan(1000)
    // As a dialplan sends it: with a body, because its function always has one.
    const again = await call('/pause/pbx/1001?for=off', { method: 'POST', token: signal, body: {} })
    expect([again.status, view('anna').paused]).toEqual([200, undefined])
    expect((await post('/pause/pbx/4711?for=60', signal)).status).toBe(404)
    expect((await post('/pause/pbx/1001?for=soon', signal)).status).toBe(400)
  })

  test('is refused in words where the wish makes no sense', async () => {
    const { call } = await open()
    const put = (body: unknown, who = anna) => call(`${who}/pause`, { method: 'PUT', body })
    const refused = [
      await put({ minutes: 5, endOfDay: true }),
      await put({ minutes: 0 }),
      await put({ until: 1000 }),
      await put({ link: 'teams to moon' }),
      await put({ forever: true }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
    expect((await put({ minutes: 5 }, '/people/nobody@contoso.example')).status).toBe(404)
  })
})
