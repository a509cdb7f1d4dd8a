import type { ResolvedConfig } from '../../config/resolved.ts'
import type { ConsentPort } from '../../core/consent-port.ts'
import type { HubPort } from '../../core/view.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import type { KeyRingOptions } from '../../secrets/key-ring.ts'
import { type ConsentLate, type ConsentParts, HubConsent } from './consent.ts'
import { createConsentPort } from './consent-port.ts'
import type { HubHistory } from './history.ts'
import type { RunningTenant } from './port.ts'
import { HubSecrets } from './secrets.ts'
import type { Parts } from './systems.ts'

/** Consent before anything runs: connectors are made with it. */
export function prepareConsent(tenants: ReadonlyMap<string, RunningTenant>, parts: Parts) {
  const secrets = new HubSecrets()
  const consent = new HubConsent({ tenants, parts, secrets })
  const writeAs: NonNullable<Parts['writeAs']> = (at, again) => consent.writeAs(at, again)
  const agreed = (tenant: RunningTenant) => consent.agreed(tenant)
  const sealedFor: NonNullable<Parts['sealedFor']> = ({ tenant, connector }) =>
    secrets.sealedFor(parts.store, tenant, connector)
  return { consent, secrets, writeAs, agreed, sealedFor }
}

export interface OpenConsentParts extends ConsentParts {
  readonly secrets: HubSecrets
  /** Of secrets that people brought, where the configuration has no vault. */
  readonly keys: KeyRingOptions | undefined
  readonly hub: HubPort
  readonly history: HubHistory
  readonly trips: ConsentLate['trips']
  readonly apply: (config: ResolvedConfig, change: PolicyChange) => Promise<unknown>
}

/** Consent, once the hub is put together: its port for the API, and what runs by itself. */
export async function openConsent(
  consent: HubConsent,
  { secrets, keys, hub, history, apply, trips, ...own }: OpenConsentParts,
): Promise<{
  readonly port: ConsentPort
  /** Returns how to stop. */
  readonly start: () => () => void
}> {
  const { store, log } = own.parts
  const { store: place, cluster } = consent.latest
  const ring = keys ?? { directory: place.path, env: {}, cwd: place.path }
  await secrets.open(store, { keys: ring, isShared: cluster !== undefined }, log)
  const late = {
    ...{ hub, trips },
    note: (entry: Parameters<HubHistory['note']>[0]) => history.note(entry),
    agreedAnew: (tenant: string, people: readonly string[]) => history.agreedAnew(tenant, people),
    reapply: async (_tenant: string, who: string) => {
      await apply(consent.latest, { author: who, comment: 'Consent of Microsoft 365' })
    },
  }
  const desks = consent.open(late)
  return {
    port: createConsentPort({ ...own, consent, desks, late }),
    start: () => {
      desks.pairing.start()
      return () => desks.pairing.stop()
    },
  }
}
