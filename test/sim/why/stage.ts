import type { Manifest, WriteSlot } from '../../../src/core/connector.ts'
import type { Link, Policy } from '../../../src/core/policy.ts'
import { defaultPolicy } from '../../../src/core/policy.ts'
import { AVAILABLE, BUSY, DO_NOT_DISTURB, OFFLINE } from '../../../src/core/presence.ts'
import type { ExplainView } from '../../../src/core/view.ts'
import type { Actor } from '../../../src/engine/actor.ts'
import { Engine } from '../../../src/engine/engine.ts'
import { explainPerson } from '../../../src/engine/explain.ts'
import type { PersonSpec } from '../../../src/engine/people.ts'
import type { System } from '../../../src/engine/system.ts'
import { tenant } from '../hub.ts'
import { MemoryStore } from '../memory-store.ts'
import { phoneManifest, phoneSlots, teamsManifest, teamsSlots } from '../pairs.ts'
import type { Aggregation } from '../teams-world.ts'
import { VirtualClock } from '../virtual-clock.ts'
import { PhoneModel, StateModel, TeamsModel } from './models.ts'

/** Some morning; nothing depends on it. */
const epoch = Date.UTC(2026, 10, 20, 8)
const silent = () => {}

const crmManifest: Manifest = {
  ...teamsManifest,
  id: 'crm',
  title: 'CRM',
  kind: 'crm',
  states: [DO_NOT_DISTURB, BUSY, AVAILABLE, OFFLINE],
  addressKind: 'crmUser',
}

const crmSlots: readonly WriteSlot[] = [
  {
    slot: 'status',
    states: [DO_NOT_DISTURB, BUSY, AVAILABLE, OFFLINE],
    neutral: AVAILABLE,
    contribution: 'sharedSlot',
    readBack: 'aggregate',
    echo: 'value',
    expiry: { kind: 'none' },
    settleMs: 1000,
  },
]

/** The real engine between models of systems, with one person, Anna. Only systems that a link names are there. */
export class Stage {
  readonly clock = new VirtualClock(epoch)
  readonly teams: TeamsModel
  readonly phone = new PhoneModel(this.clock, '1001')
  readonly desk = new PhoneModel(this.clock, '2001')
  /** Lamps of the same line as `phone`, seen by somebody who is believed less. */
  readonly lamps = new PhoneModel(this.clock, '1001')
  readonly crm = new StateModel(this.clock, 'anna')
  readonly api = new StateModel(this.clock, 'anna')
  readonly engine: Engine
  readonly #systems: readonly System[]

  constructor(
    policy: Partial<Policy> & { readonly links: readonly Link[] },
    more: readonly string[],
    mode: Aggregation = 'documented',
  ) {
    this.teams = new TeamsModel(this.clock, 'anna', mode)
    let ids = 0
    this.engine = new Engine({
      clock: this.clock,
      store: new MemoryStore(),
      log: { debug: silent, info: silent, warn: silent, error: complain, with: () => this.engine as never },
      metrics: { count: silent, gauge: silent, observe: silent },
      random: () => 0.5,
      nextId: () => {
        ids += 1
        return String(ids)
      },
    })
    const named = new Set([...policy.links.flatMap(({ from, to }) => [from, to]), ...more])
    this.#systems = this.#all().filter(({ id }) => named.has(id))
    for (const system of this.#systems) this.engine.addSystem(system)
    this.engine.setPolicy(tenant, { ...defaultPolicy, ...policy })
  }

  get anna(): Actor {
    return this.engine.people.get(tenant, 'anna')!
  }

  async start(waitMs: number): Promise<void> {
    await this.engine.load(this.people())
    for (const { id, instance } of this.#systems) {
      const model = instance as PhoneModel | TeamsModel | StateModel
      model.connect((event) => this.engine.emit(tenant, id, event))
      await model.start()
    }
    await this.clock.advance(waitMs)
  }

  /** Without the address at one system, where that is named. */
  people(without?: string): PersonSpec[] {
    const addresses = this.#systems
      .filter(({ id }) => id !== without)
      .map(({ id, lines, manifest }) => {
        const { address } = this[id as 'phone']
        return { connector: id, address, line: `${lines} ${address}`, rank: manifest.lineRank }
      })
    const name = { upn: 'anna@contoso.example', displayName: 'Anna' }
    return [{ tenant, id: 'anna', ...name, addresses }]
  }

  /** Everything runs on for a while. */
  run(milliseconds: number): Promise<void> {
    return this.clock.advance(milliseconds)
  }

  explain(): ExplainView {
    return explainPerson(
      this.anna,
      {
        now: this.engine.now(),
        policy: this.engine.policy(tenant),
        system: (connector) => this.engine.system(tenant, connector),
      },
      [],
    )
  }

  #all(): readonly System[] {
    const pbx = { ...phoneManifest, kind: 'pbx' as const, lineRank: 2 }
    const common = { tenant, slots: phoneSlots }
    return [
      {
        ...common,
        id: 'teams',
        lines: 'teams',
        manifest: { ...teamsManifest, kind: 'collaboration' },
        slots: teamsSlots(1000),
        instance: this.teams,
      },
      { ...common, id: 'phone', lines: 'office', manifest: pbx, instance: this.phone },
      { ...common, id: 'desk', lines: 'desk', manifest: pbx, instance: this.desk },
      {
        ...common,
        id: 'lamps',
        lines: 'office',
        manifest: { ...pbx, lineRank: 1 },
        slots: [],
        instance: this.lamps,
      },
      { ...common, id: 'crm', lines: 'crm', manifest: crmManifest, slots: crmSlots, instance: this.crm },
      { ...common, id: 'api', lines: 'api', manifest: teamsManifest, slots: [], instance: this.api },
    ]
  }
}

function complain(message: string, fields?: { readonly cause?: unknown }): void {
  throw new Error(`${message} ${String(fields?.cause ?? '')}`)
}
