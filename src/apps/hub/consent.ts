import { Switches } from '../../consent/switches.ts'
import type { Refusal } from '../../core/access.ts'
import type { Agreed } from '../../core/agreement.ts'
import type { ConsentPort, ConsentStatus, PersonConsent } from '../../core/consent-port.ts'
import type { AuditEntry } from '../../core/history.ts'
import type { HubPort } from '../../core/view.ts'
import { redirectUrisOf } from '../../http/trip-routes.ts'
import { listActionItems } from './action-items.ts'
import { agreedByConfig } from './policy.ts'
import type { RunningTenant } from './port.ts'
import { Expiries } from './problems/expiries.ts'
import type { Parts } from './systems.ts'
import { tryPermissions } from './try-permissions.ts'

export interface ConsentParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
}

/** What there is only once the hub is put together. */
export interface ConsentLate {
  readonly hub: HubPort
  readonly note: (entry: AuditEntry) => Promise<void>
  /** These people agreed to something else than before. */
  readonly agreedAnew: (tenant: string, people: readonly string[]) => void
}

/** Weeks ahead: a new secret often takes somebody else's time. */
const soonDays = 45

const notYet: Refusal = { refused: 'This hub has no application of its operator to consent to.' }

/** Who agreed to what, for every tenant. `load` before anybody takes a turn. */
export class HubConsent {
  readonly #own: ConsentParts
  readonly #switches: Switches

  constructor(own: ConsentParts) {
    this.#own = own
    this.#switches = new Switches(own.parts.store, own.parts.clock)
  }

  async load(): Promise<void> {
    for (const id of this.#own.tenants.keys()) await this.adopt(id)
  }

  /** A tenant that is new, or was changed. */
  async adopt(tenant: string): Promise<void> {
    await this.#switches.load(tenant)
  }

  agreed({ config }: RunningTenant): Agreed {
    const optIn = new Set(agreedByConfig(config).optIn)
    for (const [id, { on }] of this.#switches.of(config.id)) {
      if (on) optIn.add(id)
      else optIn.delete(id)
    }
    return { optIn, paired: new Set() }
  }

  /** The port for the API. */
  open(late: ConsentLate): ConsentPort {
    const { tenants, parts } = this.#own
    const running = (tenant: string) => tenants.get(tenant)
    return {
      status: (tenant) => this.#status(running(tenant)),
      actionItems: async (asked) => {
        const meant = [...tenants.values()].filter(({ config }) => (asked ?? config.id) === config.id)
        const expiring = await new Expiries(meant).find(parts.clock.wall(), soonDays)
        return meant.flatMap((one) => listActionItems(one, this.#status(one)!, expiring))
      },
      registration: ({ tenant, type, origin, readOnly, mode }) => {
        const of = running(tenant)
        const redirectUris = redirectUrisOf(origin)
        return (
          of &&
          parts.registry[type]?.describeRegistration?.({
            ...{ redirectUris, readOnly },
            mode: mode ?? of.config.consent ?? 'everyone',
          })
        )
      },
      tryPermissions: async (wish) => {
        const of = running(wish.tenant)
        return of && tryPermissions(of, wish, { parts, hub: late.hub })
      },
      makeLink: async ({ tenant }) => running(tenant) && notYet,
      endLink: async ({ tenant }) => this.#status(running(tenant)),
      confirm: async ({ tenant }) => running(tenant) && notYet,
      withdraw: async ({ tenant }) => this.#status(running(tenant)),
      openLink: () => notYet,
      followLink: async () => notYet,
      endConsentTrip: async () => notYet,
      person: ({ tenant, person }) => this.#person(running(tenant), person),
      people: (tenant) => {
        const of = running(tenant)
        return of ? this.#ids(tenant).map((id) => this.#person(of, id)!) : []
      },
      switchPeople: (wish) => this.#switch(wish, late),
      beginPairing: async ({ tenant }) => running(tenant) && notYet,
      endPairingTrip: async () => notYet,
      unpair: async ({ tenant, person }) => this.#person(running(tenant), person),
    }
  }

  #ids(tenant: string): readonly string[] {
    const actors = this.#own.parts.engine.people.inOrder(tenant)
    return [...actors].map(({ presentity }) => presentity.id)
  }

  #status(of: RunningTenant | undefined): ConsentStatus | undefined {
    if (!of) return undefined
    const { id, connectors, consent: mode = 'everyone' } = of.config
    const system = [...of.systems.values()].find(({ system: one }) => one.manifest.kind === 'collaboration')
    const own = connectors.find((one) => one.id === system?.system.id)
    const ids = this.#ids(id)
    const { optIn, paired } = this.agreed(of)
    const agreed = mode === 'everyone' ? ids : ids.filter((one) => optIn.has(one))
    return {
      ...{ tenant: id, mode, readOnly: own?.readOnly ?? false, linkPossible: false },
      application: own ? 'own' : 'none',
      ...(own && { connector: own.id }),
      people: {
        all: ids.length,
        agreed: mode === 'paired' ? paired.size : agreed.length,
        paired: paired.size,
      },
    }
  }

  #person(of: RunningTenant | undefined, person: string): PersonConsent | undefined {
    if (!of || !this.#own.parts.engine.people.get(of.config.id, person)) return undefined
    const { id: tenant, consent: mode = 'everyone' } = of.config
    const { optIn, paired } = this.agreed(of)
    const own = this.#switches.of(tenant).get(person)
    const agreed = { everyone: true, optIn: optIn.has(person), paired: paired.has(person) }[mode]
    return { tenant, person, mode, agreed, ...(own && { switch: own }), canPair: false }
  }

  async #switch(
    { tenant, people, on, who }: Parameters<ConsentPort['switchPeople']>[0],
    late: ConsentLate,
  ): Promise<readonly PersonConsent[]> {
    const of = this.#own.tenants.get(tenant)
    if (!of) return []
    const known = new Set(this.#ids(tenant))
    const meant =
      people === 'all' ? [...known] : people.map((id) => id.toLowerCase()).filter((id) => known.has(id))
    const what = on ? 'person.optIn' : 'person.optOut'
    if (meant.length === 1) await late.note({ tenant, who, what, about: meant[0]!, detail: '' })
    else if (meant.length > 1) {
      await late.note({
        tenant,
        who,
        what,
        about: '*',
        detail: `${meant.length} people: ${meant.join(', ')}`.slice(0, 2000),
      })
    }
    const changed = await this.#switches.set(tenant, meant, { on, by: who })
    if (changed.length > 0) late.agreedAnew(tenant, changed)
    return meant.map((id) => this.#person(of, id)!)
  }
}
