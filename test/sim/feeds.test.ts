import { describe, expect, it } from 'vitest'
import type { DialogState, FeedEvent } from '../../src/core/observation.ts'
import type { Row } from '../../src/core/policy.ts'
import { defaultRows } from '../../src/core/policy.ts'
import { link } from '../support/points.ts'
import { settingOf } from './exhaust.ts'
import { tenant } from './hub.ts'
import { CALL, DND, toPresence } from './pairs.ts'
import { calmMs } from './scenario.ts'
import { extension, policyOf, Simulation } from './simulation.ts'

const setting = settingOf(0, { mode: 'observed', policy: 'plain' })
const calm = calmMs(setting)

async function begin(): Promise<Simulation> {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(calm)
  return world
}

function say(world: Simulation, connector: 'phone' | 'teams', event: FeedEvent): void {
  world.hub.engine.emit(tenant, connector, event)
}

function leg(world: Simulation, state: DialogState, sequence?: string): FeedEvent {
  return {
    type: 'observed',
    feed: 'events',
    observation: {
      address: extension,
      observedAt: world.clock.wall(),
      facet: { kind: 'dialog', leg: 'x', state, direction: 'outbound', party: 'external', evidence: 'call' },
      ...(sequence !== undefined && { sequence }),
    },
  }
}

function shown(world: Simulation, pair: string): FeedEvent {
  return {
    type: 'observed',
    feed: 'presence',
    observation: {
      address: 'anna',
      observedAt: world.clock.wall(),
      facet: { kind: 'presence', state: toPresence(pair), chosen: 'unknown' },
    },
  }
}

describe('feeds', () => {
  it('G-02: a new epoch has an order of its own', async () => {
    const world = await begin()
    say(world, 'phone', leg(world, 'confirmed', '9'))
    await world.run(2000)
    expect(world.teams.session('anna')).toBe(CALL)
    say(world, 'phone', { type: 'opened', feed: 'events', leaseMs: 60_000 })
    say(world, 'phone', leg(world, 'terminated', '2'))
    await world.run(5000)
    expect(world.teams.session('anna')).toBeUndefined()
  })

  it('within an epoch an older word changes nothing', async () => {
    const world = await begin()
    say(world, 'phone', leg(world, 'confirmed', '9'))
    say(world, 'phone', leg(world, 'terminated', '8'))
    await world.run(5000)
    expect(world.teams.session('anna')).toBe(CALL)
  })

  it('G-02: what a snapshot does not name has ended', async () => {
    const world = await begin()
    say(world, 'phone', leg(world, 'confirmed'))
    await world.run(2000)
    say(world, 'phone', { type: 'snapshot', feed: 'events', observations: [] })
    await world.run(5000)
    expect(world.teams.session('anna')).toBeUndefined()
  })

  it('G-03: who falls silent is lost when the lease runs out: nothing is prolonged on their word', async () => {
    const world = await begin()
    world.act('callStart')
    await world.run(calm)
    world.phone.fault = { kind: 'mute' }
    world.phone.endCall(extension)
    await world.run(30_000)
    expect(world.hub.engine.feeds(tenant, 'phone')).toEqual({ live: 1, all: 1 })
    await world.run(40_000)
    expect(world.hub.engine.feeds(tenant, 'phone')).toEqual({ live: 0, all: 1 })
    await world.run(15 * 60_000)
    expect(world.teams.session('anna')).toBeUndefined()
  })

  it('a choice outlives a source that cannot be heard', async () => {
    const world = await begin()
    world.act('phoneDndOn')
    await world.run(calm)
    world.phone.fault = { kind: 'mute' }
    await world.run(60 * 60_000)
    expect(world.teams.preferred('anna')?.pair).toBe(DND)
  })
})

describe('states', () => {
  it('an unknown state reveals nothing, least of all that somebody is available', async () => {
    const world = await begin()
    world.act('teamsDnd')
    await world.run(calm)
    say(world, 'teams', shown(world, 'unknown/unknown'))
    await world.run(2000)
    expect(world.phone.dnd(extension).on).toBe(true)
  })

  it('a row that holds keeps what was shown before it', async () => {
    const world = await begin()
    const hold: Row = { when: { activity: 'inAMeeting' }, act: 'hold' }
    world.hub.engine.setPolicy(tenant, {
      ...policyOf({ setting }),
      links: [link('phone', 'teams'), link('teams', 'phone', { rows: [hold, ...defaultRows] })],
    })
    world.act('teamsDnd')
    await world.run(calm)
    say(world, 'teams', shown(world, 'busy/inAMeeting'))
    await world.run(2000)
    expect(world.phone.dnd(extension).on).toBe(true)
  })
})
