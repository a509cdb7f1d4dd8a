import { RoundTrips, type TripKeeper } from '../../access/oidc/round-trips.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { ConsentBook } from '../../consent/consent-book.ts'
import { ConsentDesk } from '../../consent/consent-desk.ts'
import { PairingDesk } from '../../consent/pairing-desk.ts'
import { Pairings, type SecretKeeper } from '../../consent/pairings.ts'
import { Switches } from '../../consent/switches.ts'
import type { Agreed } from '../../core/agreement.ts'
import type { WriteAs } from '../../core/connector.ts'
import type { AuditEntry } from '../../core/history.ts'
import type { HubPort } from '../../core/view.ts'
import { ConsentDoors } from './consent-doors.ts'
import { agreedByConfig } from './policy.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

export interface ConsentParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
  readonly secrets: SecretKeeper
}

/** What there is only once the hub is put together. */
export interface ConsentLate {
  readonly hub: HubPort
  readonly note: (entry: AuditEntry) => Promise<void>
  /** These people agreed to something else than before. */
  readonly agreedAnew: (tenant: string, people: readonly string[]) => void
  /** Ways of browsers, which may end at another hub than they began. */
  readonly trips: TripKeeper
  /** The settings of connectors follow from the consents anew. */
  readonly reapply: (tenant: string, who: string) => Promise<void>
}

/** What the port for the API is made from. */
export interface ConsentPortParts extends Omit<ConsentParts, 'secrets'> {
  readonly consent: HubConsent
  readonly desks: ReturnType<HubConsent['open']>
  readonly late: ConsentLate
}

/** Who agreed to what, for every tenant. `complete` before anybody takes a turn, `open` once the hub is put together. */
export class HubConsent {
  readonly switches: Switches
  readonly pairings: Pairings
  readonly book: ConsentBook
  readonly doors: ConsentDoors
  readonly #own: ConsentParts
  #applications: ResolvedConfig['applications'] = []
  #latest: ResolvedConfig | undefined
  #pairing: PairingDesk | undefined

  constructor(own: ConsentParts) {
    const { store, clock } = own.parts
    this.#own = own
    this.switches = new Switches(store, clock)
    this.pairings = new Pairings(store, own.secrets)
    this.book = new ConsentBook(store)
    this.doors = new ConsentDoors(own.parts)
  }

  /** Reads what is stored of these tenants: another hub may have had them before. */
  async #load(tenants: readonly string[]): Promise<void> {
    if (tenants.length > 0) await this.#own.secrets.reread()
    for (const tenant of tenants) {
      await this.switches.load(tenant)
      await this.pairings.load(tenant)
      await this.book.load(tenant)
    }
  }

  /** The configuration that was completed last, as it was before. */
  get latest(): ResolvedConfig {
    return this.#latest!
  }

  /** The configuration with what comes from the operator's application where that was consented to. */
  async complete(config: ResolvedConfig): Promise<ResolvedConfig> {
    this.#latest = config
    const ids = config.tenants.map(({ id }) => id)
    await this.#load(ids.filter((id) => !this.#own.tenants.has(id)))
    // The same object as long as it says the same: doors are kept by it.
    if (JSON.stringify(this.#applications) !== JSON.stringify(config.applications))
      this.#applications = config.applications
    const { registry } = this.#own.parts
    const tenants = config.tenants.map((tenant) => {
      if (tenant.connectors.every(({ application }) => !application)) return tenant
      const connectors = tenant.connectors.map((connector) => {
        const found = this.#applications.find(({ type }) => type === connector.type)
        const [organisation] = registry[connector.type]?.fromOperator ?? []
        if (!connector.application || !found || organisation === undefined) return connector
        const { type: _, ...shared } = found
        const grant = this.book.of(tenant.id).grant?.account.organisation
        const settings = { ...connector.settings, ...shared, ...(grant && { [organisation]: grant }) }
        return { ...connector, settings }
      })
      return { ...tenant, connectors }
    })
    return { ...config, tenants }
  }

  agreed({ config }: RunningTenant): Agreed {
    const optIn = new Set(agreedByConfig(config).optIn)
    for (const [id, { on }] of this.switches.of(config.id)) {
      if (on) optIn.add(id)
      else optIn.delete(id)
    }
    return { optIn, paired: this.pairings.usable(config.id) }
  }

  /** With whose sign-in is written; undefined where that is the application's own. */
  async writeAs(
    { tenant, connector, address }: { tenant: string; connector: string; address: string },
    again: Parameters<WriteAs>[1],
  ): ReturnType<WriteAs> {
    const running = this.#own.tenants.get(tenant)
    if (running?.config.consent !== 'paired' || !this.#pairing) return undefined
    const [place] = this.#own.parts.engine.people.at(tenant, connector, address)
    if (!place) return undefined
    return this.#pairing.tokenFor(tenant, place.actor.presentity.id, again)
  }

  /** The desks at which people sign in and consent. */
  open({ note, agreedAnew, reapply, trips }: ConsentLate) {
    const { tenants, parts } = this.#own
    const { clock, log } = parts
    const common = { trips: new RoundTrips(trips), clock, log }
    const pairing = new PairingDesk({
      ...common,
      pairings: this.pairings,
      tenants: () => tenants.keys(),
      subject: (tenant, person) => {
        const running = tenants.get(tenant)
        return running && this.doors.subjectOf(running, person)
      },
      changed: (tenant, person) => agreedAnew(tenant, [person]),
      note: ({ tenant, person, what, detail }) => note({ tenant, who: person, what, about: person, detail }),
    })
    this.#pairing = pairing
    const consent = new ConsentDesk({
      ...common,
      book: this.book,
      door: () => this.doors.consentDoor(this.#applications),
      needOf: (tenant) => {
        const running = tenants.get(tenant)
        const connector = running && this.doors.connectorOf(running)
        const readOnly = connector?.readOnly === true || running?.config.consent === 'paired'
        return running && { readOnly }
      },
      note: (entry) => note({ ...entry, about: '*' }),
      changed: reapply,
    })
    return { pairing, consent }
  }
}
