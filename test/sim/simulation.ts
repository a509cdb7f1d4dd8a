import type { Policy } from '../../src/core/policy.ts'
import { defaultPolicy, defaultRows } from '../../src/core/policy.ts'
import { DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { PersonSpec } from '../../src/engine/people.ts'
import type { System } from '../../src/engine/system.ts'
import { link } from '../support/points.ts'
import { Hub, tenant } from './hub.ts'
import type { Arrival, Boundary, Emit } from './life.ts'
import { Life } from './life.ts'
import type { StoreCopy } from './memory-store.ts'
import { emptyCopy, MemoryStore } from './memory-store.ts'
import { phoneManifest, phoneSlots, teamsManifest, teamsSlots } from './pairs.ts'
import { PhoneInstance } from './phone-instance.ts'
import { PhoneWorld } from './phone-world.ts'
import { TeamsInstance } from './teams-instance.ts'
import { TeamsWorld } from './teams-world.ts'
import type { Action, Actor, Entry, Ledger, Run, Setting, Standing } from './trace.ts'
import { VirtualClock } from './virtual-clock.ts'

export const extension = '1001'
export const deskExtension = '2001'
/** Some morning; nothing depends on it. */
export const epoch = Date.UTC(2026, 10, 20, 8)

export interface SimulationOptions {
  readonly setting: Setting
  /** What the hub remembers from before. */
  readonly store?: StoreCopy
  /** Wall clock at the beginning. */
  readonly wall?: number
  readonly strike?: (boundary: Boundary) => boolean
  /** Age of what a read shows; the setting's lag unless told. */
  readonly lagMs?: () => number
  /** The hub decides for Teams and writes nothing there. */
  readonly observeOnly?: boolean
  /** A second phone system of Anna's, which also switches do not disturb by a schedule of its own. */
  readonly desk?: boolean
}

const silencing = [
  { when: { activity: 'inACall' }, act: 'set', state: DO_NOT_DISTURB },
  { when: { availability: 'doNotDisturb' }, act: 'set', state: DO_NOT_DISTURB },
  { when: {}, act: 'release' },
] as const

export function policyOf({ setting, observeOnly = false, desk = false }: SimulationOptions): Policy {
  const back = setting.policy === 'silence' ? silencing : defaultRows
  const more = [
    link('desk', 'teams', { observeOnly }),
    link('teams', 'desk', { rows: back }),
    link('phone', 'desk'),
    link('desk', 'phone'),
  ]
  return {
    ...defaultPolicy,
    links: [
      link('phone', 'teams', { observeOnly }),
      link('teams', 'phone', { rows: back }),
      ...(desk ? more : []),
    ],
  }
}

/** A hub between an aggregate and a phone system, two people, and everything that may befall them. */
export class Simulation {
  readonly clock: VirtualClock
  readonly teams: TeamsWorld
  readonly phone: PhoneWorld
  readonly desk: PhoneWorld
  readonly entries: Entry[] = []
  readonly complaints: string[] = []
  readonly #options: SimulationOptions
  #store: MemoryStore
  #hub: Hub | undefined
  #ids = 0
  #owner: Actor | undefined = 'anna'
  #annaIsHere = true

  constructor(options: SimulationOptions) {
    this.#options = options
    this.clock = new VirtualClock(options.wall ?? epoch)
    const now = () => this.clock.monotonic()
    this.teams = new TeamsWorld(now, options.setting.mode, { addresses: ['anna', 'ben'] })
    this.phone = new PhoneWorld(now, [extension], `${this.clock.wall()}-`)
    this.desk = new PhoneWorld(now, [deskExtension], `${this.clock.wall()}-desk-`)
    this.#store = new MemoryStore(options.store ?? emptyCopy)
  }

  get hub(): Hub {
    return this.#hub!
  }

  get store(): MemoryStore {
    return this.#store
  }

  async start(strike = this.#options.strike): Promise<void> {
    const life = new Life(this.clock, strike)
    this.#hub = new Hub({
      life,
      store: this.#store,
      people: this.people(),
      policy: policyOf(this.#options),
      systems: (of, emit) => this.#systems(of, emit),
      nextId: () => {
        this.#ids += 1
        return `${this.clock.wall()}-${this.#ids}`
      },
      random: () => 0.5,
      complain: (message) => this.complaints.push(message),
    })
    await this.#hub.start()
  }

  run(milliseconds: number): Promise<void> {
    return this.clock.advance(milliseconds)
  }

  /** Killed and started again `downMs` later, with the memory it wrote, none, or an old copy. */
  async restart(ledger: Ledger, downMs: number, old: StoreCopy = emptyCopy): Promise<void> {
    const at = this.clock.monotonic()
    this.hub.kill()
    await this.run(downMs)
    if (ledger === 'lost') this.#store = new MemoryStore()
    if (ledger === 'stale') this.#store = new MemoryStore(old)
    this.entries.push({ kind: 'restart', at, up: this.clock.monotonic(), ledger, standing: this.standing() })
    await this.start(() => false)
  }

  act(action: Action): void {
    const before = this.standing()
    const changed = this.#do(action)
    this.entries.push({
      kind: 'deed',
      at: this.clock.monotonic(),
      action,
      changed,
      before,
      legs: this.phone.legs(extension).length,
      inCall: this.teams.state('anna').inCall,
      owner: this.#owner,
    })
  }

  standing(): Standing {
    return {
      dnd: this.phone.dnd(extension).on,
      anna: this.teams.preferred('anna')?.pair,
      ben: this.teams.preferred('ben')?.pair,
    }
  }

  result(): Run {
    return {
      setting: this.#options.setting,
      entries: this.entries,
      end: {
        at: this.clock.monotonic(),
        standing: this.standing(),
        shown: { anna: this.teams.shown('anna'), ben: this.teams.shown('ben') },
      },
    }
  }

  people(): PersonSpec[] {
    const spec = (id: Actor): PersonSpec => ({
      tenant,
      id,
      upn: `${id}@contoso.example`,
      displayName: id,
      addresses: [
        { connector: 'teams', address: id, line: `teams ${id}`, rank: 0 },
        ...(this.#owner === id
          ? [{ connector: 'phone', address: extension, line: `phone ${extension}`, rank: 0 }]
          : []),
        ...(this.#options.desk && id === 'anna'
          ? [{ connector: 'desk', address: deskExtension, line: `desk ${deskExtension}`, rank: 0 }]
          : []),
      ],
    })
    return this.#annaIsHere ? [spec('anna'), spec('ben')] : [spec('ben')]
  }

  #systems(life: Life, emit: (connector: string) => Emit): readonly System[] {
    const { setting } = this.#options
    const arrived = (arrival: Arrival) => {
      this.entries.push({ kind: 'write', at: this.clock.monotonic(), ...arrival })
    }
    const { clock } = this
    const lagMs = this.#options.lagMs ?? (() => setting.lagMs)
    const common = { tenant, lines: '' }
    const { pollMs, unnumbered = false } = setting
    const teams = { world: this.teams, clock, pollMs, lagMs, unnumbered, arrived }
    const phone = { world: this.phone, clock, arrived, tellsOrigin: false }
    const desk = { ...phone, world: this.desk, tellsOrigin: true }
    const systems: System[] = [
      {
        ...common,
        id: 'teams',
        manifest: teamsManifest,
        slots: teamsSlots(setting.settleMs, { presenting: setting.presenting ?? false }),
        instance: new TeamsInstance('teams', life, { emit: emit('teams'), link: teams }),
      },
      {
        ...common,
        id: 'phone',
        manifest: phoneManifest,
        slots: phoneSlots,
        instance: new PhoneInstance('phone', life, { emit: emit('phone'), link: phone }),
      },
    ]
    if (this.#options.desk) {
      systems.push({
        ...common,
        id: 'desk',
        manifest: phoneManifest,
        slots: phoneSlots,
        instance: new PhoneInstance('desk', life, { emit: emit('desk'), link: desk }),
      })
    }
    return systems
  }

  /** True when a target shows it. */
  #do(action: Action): boolean {
    const { phone } = this
    switch (action) {
      case 'callStart':
        phone.startCall(extension)
        return true
      case 'callEnd':
        return phone.endCall(extension)
      case 'callHold':
        return phone.holdCall(extension)
      case 'teamsCallStart':
      case 'teamsCallEnd':
        return this.#callInTeams(action === 'teamsCallStart')
      case 'phoneDndOn':
      case 'phoneDndOff':
        return phone.setDnd(extension, action === 'phoneDndOn', 'person')
      case 'teamsDnd':
        return this.#choose('doNotDisturb/doNotDisturb')
      case 'teamsAway':
        return this.#choose('away/away')
      case 'teamsAvailable':
        return this.#choose('available/available')
      case 'removePerson':
      case 'moveExtension':
        return this.#administer(action)
    }
  }

  #callInTeams(inCall: boolean): boolean {
    if (this.teams.state('anna').inCall === inCall) return false
    this.teams.change('anna', { inCall })
    return true
  }

  #choose(pair: string): boolean {
    if (this.teams.preferred('anna')?.pair === pair) return false
    this.teams.prefer('anna', pair, 'person')
    return true
  }

  #administer(action: 'removePerson' | 'moveExtension'): boolean {
    const before = JSON.stringify(this.people())
    if (action === 'moveExtension') this.#owner = 'ben'
    else {
      this.#annaIsHere = false
      if (this.#owner === 'anna') this.#owner = undefined
    }
    if (JSON.stringify(this.people()) === before) return false
    if (this.#hub?.life.alive) this.#hub.engine.setPeople(this.people())
    return true
  }
}
