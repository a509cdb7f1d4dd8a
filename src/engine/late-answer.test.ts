import { describe, expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { tenant } from '../../test/sim/hub.ts'
import { CALL, DND } from '../../test/sim/pairs.ts'
import { calmMs } from '../../test/sim/scenario.ts'
import { extension, Simulation } from '../../test/sim/simulation.ts'
import type { Outcome, Publication } from '../core/connector.ts'

const setting = settingOf(0, { mode: 'observed', policy: 'plain' })
const calm = calmMs(setting)
const halfLifeMs = 12 * 3_600_000

type Publish = (publication: Publication) => Promise<Outcome>

/** A hub that answers to Teams what `change` makes of it. */
async function begin(change: (publication: Publication, publish: Publish) => Promise<Outcome>) {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(calm)
  const { instance } = world.hub.engine.system(tenant, 'teams')!
  const publish = instance.publish!.bind(instance)
  instance.publish = (publication) => change(publication, publish)
  return world
}

const openRows = (world: Simulation) =>
  [...world.store.snapshot().ledger.values()].filter((row) => row.open && row.connector === 'teams')

describe('a choice of ours is prolonged while a person clears it', () => {
  /** The clearance is read; then the request takes effect, and `answer` comes. */
  async function prolong(answer: Outcome['kind'], takesEffect: boolean) {
    const late = Promise.withResolvers<Outcome>()
    let asked = 0
    const world = await begin((publication, publish) => {
      if (!publication.refresh) return publish(publication)
      asked += 1
      return late.promise
    })
    world.act('phoneDndOn')
    expect(await world.clock.until(() => asked > 0, halfLifeMs + calm)).toBe(true)
    world.act('teamsAvailable')
    world.teams.prefer('anna', undefined, 'person')
    await world.run(setting.pollMs + 1000)
    expect(world.phone.dnd(extension).on).toBe(false)
    expect(openRows(world)).toHaveLength(1)
    if (takesEffect) world.teams.prefer('anna', DND, 'hub')
    await world.run(setting.pollMs + 1000)
    const at = world.clock.wall()
    late.resolve(answer === 'applied' ? { kind: answer, at } : { kind: 'failed', reason: 'no answer' })
    await world.run(calm)
    return world
  }

  it.each(['applied', 'failed'] as const)(
    'G-03: what the request put back is taken back, answer %s',
    async (answer) => {
      const world = await prolong(answer, true)
      expect(world.standing()).toEqual({ dnd: false, anna: undefined, ben: undefined })
      expect(openRows(world)).toEqual([])
    },
  )

  it.each(['applied', 'failed'] as const)(
    'nothing is written where it put nothing back, answer %s',
    async (answer) => {
      const world = await prolong(answer, false)
      expect(world.standing()).toEqual({ dnd: false, anna: undefined, ben: undefined })
      expect(openRows(world)).toEqual([])
      const writes = world.entries.filter((entry) => entry.kind === 'write' && entry.system === 'teams')
      expect(writes).toHaveLength(1)
    },
  )
})

describe('a write that is refused', () => {
  it('G-03: what was to be prolonged is taken back, and not offered again', async () => {
    const world = await begin((publication, publish) =>
      publication.refresh ? Promise.resolve({ kind: 'rejected', reason: 'denied' }) : publish(publication),
    )
    world.act('callStart')
    await world.run(calm)
    expect(world.teams.session('anna')).toBe(CALL)
    await world.run(400_000)
    expect(world.teams.session('anna')).toBeUndefined()
    expect(openRows(world)).toEqual([])
    await world.run(400_000)
    expect(world.entries.filter((entry) => entry.kind === 'write' && entry.system === 'teams')).toHaveLength(
      2,
    )
  })
})
