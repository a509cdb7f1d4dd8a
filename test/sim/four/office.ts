import type { PersonSpec } from '../../../src/engine/people.ts'
import type { System } from '../../../src/engine/system.ts'
import { Hub, tenant } from '../hub.ts'
import type { Arrival, Emit } from '../life.ts'
import { Life } from '../life.ts'
import { MemoryStore } from '../memory-store.ts'
import { phoneManifest, phoneSettleMs, phoneSlots, teamsManifest, teamsSlots } from '../pairs.ts'
import { PhoneInstance } from '../phone-instance.ts'
import { PhoneWorld } from '../phone-world.ts'
import type { Delivery } from '../pipe.ts'
import { RegisterInstance } from '../register-instance.ts'
import { RegisterWorld } from '../register-world.ts'
import { epoch } from '../simulation.ts'
import { TeamsInstance } from '../teams-instance.ts'
import type { Aggregation } from '../teams-world.ts'
import { TeamsWorld } from '../teams-world.ts'
import { VirtualClock } from '../virtual-clock.ts'
import type { Deed, Desk } from './deeds.ts'
import { perform } from './deeds.ts'
import { crm, policyOf, profilesManifest, profilesSlots, registerSettleMs } from './hub-rules.ts'
import type { Wiring } from './wiring.ts'
import type { Standing, SystemName } from './words.ts'
import { wordOf } from './words.ts'

export interface OfficeOptions {
  readonly wiring: Wiring
  readonly mode: Aggregation
  /** Age of what a read of Teams shows, in turn. */
  readonly lagMs: () => number
  readonly delivery?: () => Delivery
  /** Reads of Teams say which version of a state they show. */
  readonly numbered?: boolean
  readonly people?: readonly PersonSpec[]
}

export interface OfficeWrite extends Arrival {
  readonly at: number
}

/** A choice in Teams ends after this long, so that a test lives to see it. */
export const preferredLifeMs = 35 * 60_000
export const pollMs = 5000
/** How long reads may show what was there before a write. */
export const settleMsOf: Readonly<Record<SystemName, number>> = {
  teams: 15_000,
  phone: phoneSettleMs,
  profiles: registerSettleMs,
  crm: registerSettleMs,
}
/** Until everything is seen, written, settled and read again, and no fight is remembered. */
export const calmMs = 130_000

const annas: Readonly<Record<SystemName, string>> = {
  teams: 'anna',
  phone: '1001',
  profiles: '201',
  crm: 'anna',
}
const bens: Readonly<Record<SystemName, string>> = {
  teams: 'ben',
  phone: '1002',
  profiles: '202',
  crm: 'ben',
}

export function personAt(id: string, at: Readonly<Partial<Record<SystemName, string>>>): PersonSpec {
  const addresses = Object.entries(at).map(([connector, address]) => ({
    connector,
    address,
    line: `${connector} ${address}`,
    rank: 0,
  }))
  return { tenant, id, upn: `${id}@contoso.example`, displayName: id, addresses }
}

export const anna = personAt('anna', annas)
export const ben = personAt('ben', bens)

/** One person between Teams, two phone systems and a CRM, and the hub between them. */
export class Office implements Desk {
  readonly clock = new VirtualClock(epoch)
  readonly teams: TeamsWorld
  readonly phone: PhoneWorld
  readonly profiles: RegisterWorld
  readonly profileCalls: PhoneWorld
  readonly crm: RegisterWorld
  readonly at = annas
  readonly lines: string[] = []
  readonly writes: OfficeWrite[] = []
  readonly complaints: string[] = []
  /** The hub's own writes that came back late or twice. */
  echoes = 0
  readonly #options: OfficeOptions
  readonly #store = new MemoryStore()
  #hub: Hub | undefined
  #people: readonly PersonSpec[]
  #ids = 0
  #lastIsOurs = false

