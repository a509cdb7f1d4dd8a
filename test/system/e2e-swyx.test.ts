import { afterEach, describe, expect, test } from 'vitest'
import { registry } from '../../src/apps/registry.ts'
import { checkRouting } from '../../src/config/routing.ts'
import { callOf, DND, FREE, IN_A_CALL, showByVendor, teamsWrites } from './e2e/lab-people.ts'
import { type SwyxHub, startSwyxHub } from './e2e/swyx-hub.ts'

const settledMs = 17_000

let world: SwyxHub
afterEach(() => world.stop())

const teamsCalls = (name: string) => teamsWrites(world.lab, 0, world.person(name).upn).map(callOf)
const told = (name: string) => world.swyx.desk.shown(world.person(name).upn)

describe('without the vendor\u2019s connector: lamps by SIP, states by an agent', () => {
  test('SW-05, SW-06, SW-30: a call at any device is In a call in Teams, held or not; at its end what was there before comes back', async () => {
    world = await startSwyxHub('agent')
    const { phones, passUntil, pass, person } = world
    const david = person('david')
    expect(david.shown()).toBe('Away/Away')
    phones.start({ extension: '1004', direction: 'inbound', answer: false })
    await pass(3_000, () => expect(david.shown()).toBe('Away/Away'))
    phones.answer('1004')
    await world.heard('david', true)
    await passUntil(() => david.shown() === IN_A_CALL, 'In a call', 3_000)
    phones.hold('1004', true)
    await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
    phones.hangup('1004')
    await world.heard('david', false)
    await passUntil(() => david.shown() === 'Away/Away', 'Away again', 5_000)
    await pass(settledMs)
    expect(teamsCalls('david')).toEqual(['setPresence', 'clearPresence'])

    // Ben has two devices.
    for (const extension of ['1002', '1052']) {
      phones.start({ extension })
      await world.heard('ben', true)
      await passUntil(() => person('ben').shown() === IN_A_CALL, `In a call by ${extension}`, 3_000)
      phones.hangup(extension)
      await world.heard('ben', false)
      await passUntil(() => person('ben').shown() === FREE, 'Available again', 5_000)
    }
  })

  test('SW-12, SW-15, SW-16, SW-17, SW-19, SW-20, SW-21, SW-22, SW-24, SW-25, SW-26, SW-29: what is shown in Teams is shown at Swyx by the table, and the text stays', async () => {
    world = await startSwyxHub('agent')
    const { passUntil, pass, person, swyx } = world
    swyx.pick('1001', 'Available', 'back at 3')
    await pass(settledMs)
    const anna = person('anna')
    const rows = [
      [() => anna.status(DND), 'Do not disturb'],
      [() => anna.status('Busy/Busy'), 'Away'],
      [() => anna.status(null), 'Available'],
      [() => anna.teamsCall(true), 'Speaking'],
      [() => anna.teamsCall(false), 'Available'],
      [() => anna.client('DoNotDisturb/Presenting'), 'Speaking'],
      [() => anna.client(FREE), 'Available'],
      [() => anna.client('Busy/InAMeeting'), 'Away'],
      [() => anna.client('DoNotDisturb/Focusing'), 'Do not disturb'],
      [() => anna.client('Away/Away'), 'Away'],
      [() => anna.client(FREE), 'Available'],
      [() => anna.status('BeRightBack/BeRightBack'), 'Away'],
      [() => anna.status(null), 'Available'],
      [() => anna.status('Offline/OffWork'), 'Away'],
      [() => anna.status(DND), 'Do not disturb'],
      [() => anna.status(null), 'Available'],
      [() => anna.client('Away/Away'), 'Away'],
      // Offline: no synchronisation, what was shown last stays.
      [() => anna.client(null), 'Away'],
    ] as const
    for (const [act, word] of rows) {
      act()
      await passUntil(() => told('anna') === word, `${word} at Swyx`, 5_000)
      await pass(settledMs)
      expect([told('anna'), swyx.shown('1001').text]).toEqual([word, 'back at 3'])
    }
    expect(teamsCalls('anna')).toEqual([])
  })

  test('SW-31: nothing but Speaking goes to Teams', async () => {
    world = await startSwyxHub('agent')
    const { pass, person, swyx } = world
    for (const word of ['Do not disturb', 'Away', 'Available'] as const) {
      swyx.pick('1001', word)
      await pass(settledMs)
      expect([person('anna').shown(), told('anna')]).toEqual([FREE, word])
    }
    expect(teamsCalls('anna')).toEqual([])
  })

  test('G-02: the SIP server lost in mid-call: the call stays; an agent lost: nothing is taken for free; release takes back', async () => {
    world = await startSwyxHub('agent')
    const { phones, sip, lab, pass, passUntil, person, view, swyx } = world
    const anna = person('anna')
    const synced = (id: string) => view('anna').systems.find(({ connector }) => connector === id)!.synced
    phones.start({ extension: '1001' })
    await world.heard('anna', true)
    await passUntil(() => anna.shown() === IN_A_CALL, 'In a call', 3_000)
    await sip.cut()
    await passUntil(() => !synced('lamps'), 'the lamps to be missed', 60_000)
    phones.hangup('1001')
    await pass(5_000, () => expect(anna.shown()).toBe(IN_A_CALL))
    await sip.restore()
    await passUntil(() => anna.shown() === FREE, 'the end to be seen', 120_000)

    person('chiara').status(DND)
    await passUntil(() => told('chiara') === 'Do not disturb', 'Swyx to follow', 5_000)
    await pass(settledMs)
    lab.faults.add({ target: 'agent', kind: 'refuse' })
    await passUntil(() => !synced('pbx'), 'the agent to be missed', 60_000)
    person('chiara').status(null)
    await pass(5_000)
    expect(swyx.shown('1003').word).toBe('Do not disturb')
    lab.faults.clear()
    await passUntil(() => told('chiara') === 'Available', 'Swyx to follow when the agent is back', 60_000)

    await pass(settledMs)
    person('ben').status(DND)
    await passUntil(() => told('ben') === 'Do not disturb', 'Swyx to follow', 5_000)
    await pass(settledMs)
    expect((await world.hub().port.release(person('ben').upn)).remaining).toBe(0)
    await passUntil(() => told('ben') === 'Available', 'what was written to be taken back', 5_000)
  })
})

describe('with the vendor\u2019s connector (teamsSync: vendor)', () => {
  test('UN-04, UN-24, UN-29: a Swyx call reaches the CRM through Teams; the hub writes nothing for it to Teams, and nothing to Swyx', async () => {
    world = await startSwyxHub('vendor')
    const { crm, passUntil, pass, person, config, lab } = world
    const { upn } = person('anna')
    crm.desk!.pick(upn, 'Available')
    await pass(settledMs)
    showByVendor(lab, 'anna', true)
    await passUntil(() => crm.desk!.shown(upn) === 'On a Call', 'On a Call in the CRM', 10_000)
    await pass(settledMs)
    showByVendor(lab, 'anna', false)
    await passUntil(() => crm.desk!.shown(upn) === 'Available', 'Available in the CRM', 10_000)
    await pass(settledMs)
    expect(teamsCalls('anna')).not.toContain('setPresence')

    const findings = checkRouting(config(() => {}).tenants[0]!, registry)
    expect(findings.map(({ text }) => text)).toContain(
      "pbx and Teams are kept in step by the vendor's own connector; Teams is read as carrying the calls of pbx",
    )
    expect(() => config(({ tenants }) => tenants[0]!.links.push({ from: 'pbx', to: 'teams' }))).toThrow(
      'although pbx has teamsSync: vendor',
    )
  })
})
