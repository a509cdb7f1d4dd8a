import type { ResolvedConfig } from '../../config/resolved.ts'
import type { PairingSubject } from '../../consent/pairing-desk.ts'
import type { Refusal } from '../../core/access.ts'
import type { AccountDoor, ConsentDoor } from '../../core/account-door.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import { trialContext } from './check.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

/** Doors of the systems that ask for consent, each opened once for the settings it has. */
export class ConsentDoors {
  readonly #parts: Parts
  readonly #doors = new WeakMap<object, unknown>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The connector of a tenant at which consent is asked for. */
  connectorOf({ config }: RunningTenant) {
    const { registry } = this.#parts
    return config.connectors.find(({ type }) => registry[type]?.openAccountDoor)
  }

  /** Where a person signs in, and as whom. */
  subjectOf(tenant: RunningTenant, person: string): PairingSubject | Refusal | undefined {
    const { engine, registry } = this.#parts
    const actor = engine.people.get(tenant.config.id, person)
    if (!actor) return undefined
    if (tenant.config.consent !== 'paired') {
      return { refused: 'In this tenant people do not sign in themselves (consent is not paired).' }
    }
    const connector = this.connectorOf(tenant)
    if (!connector) return { refused: 'Microsoft 365 is not connected yet.' }
    const point = actor.presentity.points.find((one) => one.connector === connector.id)
    if (!point) {
      return { refused: `${person} was not found at Microsoft 365, so nobody can prove to be them there.` }
    }
    const door = this.#open<AccountDoor>(connector.settings, () =>
      registry[connector.type]!.openAccountDoor!(
        connector.settings,
        trialContext(tenant.config.id, connector.id, this.#parts),
      ),
    )
    return 'refused' in door ? door : { door, expected: point.address, hint: actor.presentity.upn }
  }

  /** Of the operator's application. */
  consentDoor(applications: ResolvedConfig['applications']): ConsentDoor | undefined {
    const [application] = applications
    const open = application && this.#parts.registry[application.type]?.openConsentDoor
    if (!open) return undefined
    const { type, ...settings } = application
    const door = this.#open<ConsentDoor>(application, () =>
      open(settings, trialContext('', type, this.#parts)),
    )
    return 'refused' in door ? undefined : door
  }

  #open<Door extends object>(key: object, open: () => Door): Door | Refusal {
    try {
      const door = (this.#doors.get(key) as Door | undefined) ?? open()
      this.#doors.set(key, door)
      return door
    } catch (error) {
      if (error instanceof ConnectorFailure) return { refused: error.message }
      throw error
    }
  }
}