  constructor(options: OfficeOptions) {
    this.#options = options
    this.#people = options.people ?? [anna]
    const now = () => this.clock.monotonic()
    this.teams = new TeamsWorld(now, options.mode, { addresses: [annas.teams, bens.teams], preferredLifeMs })
    this.phone = new PhoneWorld(now, [annas.phone, bens.phone])
    this.profiles = new RegisterWorld(now, [annas.profiles, bens.profiles])
    this.profileCalls = new PhoneWorld(now, [annas.profiles, bens.profiles], 'profiles-')
    this.crm = new RegisterWorld(now, [annas.crm, bens.crm])
    this.phone.listen(({ what }) => this.#note('dnd' in what && what.dnd.by === 'hub'))
    for (const world of [this.profiles, this.crm]) {
      world.listen((address) => this.#note(world.register(address).by === 'hub'))
    }
  }

  get hub(): Hub {
    return this.#hub!
  }

  async start(): Promise<void> {
    const life = new Life(this.clock)
    this.#hub = new Hub({
      life,
      store: this.#store,
      people: this.#people,
      policy: policyOf(this.#options.wiring),
      systems: (of, emit) => this.#systems(of, emit),
      nextId: () => {
        this.#ids += 1
        return `${this.#ids}`
      },
      random: () => 0.5,
      complain: (message) => this.complaints.push(message),
    })
    await this.#hub.start()
  }

  run(milliseconds: number): Promise<void> {
    return this.clock.advance(milliseconds)
  }

  async restart(downMs: number): Promise<void> {
    this.tell(`the hub is killed, and up again after ${downMs / 1000} s`)
    this.hub.kill()
    await this.run(downMs)
    await this.start()
  }

  act(deed: Deed): boolean {
    const isThere = deed !== 'crm dnd' || this.#options.wiring.crmHasDnd
    const changed = isThere && perform(deed, this)
    this.tell(changed ? deed : `${deed} (no change)`)
    return changed
  }

  setPeople(people: readonly PersonSpec[]): void {
    this.#people = people
    if (this.#hub?.life.alive) this.hub.engine.setPeople([...people])
  }

  standing(of: Readonly<Record<SystemName, string>> = this.at): Standing {
    return {
      preferred: wordOf(this.teams.preferred(of.teams)?.pair),
      shown: wordOf(this.teams.shown(of.teams)),
      session: wordOf(this.teams.session(of.teams)),
      phone: this.phone.dnd(of.phone).on ? 'dnd' : 'available',
      profiles: wordOf(this.profiles.register(of.profiles).pair),
      crm: wordOf(this.crm.register(of.crm).pair),
    }
  }

  tell(text: string): void {
    this.lines.push(`${(this.clock.monotonic() / 1000).toFixed(2).padStart(9)} s  ${text}`)
  }

  #note(isOurs: boolean): void {
    this.#lastIsOurs = isOurs
  }

  #arrived(arrival: Arrival): void {
    this.writes.push({ ...arrival, at: this.clock.monotonic() })
    const { system, address, slot, act, pair, refresh } = arrival
    this.tell(`    hub → ${system} ${address} ${slot}: ${act} ${pair}${refresh ? ' (refresh)' : ''}`)
  }

  #delivery(): Delivery {
    const delivery = this.#options.delivery?.() ?? { ms: 20, twice: false }
    if (this.#lastIsOurs && (delivery.twice || delivery.ms > 100)) this.echoes += 1
    this.#lastIsOurs = false
    return delivery
  }

  #systems(life: Life, emit: (connector: string) => Emit): readonly System[] {
    const { clock } = this
    const common = { tenant, lines: '' }
    const push = {
      clock,
      arrived: (arrival: Arrival) => this.#arrived(arrival),
      delivery: () => this.#delivery(),
    }
    const { lagMs, numbered = true } = this.#options
    const toTeams = { ...push, world: this.teams, pollMs, lagMs, numbered }
    const toPhone = { ...push, world: this.phone, tellsOrigin: false }
    const toProfiles = { ...push, world: this.profiles, calls: this.profileCalls }
    const toCrm = { ...push, world: this.crm, calls: undefined }
    return [
      {
        ...common,
        id: 'teams',
        manifest: teamsManifest,
        slots: teamsSlots(settleMsOf.teams, { preferredLifeMs }),
        instance: new TeamsInstance('teams', life, { emit: emit('teams'), link: toTeams }),
      },
      {
        ...common,
        id: 'phone',
        manifest: phoneManifest,
        slots: phoneSlots,
        instance: new PhoneInstance('phone', life, { emit: emit('phone'), link: toPhone }),
      },
      {
        ...common,
        id: 'profiles',
        manifest: profilesManifest,
        slots: profilesSlots,
        instance: new RegisterInstance('profiles', life, { emit: emit('profiles'), link: toProfiles }),
      },
      {
        ...common,
        id: 'crm',
        ...crm(this.#options.wiring),
        instance: new RegisterInstance('crm', life, { emit: emit('crm'), link: toCrm }),
      },
    ]
  }
}
