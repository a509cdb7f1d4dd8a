import { afterEach, describe, expect, test } from 'vitest'
import type { ReachabilityView, RingChannel } from '../../src/core/ring-channel.ts'
import type { Pair } from '../../src/lab/microsoft/states.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type World, type WorldOptions } from './e2e/world.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

const settledMs = 17_000
const start = async (options: WorldOptions = {}) => {
  world = await startWorld(options)
}

async function read(name: string): Promise<ReachabilityView> {
  const answer = await fetch(`${world.hub().url}/api/v1/people/${name}@contoso.example/reachability`)
  return (await answer.json()) as ReachabilityView
}

const words = ({ kind, via, inbound, outbound }: RingChannel) => `${kind} ${via}: ${inbound}/${outbound}`
const answers = async (name: string) => (await read(name)).channels.map(words)
const askLine = async (path: string) => (await fetch(`${world.hub().url}/api/v1/ring/${path}`)).text()

/** The hub has read what a system shows. */
async function shows(name: string, label: string, connector = 'teams'): Promise<void> {
  const shown = () => world.system(name, connector).native?.label === label
  await world.passUntil(shown, `${name} to be ${label} at ${connector}`, 10_000)
}

describe('over the wire', () => {
  test('X-12: Teams, the phone direct and by a queue, through do not disturb, a call and a phone that leaves', async () => {
    await start({ ring: { busyOnBusy: 'enabled', queueDoNotDisturb: 'rings' } })
    const teams = world.person('anna')
    const phone = world.phone('1001')
    const free = ['collaboration direct: yes/yes', 'phone direct: yes/yes', 'phone queue: yes/yes']
    expect(await answers('anna')).toEqual(free)

    teams.status(DND)
    await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', 5_000)
    await world.pass(settledMs)
    expect(await answers('anna')).toEqual([
      'collaboration direct: no/yes',
      'phone direct: no/yes',
      'phone queue: yes/yes',
    ])
    expect((await read('anna')).channels[1]!.because).toContain('set by the hub')
    expect(await askLine('pbx/1001')).toMatch(/^busy do not disturb is on/)
    expect(await askLine('pbx/1001?via=queue')).toBe('ring')
    expect(await askLine('pbx/7777')).toMatch(/^unknown nobody/)
    teams.status(null)
    await world.passUntil(() => phone.dnd() === 'off', 'the phone to follow back', 5_000)
    await world.pass(settledMs)

    teams.teamsCall(true)
    await shows('anna', 'In a call')
    expect((await answers('anna'))[0]).toBe('collaboration direct: no/yes')
    teams.teamsCall(false)
    await shows('anna', 'Available')

    world.lab.phones.setRegistered('1001', false)
    await shows('anna', 'Offline', 'pbx')
    expect((await answers('anna')).slice(1)).toEqual(['phone direct: no/no', 'phone queue: no/no'])
    world.lab.phones.setRegistered('1001', true)
    await shows('anna', 'Available', 'pbx')
    expect(await answers('anna')).toEqual(free)
  })

  test('SW-07, SW-08, SW-09, X-08: In a call that the hub shows for a phone call does not block Teams', async () => {
    await start({ ring: { busyOnBusy: 'enabled' } })
    world.phone('1001').dial()
    await world.passUntil(() => world.person('anna').shown() === IN_A_CALL, 'In a call', 3_000)
    await world.pass(settledMs)
    const [teams] = (await read('anna')).channels
    expect(words(teams!)).toBe('collaboration direct: yes/yes')
    expect(teams!.because).toContain('does not stop calls')
  })

  test('X-12: a second call during a Teams call is unknown until Busy on busy is declared', async () => {
    await start()
    world.person('anna').teamsCall(true)
    await shows('anna', 'In a call')
    const [teams] = (await read('anna')).channels
    expect(teams).toMatchObject({
      inbound: 'unknown',
      because: expect.stringContaining('has not been declared'),
    })
  })

  test('X-12: what can no longer be heard is unknown, not free', async () => {
    await start()
    await world.ami.stop()
    world.lab.faults.add({ target: 'graph', kind: 'status', status: 503 })
    await world.passUntil(
      () => world.view('anna').systems.every(({ synced }) => !synced),
      'both systems to be lost',
      120_000,
    )
    expect(await answers('anna')).toEqual([
      'collaboration direct: unknown/unknown',
      'phone direct: unknown/unknown',
      'phone queue: unknown/unknown',
    ])
    expect(await askLine('pbx/1001')).toMatch(/^unknown pbx cannot be heard/)
  })
})

describe('the softphone of preset mirage', () => {
  const cases: readonly [string, Pair, Pair | null, string][] = [
    ['MM-17', FREE, null, 'yes/yes'],
    ['MM-17', 'Away/Away', null, 'yes/yes'],
    ['MM-17', FREE, 'Busy/Busy', 'yes/yes'],
    ['MM-15, MM-16', FREE, DND, 'no/no'],
    ['MM-15, MM-16', 'DoNotDisturb/Presenting', null, 'no/no'],
  ]

  test('MM-15..MM-19, MM-26, MM-27: by what Teams shows', async () => {
    await start({ preset: 'mirage', links: [] })
    const teams = world.person('anna')
    for (const [id, client, status, direct] of cases) {
      teams.client(client)
      teams.status(status)
      await world.pass(settledMs)
      const blocked = direct === 'no/no'
      expect(
        (await answers('anna')).filter((one) => one.startsWith('softphone')),
        id,
      ).toEqual([
        `softphone direct: ${direct}`,
        `softphone internal: yes/${blocked ? 'no' : 'yes'}`,
        `softphone queue: unknown/${blocked ? 'no' : 'yes'}`,
      ])
    }
    teams.client(FREE)
    teams.teamsCall(true)
    await shows('anna', 'In a call')
    expect(await answers('anna')).toContain('softphone direct: yes/yes')
    teams.teamsCall(false)
    const { tenant, person } = world.lab.people.find('anna@contoso.example')!
    tenant.setOutOfOffice(person, 'Back on Monday')
    await world.pass(settledMs)
    expect(await answers('anna'), 'MM-18').toContain('softphone direct: yes/yes')
    teams.status(DND)
    await world.pass(settledMs)
    expect(await answers('anna'), 'MM-19').toContain('softphone direct: no/no')
    const address = world.system('anna', 'teams').addresses[0]!
    expect(await askLine(`teams/${address}?channel=softphone`)).toMatch(/^busy Do not disturb/)
    expect(await askLine(`teams/${address}?channel=softphone&via=internal`)).toBe('ring')
  })

  test('is not there with another preset', async () => {
    await start()
    expect((await read('anna')).channels.map(({ kind }) => kind)).not.toContain('softphone')
  })
})
