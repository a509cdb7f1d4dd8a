import { afterEach, expect, test } from 'vitest'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startWebhookHub, type WebhookHub } from './e2e/webhook-hub.ts'

const settledMs = 17_000

let world: WebhookHub
afterEach(() => world.stop())

test('CT-01, CT-16: who talks in the contact centre is in a call in Teams; who is ready again is not', async () => {
  world = await startWebhookHub()
  const { pick, pass, passUntil, person } = world
  const david = person('david')
  expect(david.shown()).toBe('Away/Away')
  pick('david', 'Talking')
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call', 5_000)
  await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
  pick('david', 'Ready')
  await passUntil(() => david.shown() === 'Away/Away', 'what was there before', 5_000)
  await pass(settledMs)
  expect([david.shown(), david.sessions()]).toEqual(['Away/Away', 0])
})

test('a call at the phone is told to the contact centre and to Teams, and taken back at its end', async () => {
  world = await startWebhookHub()
  const { phones, passUntil, person, told } = world
  const anna = person('anna')
  phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL && told('anna') === 'busy/inACall', 'the call', 5_000)
  phones.hangup('1001')
  await passUntil(() => anna.shown() === FREE && told('anna') === undefined, 'its end', 10_000)
})

test('who talks there as well while a call at the phone is told is in a call until both have ended', async () => {
  world = await startWebhookHub()
  const { phones, pass, passUntil, pick, person, told, view } = world
  pick('anna', 'Ready')
  phones.start({ extension: '1001' })
  await passUntil(() => told('anna') === 'busy/inACall', 'the call', 5_000)
  await pass(settledMs)
  const targets = view('anna').systems.find(({ connector }) => connector === 'crm')?.targets
  expect(targets).toMatchObject([{ slot: 'presence', status: 'applied' }])
  pick('anna', 'Talking')
  await pass(settledMs)
  phones.hangup('1001')
  await passUntil(() => told('anna') === undefined, 'the end at the phone to be told', 10_000)
  await pass(settledMs)
  expect(person('anna').shown()).toBe(IN_A_CALL)
  pick('anna', 'Ready')
  await passUntil(() => person('anna').shown() === FREE, 'the end of both', 10_000)
})

test('do not disturb in Teams silences phone and contact centre, and is cleared there with Teams', async () => {
  world = await startWebhookHub()
  const { pass, passUntil, person, told, dnd } = world
  await pass(settledMs)
  person('anna').status(DND)
  const wanted = 'doNotDisturb/doNotDisturb'
  await passUntil(() => told('anna') === wanted && dnd('1001'), 'both to follow', 10_000)
  await pass(settledMs)
  person('anna').status(null)
  await passUntil(() => told('anna') === undefined && !dnd('1001'), 'both to be cleared', 20_000)
})

test('do not disturb in the contact centre silences the phone and ends with the next state', async () => {
  world = await startWebhookHub()
  const { pass, passUntil, pick, dnd, person } = world
  await pass(settledMs)
  pick('anna', 'Do not disturb')
  await passUntil(() => dnd('1001') && person('anna').shown() === DND, 'phone and Teams', 10_000)
  await pass(settledMs)
  pick('anna', 'Ready')
  await passUntil(() => !dnd('1001') && person('anna').shown() === FREE, 'both to be free', 20_000)
})

test('who signs out is told nothing more until the next sign-in', async () => {
  world = await startWebhookHub()
  const { pass, passUntil, pick, person, phones, told } = world
  pick('anna', 'Talking')
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'In a call', 5_000)
  pick('anna', 'Logged out')
  await passUntil(() => person('anna').shown() === FREE, 'what was said to be withdrawn', 5_000)
  phones.start({ extension: '1001' })
  await pass(settledMs, () => expect(told('anna')).toBeUndefined())
  pick('anna', 'Ready')
  await passUntil(() => told('anna') === 'busy/inACall', 'the call that is still there', 10_000)
})

test('G-02: a contact centre that cannot be reached in mid-call is told the end when it is back', async () => {
  world = await startWebhookHub()
  const { phones, pass, passUntil, told, faults, person } = world
  phones.start({ extension: '1001' })
  await passUntil(() => told('anna') === 'busy/inACall', 'the call', 5_000)
  faults.add({ target: 'webhook', kind: 'refuse' })
  phones.hangup('1001')
  await passUntil(() => person('anna').shown() === FREE, 'Teams to follow', 5_000)
  await pass(30_000, () => expect(told('anna')).toBe('busy/inACall'))
  faults.clear()
  await passUntil(() => told('anna') === undefined, 'the end to be told', 120_000)
})

test('G-02, G-03: over a restart in mid-call nothing stays behind; release takes back what was told', async () => {
  world = await startWebhookHub()
  const { phones, passUntil, told, stopHub, startHub, hub, person, pick } = world
  for (const extension of ['1001', '1003']) phones.start({ extension })
  pick('david', 'Talking')
  const both = () => told('anna') === 'busy/inACall' && told('chiara') === 'busy/inACall'
  await passUntil(both, 'both calls', 5_000)
  await passUntil(() => person('david').shown() === IN_A_CALL, 'the call in the contact centre', 5_000)
  await stopHub()
  phones.hangup('1001')
  await startHub()
  await passUntil(() => told('anna') === undefined, 'the end that nobody had told', 60_000)
  expect(told('chiara')).toBe('busy/inACall')
  expect(world.view('david').systems.find(({ connector }) => connector === 'crm')?.native?.activity).toBe(
    'inACall',
  )
  const { released, remaining } = await hub().port.release(person('chiara').upn)
  expect([released.length > 0, remaining, told('chiara')]).toEqual([true, 0, undefined])
})

test('the table of a CRM preset holds both ways: mirage', async () => {
  world = await startWebhookHub('mirage')
  const { pass, passUntil, person, pick, told } = world
  const anna = person('anna')
  await pass(settledMs)
  const toCentre = [
    [DND, 'doNotDisturb/doNotDisturb'],
    ['Busy/Busy', 'busy/busy'],
    ['BeRightBack/BeRightBack', 'beRightBack/beRightBack'],
    ['Away/Away', 'away/away'],
    ['Offline/OffWork', 'away/away'],
    [FREE, undefined],
  ] as const
  for (const [status, wanted] of toCentre) {
    anna.status(status)
    await passUntil(() => told('anna') === wanted, `${status} to be told as ${wanted}`, 20_000)
  }
  anna.client('Busy/InAMeeting')
  anna.status(null)
  await passUntil(() => told('anna') === 'busy/inAMeeting', 'the meeting', 20_000)
  anna.client(FREE)
  await passUntil(() => told('anna') === undefined, 'the end of the meeting', 20_000)
  await pass(settledMs)

  const toTeams = [
    ['Talking', IN_A_CALL],
    ['Break', 'Away/Away'],
    ['Do not disturb', DND],
    ['Meeting', FREE],
    ['Ready', FREE],
    ['Logged out', FREE],
  ] as const
  for (const [word, shown] of toTeams) {
    pick('anna', word)
    await passUntil(() => anna.shown() === shown, `${word} to be shown as ${shown}`, 20_000)
    await pass(settledMs)
    expect(anna.shown(), word).toBe(shown)
  }
})
