import { describe, expect, it } from 'vitest'
import type { PersonSpec } from '../../../src/engine/people.ts'
import { releasePeople } from '../../../src/engine/release.ts'
import type { Deed } from './deeds.ts'
import type { OfficeOptions } from './office.ts'
import { anna, ben, calmMs, Office, personAt } from './office.ts'
import { closed, star } from './wiring.ts'

const annas = { teams: 'anna', phone: '1001', profiles: '201', crm: 'anna' } as const
const bens = { teams: 'ben', phone: '1002', profiles: '202', crm: 'ben' } as const

async function open(options: Partial<OfficeOptions> = {}): Promise<Office> {
  const office = new Office({ wiring: closed, mode: 'observed', lagMs: () => 500, ...options })
  await office.start()
  await office.run(calmMs)
  return office
}

async function live(office: Office, ...deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) {
    office.act(deed)
    await office.run(calmMs)
  }
}

const without = ({ addresses, ...person }: PersonSpec, connector: string): PersonSpec => ({
  ...person,
  addresses: addresses.filter((one) => one.connector !== connector),
})

/** Nothing that the hub wrote is left anywhere of this person's. */
function expectClean(office: Office, of: typeof annas | typeof bens): void {
  expect(office.teams.session(of.teams)).toBeUndefined()
  expect(office.teams.preferred(of.teams)?.by).not.toBe('hub')
  expect(office.phone.dnd(of.phone).on && office.phone.dnd(of.phone).by === 'hub').toBe(false)
}

describe('two phone systems joined through Teams only', () => {
  it('X-10, G-01: what one does is shown in Teams, and not passed on to the other', async () => {
    const office = await open({ wiring: star })
    await live(office, 'phone dnd')
    expect(office.standing()).toMatchObject({ shown: 'dnd', profiles: 'available' })
    await live(office, 'phone available', 'profiles call')
    expect(office.standing()).toMatchObject({ shown: 'call', phone: 'available', crm: 'available' })
    expect(office.writes.filter(({ system }) => system === 'profiles')).toEqual([])
  })

  it('X-10: what is chosen in Teams reaches both, and a choice at one of them gives it back at that one and in Teams', async () => {
    const office = await open({ wiring: star })
    await live(office, 'teams dnd')
    expect(office.standing()).toMatchObject({ phone: 'dnd', profiles: 'dnd' })
    await live(office, 'phone available')
    expect(office.standing()).toMatchObject({ shown: 'available', phone: 'available' })
    // Teams' choice is over, and with it what rested on it.
    expect(office.standing().profiles).toBe('available')
  })

  it('G-05: calls on both are one state in Teams, which ends with the last of them', async () => {
    const office = await open({ wiring: star })
    await live(office, 'phone call', 'profiles call', 'phone hangup')
    expect(office.standing().shown).toBe('call')
    await live(office, 'profiles hangup')
    expect(office.standing()).toMatchObject({ shown: 'available', session: 'none' })
  })
})

describe('a leaver', () => {
  it('G-03, X-16: leaves in the middle of a call: what was written is taken back at once, what they chose stays', async () => {
    const office = await open({ people: [anna, ben] })
    await live(office, 'crm dnd', 'profiles call')
    expect(office.standing()).toMatchObject({ phone: 'dnd', profiles: 'dnd', preferred: 'dnd' })
    office.setPeople([ben])
    await office.run(calmMs)
    expectClean(office, annas)
    expect(office.standing()).toMatchObject({ phone: 'available', profiles: 'available', crm: 'dnd' })
    // What they still do concerns nobody.
    const before = office.writes.length
    await live(office, 'phone call', 'teams dnd', 'profiles hangup')
    expect(office.writes.length).toBe(before)
  })

  it('G-02, G-03: leaves while the hub is down', async () => {
    const office = await open({ people: [anna, ben] })
    await live(office, 'teams dnd', 'phone call')
    office.hub.kill()
    office.setPeople([ben])
    await office.run(60_000)
    await office.start()
    await office.run(calmMs)
    expectClean(office, annas)
    expect(office.standing()).toMatchObject({ preferred: 'dnd', phone: 'available' })
  })
})

