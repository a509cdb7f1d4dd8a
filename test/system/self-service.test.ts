import { afterEach, expect, test } from 'vitest'
import { type DutyOptions, type DutyWorld, startDutyWorld } from './duty-world.ts'
import { DND, IN_A_CALL } from './e2e/lab-people.ts'

const settledMs = 17_000

let world: DutyWorld | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

async function open(options?: DutyOptions): Promise<DutyWorld> {
  world = await startDutyWorld({ stopped: true, ...options })
  await world.pass(settledMs)
  return world
}

const put = (body: unknown) => ({ method: 'PUT', body })

test('CT-13, CT-14: a direction is switched off and on at any time, within seconds, over pauses and a restart', async () => {
  const { person, phone, pass, passUntil, call, restart } = await open()
  const [teams, desk] = [person('anna'), phone('1001')]
  const own = `/people/${teams.upn}/own`
  const read = await call(own)
  expect(read.body).toMatchObject({ tenant: 'contoso', person: teams.upn })
  expect(read.body.directions.map(({ link, on }: { link: string; on: boolean }) => [link, on])).toEqual([
    ['pbx to teams', true],
    ['teams to pbx', true],
  ])
  expect(read.body.directions[0].from).toMatchObject({ connector: 'pbx', kind: 'pbx' })

  desk.dial()
  await passUntil(() => teams.shown() === IN_A_CALL, 'the call in Teams', 10_000)
  const off = await call(`${own}/directions`, put({ link: 'pbx to teams', on: false }))
  expect(off.body.directions[0]).toMatchObject({ on: false, since: expect.any(Number) })
  await passUntil(() => teams.shown() !== IN_A_CALL, 'the call to be taken back', 5_000)
  await pass(1_000)
  const why = await call(`/people/${teams.upn}/explain`)
  expect(JSON.stringify(why.body.decisions)).toContain('this direction is switched off')

  // The other direction goes on; a pause and its end leave the switch as it is.
  teams.status(DND)
  await passUntil(() => desk.dnd() === 'on', 'the phone to follow', 10_000)
  await call(`/people/${teams.upn}/pause`, put({ minutes: 5 }))
  await passUntil(() => desk.dnd() === 'off', 'the pause', 5_000)
  await call(`/people/${teams.upn}/pause`, { method: 'DELETE' })
  await pass(settledMs)
  expect(teams.shown()).not.toBe(IN_A_CALL)
  await restart()
  await pass(settledMs)
  expect((await call(own)).body.directions[0].on).toBe(false)

  // Switched on, a call that goes on is shown at once.
  await call(`${own}/directions`, put({ link: 'pbx to teams', on: true }))
  teams.status(null)
  await passUntil(() => teams.shown() === IN_A_CALL, 'the call again', 10_000)

  const audit = await call('/audit?tenant=contoso')
  const noted = JSON.stringify(audit.body)
  expect(noted).toContain('pbx to teams off')
  expect(noted).toContain('pbx to teams on')
  const wrong = await call(`${own}/directions`, put({ link: 'crm to teams', on: false }))
  expect(wrong.status).toBe(404)
})

test('how calls are shown is chosen where the tenant leaves it to people, and taken back again', async () => {
  const { person, phone, passUntil, call } = await open({ selfService: { callsAs: true } })
  const [teams, desk] = [person('anna'), phone('1001')]
  const calls = `/people/${teams.upn}/own/calls`
  expect((await call(`/people/${teams.upn}/own`)).body.calls).toEqual({})
  desk.dial()
  await passUntil(() => teams.shown() === IN_A_CALL, 'a call', 10_000)
  expect((await call(calls, put({ as: 'busy' }))).body.calls).toEqual({ chosen: 'busy' })
  await passUntil(() => teams.shown() === 'Busy/Busy', 'Busy', 10_000)
  await call(calls, put({ as: 'nothing' }))
  await passUntil(() => !teams.shown().startsWith('Busy'), 'nothing', 10_000)
  expect((await call(calls, put({ as: 'rules' }))).body.calls).toEqual({})
  await passUntil(() => teams.shown() === IN_A_CALL, 'the call again', 10_000)
})

test('what is not left to people is refused, and who has never come is counted', async () => {
  const { person, call } = await open()
  const anna = person('anna').upn
  const refused = await call(`/people/${anna}/own/calls`, put({ as: 'busy' }))
  expect(refused).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('selfService.callsAs') },
  })
  // Whoever asks here is nobody's account: that is no visit.
  await call(`/people/${anna}/own/visit`, { method: 'POST' })
  const { body } = await call('/visits?tenant=contoso')
  expect(body.opened).toBe(0)
  expect(body.never).toContain(anna)
  expect(body.all).toBe(body.never.length)
  expect((await call('/visits?tenant=fabrikam')).status).toBe(404)
})
