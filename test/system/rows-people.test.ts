import { afterEach, describe, expect, test } from 'vitest'
import type { TeamsConfig } from '../../src/connectors/teams/config.ts'
import { teams } from '../../src/connectors/teams/definition.ts'
import { AWAY, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { PersonView } from '../../src/core/view.ts'
import { recordingContext } from '../contract/context.ts'
import { type RowsWorld, startRowsWorld } from './rows/world.ts'
import { openTeamsLab, type Role } from './teams-world.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const links = [
  { from: 'phone', to: 'teams' },
  { from: 'teams', to: 'phone' },
]

async function start(people = ['anna', 'ben']): Promise<RowsWorld> {
  const world = await startRowsWorld([{ id: 't', people, links }], 'observed')
  closers.push(() => world.stop())
  await world.pass(2_000)
  return world
}

const systemOf = (world: RowsWorld, person: string, connector: string) =>
  world
    .hub()
    .port.person(`${person}@rows.example`)!
    .systems.find((system) => system.connector === connector)!

describe('what others see', () => {
  test('SW-01, SW-11, UN-03: everyone with what each system says, calls and Teams states included', async () => {
    const world = await start()
    world.act('anna', 'phone', {
      leg: { leg: 'a', state: 'confirmed', direction: 'inbound', party: 'external' },
    })
    world.act('ben', 'teams', { client: 'Busy/InAMeeting' })
    await world.pass(8_000)
    const seen = world
      .hub()
      .port.people()
      .map(({ displayName, state }) => `${displayName}: ${state.label}`)
    expect(seen.sort()).toEqual(['anna: In a call', 'ben: In a meeting'])
    expect(systemOf(world, 'ben', 'teams').native?.label).toBe('In a meeting')
    expect(systemOf(world, 'anna', 'phone').native?.label).toBe('In a call')
  })

  test('SW-01, SW-11, UN-03: of one agent what Teams, the phone and the CRM say by themselves stands side by side', async () => {
    const world = await start()
    world.crm.choose('anna', AWAY)
    world.act('anna', 'teams', { client: 'Busy/InAMeeting' })
    // Once the call is written over it, Teams does not tell the meeting any more: it is remembered.
    await world.pass(8_000)
    world.act('anna', 'phone', {
      leg: { leg: 'a', state: 'confirmed', direction: 'inbound', party: 'external' },
    })
    await world.pass(8_000)
    const { people } = (await (await fetch(`${world.hub().url}/api/v1/people`)).json()) as {
      people: PersonView[]
    }
    const anna = people.find(({ upn }) => upn === 'anna@rows.example')!
    expect(Object.fromEntries(anna.systems.map(({ kind, native }) => [kind, native?.label]))).toEqual({
      collaboration: 'In a meeting',
      pbx: 'In a call',
      crm: 'Away',
    })
  })

  test('MM-13: whether a state was chosen is kept with it, and never guessed', async () => {
    const world = await start()
    world.phone.choose('anna', DO_NOT_DISTURB)
    world.act('ben', 'teams', { client: 'Busy/InACall' })
    await world.pass(6_000)
    expect(systemOf(world, 'anna', 'phone').native?.chosen).toBe('yes')
    expect(systemOf(world, 'ben', 'teams').native?.chosen).toBe('no')
    expect(systemOf(world, 'ben', 'phone').native?.chosen).toBe('unknown')
  })

  test('MM-12, X-13: out of office of the mailbox is a flag beside the state', async () => {
    const world = await start()
    world.act('anna', 'teams', { outOfOffice: true, client: 'Busy/InACall' })
    await world.pass(6_000)
    expect(systemOf(world, 'anna', 'teams').native).toMatchObject({ activity: 'inACall', outOfOffice: true })
    expect(world.hub().port.person('anna@rows.example')!.state).toMatchObject({ outOfOffice: true })
  })

  test('MM-22: a connection to Teams that is lost is shown, and nothing is made up meanwhile', async () => {
    const world = await start(['anna'])
    world.lab.faults.add({ target: 'graph', kind: 'status', status: 503 })
    const heard = () => systemOf(world, 'anna', 'teams').synced
    await world.passUntil(() => !heard(), 180_000)
    expect(heard()).toBe(false)
    const view = world
      .hub()
      .port.connectors()
      .find(({ id }) => id === 'teams')!
    expect(view.health.state).not.toBe('up')
    world.lab.faults.clear()
    await world.passUntil(heard, 120_000)
    expect(heard()).toBe(true)
  })
})

describe('consent', () => {
  const findings = async (roles: readonly Role[]) => {
    const { lab, config } = await openTeamsLab({ roles })
    closers.push(() => lab.stop())
    return teams.check(config as unknown as TeamsConfig, recordingContext().context)
  }

  test('UN-15, CT-05: without it the check names what the own application lacks', async () => {
    const errors = (await findings([])).filter(({ level }) => level === 'error')
    expect(errors.map(({ text, fix }) => `${text} ${fix}`).join('\n')).toMatch(/Presence\.ReadWrite\.All/)
  })

  test('once given, the check says so', async () => {
    const all = await findings(['Presence.ReadWrite.All', 'User.ReadBasic.All'])
    expect(all.filter(({ level }) => level === 'error')).toEqual([])
    expect(
      all
        .filter(({ level }) => level === 'ok')
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(/Presence/)
  })
})
