import type { ConsentPort } from '../core/consent-port.ts'
import type { HubPort } from '../core/view.ts'
import type { Reach } from './reach.ts'

/** What asks for a caller: the ways to the system and back prove themselves. */
export type SeenConsent = Omit<
  ConsentPort,
  'openLink' | 'followLink' | 'endConsentTrip' | 'takePairingOver' | 'endPairingTrip'
>

/** Consent of the tenants and people that are reached; the rest is like what does not exist. */
export function consentWithin(
  consent: SeenConsent,
  { hub, reach }: { readonly hub: HubPort; readonly reach: Reach },
): SeenConsent {
  if (reach.isEverything) return consent
  const has = ({ tenant }: { readonly tenant: string }) => reach.hasTenant(tenant)
  const hasPerson = ({ tenant, person }: { readonly tenant: string; readonly person: string }) =>
    hub.person(person, tenant) !== undefined
  return {
    status: (tenant) => (reach.hasTenant(tenant) ? consent.status(tenant) : undefined),
    actionItems: async (tenant) => (await consent.actionItems(tenant)).filter(has),
    registration: (wish) => (has(wish) ? consent.registration(wish) : undefined),
    tryPermissions: async (wish) =>
      has(wish) ? consent.tryPermissions({ ...wish, isBound: true }) : undefined,
    makeLink: async (wish) => (has(wish) ? consent.makeLink(wish) : undefined),
    endLink: async (wish) => (has(wish) ? consent.endLink(wish) : undefined),
    confirm: async (wish) => (has(wish) ? consent.confirm(wish) : undefined),
    withdraw: async (wish) => (has(wish) ? consent.withdraw(wish) : undefined),
    person: (who) => (hasPerson(who) ? consent.person(who) : undefined),
    people: (tenant) => (reach.hasTenant(tenant) ? consent.people(tenant) : []),
    switchPeople: async (wish) => {
      const { tenant, people } = wish
      const isWhole = reach.hasTenant(tenant)
      if (people === 'all') return isWhole ? consent.switchPeople(wish) : []
      const reached = people.filter((person) => hasPerson({ tenant, person }))
      return reached.length > 0 ? consent.switchPeople({ ...wish, people: reached }) : []
    },
    beginPairing: async (who) => (hasPerson(who) ? consent.beginPairing(who) : undefined),
    handOverPairing: (who) => (hasPerson(who) ? consent.handOverPairing(who) : undefined),
    unpair: async (wish) => (hasPerson(wish) ? consent.unpair(wish) : undefined),
  }
}
