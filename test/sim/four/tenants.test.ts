import { describe, expect, it } from 'vitest'
import type { PersonSpec } from '../../../src/engine/people.ts'
import type { System } from '../../../src/engine/system.ts'
import { Hub } from '../hub.ts'
import type { Arrival, Emit } from '../life.ts'
import { Life } from '../life.ts'
import { MemoryStore } from '../memory-store.ts'
import { DND, phoneManifest, phoneSlots, teamsManifest, teamsSlots } from '../pairs.ts'
import { PhoneInstance } from '../phone-instance.ts'
import { PhoneWorld } from '../phone-world.ts'
import { epoch } from '../simulation.ts'
import { TeamsInstance } from '../teams-instance.ts'
import { TeamsWorld } from '../teams-world.ts'
import { VirtualClock } from '../virtual-clock.ts'
import { policyOf } from './hub-rules.ts'
import { calmMs, pollMs } from './office.ts'
import { star } from './wiring.ts'

const tenants = ['contoso', 'fabrikam'] as const
type Tenant = (typeof tenants)[number]

/** Two organisations with a Microsoft tenant each, in both of which somebody is called `anna`, share one phone system. */
class House {
  readonly clock = new VirtualClock(epoch)
  readonly #now = () => this.clock.monotonic()
  readonly phone = new PhoneWorld(this.#now, ['1001', '2001'])
  readonly teams = {
    contoso: new TeamsWorld(this.#now, 'observed', { addresses: ['anna'] }),
    fabrikam: new TeamsWorld(this.#now, 'observed', { addresses: ['anna'] }),
  }
  readonly complaints: string[] = []
  readonly #store = new MemoryStore()
  #hub: Hub | undefined
  #ids = 0
  #people = [this.#anna('contoso', '1001'), this.#anna('fabrikam', '2001')]

  async start(): Promise<void> {
    this.#hub = new Hub({
      life: new Life(this.clock),
      store: this.#store,
      people: this.#people,
      policy: policyOf(star),
      systems: (life, emit) => tenants.flatMap((tenant) => this.#systems(life, emit, tenant)),
      nextId: () => {
        this.#ids += 1
        return `${this.#ids}`
      },
      random: () => 0.5,
      complain: (message) => this.complaints.push(message),
    })
    await this.#hub.start()
    await this.clock.advance(calmMs)
  }

  async restart(): Promise<void> {
    this.#hub!.kill()
    await this.clock.advance(2000)
    await this.start()
  }

  /** The extension of contoso's Anna goes to fabrikam's. */
  async move(): Promise<void> {
    this.#people = [this.#anna('contoso', undefined), this.#anna('fabrikam', '1001')]
    this.#hub!.engine.setPeople(this.#people)
    await this.clock.advance(calmMs)
  }

  #anna(tenant: Tenant, extension: string | undefined): PersonSpec {
    const at = (connector: string, address: string) => ({
      connector,
      address,
      line: `${connector} ${address}`,
      rank: 0,
    })
    return {
      tenant,
      id: 'anna',
      upn: `anna@${tenant}.example`,
      displayName: 'Anna',
      addresses: [at('teams', 'anna'), ...(extension ? [at('phone', extension)] : [])],
    }
  }

  #systems(life: Life, emit: (connector: string, of?: string) => Emit, tenant: Tenant): System[] {
    const { clock } = this
    const common = { tenant, lines: '' }
    const arrived = (_: Arrival) => {}
    const toTeams = { world: this.teams[tenant], clock, pollMs, lagMs: () => 0, numbered: true, arrived }
    const toPhone = { world: this.phone, clock, arrived, tellsOrigin: false }
    return [
      {
        ...common,
        id: 'teams',
        manifest: teamsManifest,
        slots: teamsSlots(15_000),
        instance: new TeamsInstance('teams', life, { emit: emit('teams', tenant), link: toTeams }),
      },
      {
        ...common,
        id: 'phone',
        manifest: phoneManifest,
        slots: phoneSlots,
        instance: new PhoneInstance('phone', life, { emit: emit('phone', tenant), link: toPhone }),
      },
    ]
  }
}

async function open(): Promise<House> {
  const house = new House()
  await house.start()
  return house
}

describe('one phone system that serves two Microsoft tenants', () => {
  it('G-06: people of one name are two people: each phone is shown in the tenant of its owner only', async () => {
    const house = await open()
    house.phone.startCall('1001')
    house.phone.setDnd('2001', true, 'person')
    await house.clock.advance(calmMs)
    const { contoso, fabrikam } = house.teams
    expect([contoso.shown('anna'), fabrikam.shown('anna')]).toEqual(['busy/inACall', DND])
    expect([contoso.preferred('anna'), fabrikam.session('anna')]).toEqual([undefined, undefined])
    expect(house.complaints).toEqual([])
  })

  it('G-02, G-06: a choice in one tenant reaches its own extension only, also over a restart', async () => {
    const house = await open()
    house.teams.contoso.prefer('anna', DND, 'person')
    await house.clock.advance(calmMs)
    await house.restart()
    expect([house.phone.dnd('1001').on, house.phone.dnd('2001').on]).toEqual([true, false])
    house.teams.contoso.prefer('anna', undefined, 'person')
    await house.clock.advance(calmMs)
    expect([house.phone.dnd('1001').on, house.phone.dnd('2001').on]).toEqual([false, false])
    expect(house.teams.fabrikam.shown('anna')).toBe('available/available')
  })

  it('G-03: an extension in do not disturb goes from one tenant to the other: given back by the first, not taken up by the second', async () => {
    const house = await open()
    house.teams.contoso.prefer('anna', DND, 'person')
    await house.clock.advance(calmMs)
    await house.move()
    expect(house.phone.dnd('1001').on).toBe(false)
    expect(house.teams.contoso.shown('anna')).toBe(DND)
    expect(house.teams.fabrikam.preferred('anna')).toBeUndefined()
    house.phone.startCall('1001')
    await house.clock.advance(calmMs)
    expect(house.teams.fabrikam.shown('anna')).toBe('busy/inACall')
    expect(house.teams.contoso.session('anna')).toBeUndefined()
  })
})