describe('an extension that moves to another person in do not disturb', () => {
  it('G-03: what was held for the former is taken back first, and is not taken for the next one’s', async () => {
    const office = await open({ people: [anna, without(ben, 'phone')] })
    await live(office, 'teams dnd')
    expect(office.standing().phone).toBe('dnd')
    office.setPeople([without(anna, 'phone'), personAt('ben', { ...bens, phone: annas.phone })])
    await office.run(calmMs)
    expect(office.phone.dnd(annas.phone).on).toBe(false)
    expect(office.standing()).toMatchObject({ preferred: 'dnd', profiles: 'dnd' })
    expect(office.standing(bens)).toMatchObject({ preferred: 'none', profiles: 'available' })
    // From now on it is Ben's.
    office.phone.startCall(annas.phone)
    await office.run(calmMs)
    expect(office.teams.shown('ben')).toBe('busy/inACall')
    expect(office.standing().session).toBe('none')
  })

  it('G-03: what the former had chosen on it stays there until somebody says otherwise', async () => {
    const office = await open({ people: [anna, without(ben, 'phone')] })
    await live(office, 'phone dnd')
    office.setPeople([without(anna, 'phone'), personAt('ben', { ...bens, phone: annas.phone })])
    await office.run(calmMs)
    expect(office.phone.dnd(annas.phone)).toMatchObject({ on: true, by: 'person' })
    // It rested on a phone that is not Anna's any more.
    expect(office.standing()).toMatchObject({ preferred: 'none', profiles: 'available', crm: 'available' })
    expect(office.standing(bens).preferred).toBe('none')
  })
})

describe('a renamed user', () => {
  const renamed: PersonSpec = { ...anna, upn: 'anna.married@contoso.example', displayName: 'Anna' }

  it('G-06: is the same person: nothing is written, and what was held goes on', async () => {
    const office = await open({ people: [anna] })
    await live(office, 'teams dnd', 'profiles call')
    const before = office.writes.filter(({ refresh }) => !refresh).length
    office.setPeople([renamed])
    await office.run(calmMs)
    expect(office.writes.filter(({ refresh }) => !refresh).length).toBe(before)
    await live(office, 'teams available', 'profiles hangup')
    expect(office.standing()).toMatchObject({ phone: 'available', profiles: 'available', shown: 'available' })
  })

  it('G-02, G-06: also when it happened while the hub was down', async () => {
    const office = await open({ people: [anna] })
    await live(office, 'crm dnd')
    office.hub.kill()
    office.setPeople([renamed])
    await office.run(30_000)
    await office.start()
    await office.run(calmMs)
    expect(office.standing()).toMatchObject({ shown: 'dnd', phone: 'dnd' })
    await live(office, 'crm available')
    expectClean(office, annas)
    expect(office.standing()).toMatchObject({ shown: 'available', phone: 'available' })
  })
})

describe('one person with several extensions', () => {
  const second = bens.phone
  const both: PersonSpec = {
    ...anna,
    addresses: [...anna.addresses, { connector: 'phone', address: second, line: `phone ${second}`, rank: 0 }],
  }

  it('G-05: calls count over all of them; do not disturb is one choice', async () => {
    const office = await open({ people: [both] })
    office.phone.startCall(second)
    await live(office, 'phone call', 'phone hangup')
    expect(office.standing()).toMatchObject({ shown: 'call', crm: 'call' })
    office.phone.endCall(second)
    await live(office, 'teams dnd')
    expect([office.phone.dnd(annas.phone).on, office.phone.dnd(second).on]).toEqual([true, true])
    office.phone.setDnd(second, false, 'person')
    await office.run(calmMs)
    expect(office.standing()).toMatchObject({ shown: 'available', phone: 'available', crm: 'available' })
  })

  it('G-03, G-05: one of them is taken away: only that one is given back', async () => {
    const office = await open({ people: [both] })
    await live(office, 'crm dnd')
    expect(office.phone.dnd(second).on).toBe(true)
    office.setPeople([anna])
    await office.run(calmMs)
    expect(office.phone.dnd(second).on).toBe(false)
    expect(office.standing()).toMatchObject({ phone: 'dnd', shown: 'dnd' })
    void releasePeople(office.hub.engine, [...office.hub.engine.people.all()], office.clock)
    await office.run(30_000)
    expectClean(office, annas)
  })
})
