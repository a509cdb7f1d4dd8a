import { describe, expect, it } from 'vitest'
import { releasePeople } from '../../../src/engine/release.ts'
import type { Deed } from './deeds.ts'
import type { OfficeOptions } from './office.ts'
import { calmMs, Office, preferredLifeMs } from './office.ts'
import { closed, star } from './wiring.ts'

/** What random days have found, each told as short as it can be. */

async function open(options: Partial<OfficeOptions> = {}): Promise<Office> {
  const office = new Office({ wiring: closed, mode: 'observed', lagMs: () => 0, ...options })
  await office.start()
  await office.run(calmMs)
  return office
}

/** One after the other, each when all has come to rest. */
async function live(office: Office, ...deeds: readonly Deed[]): Promise<void> {
  for (const deed of deeds) {
    office.act(deed)
    await office.run(calmMs)
  }
}

describe('found by random days', () => {
  it('SW-33: a call before which a chosen Busy gives way does not take that choice back elsewhere', async () => {
    const office = await open({ wiring: star })
    await live(office, 'crm busy', 'phone call')
    expect(office.standing()).toMatchObject({ shown: 'call', preferred: 'busy', crm: 'busy' })
    await live(office, 'phone hangup')
    expect(office.standing()).toMatchObject({ shown: 'busy', preferred: 'busy', crm: 'busy' })
  })

  it('SW-33: what was chosen elsewhere during a Teams call is not undone by the Busy that was behind the call', async () => {
    const office = await open()
    await live(office, 'teams busy', 'teams call', 'profiles available', 'teams hangup')
    expect(office.standing()).toMatchObject({ shown: 'busy', crm: 'available', profiles: 'available' })
  })

  it('G-03: a choice of ours that ends unseen behind a call is made again, and nobody’s own is undone', async () => {
    const office = await open()
    await live(office, 'profiles call', 'crm busy')
    expect(office.standing()).toMatchObject({ shown: 'call', preferred: 'busy', crm: 'busy' })
    await office.run(preferredLifeMs)
    expect(office.standing()).toMatchObject({ shown: 'call', preferred: 'busy', crm: 'busy' })
    await live(office, 'profiles hangup')
    expect(office.standing()).toMatchObject({ shown: 'busy', crm: 'busy' })
  })

  it('G-01: two systems that change at once do not take each other’s place', async () => {
    const office = await open()
    office.act('phone call')
    await office.run(100)
    // Both are seen when the hub's own writes there have settled.
    office.act('profiles dnd')
    await office.run(100)
    office.act('crm available')
    await office.run(calmMs)
    const { shown, phone, profiles, crm } = office.standing()
    expect([shown, phone, profiles, crm]).toEqual(['dnd', 'dnd', 'dnd', 'dnd'])
    expect(office.writes.filter(({ system }) => system === 'profiles').length).toBe(1)
  })

  it('G-02, G-03: do not disturb that was to be taken back, and is wanted again, is not taken for a person’s', async () => {
    const office = await open()
    await live(office, 'crm dnd')
    office.phone.fault = { kind: 'mute' }
    office.act('phone available')
    await office.run(1000)
    office.act('teams available')
    await office.run(8000)
    office.act('teams dnd')
    await office.run(90_000)
    office.phone.fault = { kind: 'down' }
    await office.run(30_000)
    office.phone.fault = undefined
    await office.run(calmMs)
    expect(office.standing()).toMatchObject({ shown: 'dnd', phone: 'dnd' })
    const { engine } = office.hub
    void releasePeople(engine, [...engine.people.all()], office.clock)
    await office.run(30_000)
    expect(office.standing().phone).toBe('available')
  })

  it('G-02: what a CRM refused while nobody was logged in is shown after the next login', async () => {
    const office = await open({ delivery: () => ({ ms: 300, twice: false }) })
    office.act('crm logout')
    await office.run(100)
    // The hub has not heard of the logout yet.
    office.act('profiles call')
    await office.run(calmMs)
    await live(office, 'crm login')
    expect(office.standing()).toMatchObject({ shown: 'call', crm: 'call' })
  })

  it('G-04: what was put back in Teams after a do not disturb, and is then taken away during a call, is gone elsewhere', async () => {
    const office = await open()
    await live(office, 'profiles call', 'teams away', 'phone dnd', 'phone available')
    expect(office.standing()).toMatchObject({ shown: 'away', preferred: 'away' })
    await live(office, 'profiles away', 'teams available')
    expect(office.standing()).toMatchObject({ shown: 'call', profiles: 'available' })
  })

  it('G-03: a session that ran out while the hub was down does not pass for a call in Teams itself', async () => {
    const office = await open()
    office.act('profiles call')
    await office.run(400)
    office.act('profiles hangup')
    await office.run(700)
    await office.restart(780_000)
    await live(office, 'teams call')
    expect(office.standing()).toMatchObject({ shown: 'call', profiles: 'away', crm: 'call' })
  })
})
