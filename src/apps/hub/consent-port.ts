import type { Pairing } from '../../consent/pairings.ts'
import type { ConsentPort, ConsentStatus, PairingView, PersonConsent } from '../../core/consent-port.ts'
import { redirectUrisOf } from '../../http/trip-routes.ts'
import { listActionItems } from './action-items.ts'
import type { ConsentPortParts } from './consent.ts'
import type { RunningTenant } from './port.ts'
import { Expiries } from './problems/expiries.ts'
import { tryPermissions } from './try-permissions.ts'
import { unpair } from './unpair.ts'

/** Weeks ahead: a new secret often takes somebody else's time. */
const soonDays = 45

/** Consent as the API sees it. */
export function createConsentPort(own: ConsentPortParts): ConsentPort {
  const { tenants, parts, desks, late } = own
  const view = new ConsentViews(own)
  const running = (tenant: string) => tenants.get(tenant)
  return {
    status: (tenant) => view.status(running(tenant)),
    actionItems: async (asked) => {
      const meant = [...tenants.values()].filter(({ config }) => (asked ?? config.id) === config.id)
      const expiring = await new Expiries(meant).find(parts.clock.wall(), soonDays)
      return meant.flatMap((one) => listActionItems(one, view.status(one)!, expiring))
    },
    registration: ({ tenant, type, origin, readOnly, mode: wanted }) => {
      const of = running(tenant)
      const mode = wanted ?? of?.config.consent ?? 'everyone'
      const redirectUris = redirectUrisOf(origin, mode)
      return of && parts.registry[type]?.describeRegistration?.({ redirectUris, origin, readOnly, mode })
    },
    tryPermissions: async (wish) => {
      const of = running(wish.tenant)
      return of && tryPermissions(of, wish, { parts, hub: late.hub })
    },
    makeLink: async ({ tenant, who }) => running(tenant) && desks.consent.makeLink(tenant, who),
    endLink: async ({ tenant, who }) => {
      if (running(tenant)) await desks.consent.endLink(tenant, who)
      return view.status(running(tenant))
    },
    confirm: async ({ tenant, proof, who }) => {
      if (!running(tenant)) return undefined
      return (await desks.consent.confirm(tenant, proof, who)) ?? view.status(running(tenant))
    },
    withdraw: async ({ tenant, who }) => {
      if (running(tenant)) await desks.consent.withdraw(tenant, who)
      return view.status(running(tenant))
    },
    openLink: (code) => {
      const opened = desks.consent.open(code)
      if ('refused' in opened) return opened
      const of = running(opened.tenant)!
      const readOnly = view.status(of)!.readOnly
      const type = own.consent.doors.connectorOf(of)?.type ?? 'teams'
      const mode = of.config.consent ?? 'everyone'
      const told = parts.registry[type]?.describeRegistration?.({ redirectUris: [], readOnly, mode })
      return { ...opened, permissions: told?.permissions.filter(({ needed }) => needed) ?? [] }
    },
    followLink: async (wish) => desks.consent.follow(wish),
    endConsentTrip: (came) => desks.consent.end(came),
    person: ({ tenant, person }) => view.person(running(tenant), person),
    people: (tenant) => view.people(running(tenant)),
    switchPeople: (wish) => switchPeople(wish, own, view),
    beginPairing: (who) => desks.pairing.begin(who),
    handOverPairing: (who) => desks.pairing.handOver(who),
    takePairingOver: ({ code, redirectUri }) => desks.pairing.takeOver(code, redirectUri),
    endPairingTrip: (came) => desks.pairing.end(came),
    unpair: async (wish) => {
      const of = running(wish.tenant)
      if (of && own.consent.pairings.of(wish.tenant).has(wish.person)) await unpair(of, wish, own)
      return view.person(of, wish.person)
    },
  }
}

class ConsentViews {
  readonly #own: ConsentPortParts

  constructor(own: ConsentPortParts) {
    this.#own = own
  }

  ids(tenant: string): readonly string[] {
    const actors = this.#own.parts.engine.people.inOrder(tenant)
    return [...actors].map(({ presentity }) => presentity.id)
  }

  status(of: RunningTenant | undefined): ConsentStatus | undefined {
    if (!of) return undefined
    const { consent, desks } = this.#own
    const { id, consent: mode = 'everyone' } = of.config
    const connector = consent.doors.connectorOf(of)
    const ids = this.ids(id)
    const { optIn, paired } = consent.agreed(of)
    const { link, proof, grant, lastRefusal } = consent.book.of(id)
    const agreed = {
      everyone: ids.length,
      paired: paired.size,
      optIn: ids.filter((one) => optIn.has(one)).length,
    }
    const isOpen = link && !link.used && link.until > this.#own.parts.clock.wall()
    return {
      ...{ tenant: id, mode, readOnly: connector?.readOnly ?? false, linkPossible: desks.consent.isPossible },
      application: connector ? (connector.application ?? 'own') : 'none',
      ...(connector && { connector: connector.id }),
      ...(isOpen && { link: { until: link.until, by: link.by, at: link.at } }),
      ...(proof && { proof }),
      ...(grant && { grant }),
      ...(lastRefusal && { lastRefusal }),
      people: { all: ids.length, agreed: agreed[mode], paired: paired.size },
    }
  }

  people(of: RunningTenant | undefined): readonly PersonConsent[] {
    return of ? this.ids(of.config.id).map((id) => this.person(of, id)!) : []
  }

  person(of: RunningTenant | undefined, person: string): PersonConsent | undefined {
    const { consent, parts } = this.#own
    const actor = of && parts.engine.people.get(of.config.id, person)
    if (!of || !actor) return undefined
    const { id: tenant, consent: mode = 'everyone' } = of.config
    const own = consent.switches.of(tenant).get(person)
    const pairing = consent.pairings.of(tenant).get(person)
    const optIn = own?.on ?? of.config.people.some((one) => one.optedIn && one.upn.toLowerCase() === person)
    const connector = consent.doors.connectorOf(of)
    const refusal = this.#own.desks.pairing.refusalOf(tenant, person)
    const isThere = actor.presentity.points.some((point) => point.connector === connector?.id)
    const isPaired = pairing !== undefined && !pairing.leaving && !pairing.trouble?.isFinal
    return {
      ...{ tenant, person, mode, agreed: { everyone: true, optIn, paired: isPaired }[mode] },
      ...(own && { switch: own }),
      canPair: mode === 'paired' && isThere,
      ...(pairing && !pairing.leaving && { pairing: viewPairing(pairing) }),
      ...(refusal && { refusal }),
    }
  }
}

function viewPairing({ account, at, renewedAt, trouble }: Pairing): PairingView {
  const { isFinal, ...told } = trouble ?? { isFinal: false }
  return {
    state: trouble ? (isFinal ? 'red' : 'amber') : 'green',
    ...{ account: account.name, at, renewedAt },
    ...(trouble && { trouble: told as NonNullable<PairingView['trouble']> }),
  }
}

async function switchPeople(
  { tenant, people, on, who }: Parameters<ConsentPort['switchPeople']>[0],
  { tenants, consent, late }: ConsentPortParts,
  view: ConsentViews,
): Promise<readonly PersonConsent[]> {
  const of = tenants.get(tenant)
  if (!of) return []
  const known = new Set(view.ids(tenant))
  const wanted = people === 'all' ? [...known] : people.map((id) => id.toLowerCase())
  const meant = [...new Set(wanted)].filter((id) => known.has(id))
  const what = on ? 'person.optIn' : 'person.optOut'
  if (meant.length === 1) await late.note({ tenant, who, what, about: meant[0]!, detail: '' })
  if (meant.length > 1) {
    const detail = `${meant.length} people: ${meant.join(', ')}`.slice(0, 2000)
    await late.note({ tenant, who, what, about: '*', detail })
  }
  const changed = await consent.switches.set(tenant, meant, { on, by: who })
  if (changed.length > 0) late.agreedAnew(tenant, changed)
  return meant.map((id) => view.person(of, id)!)
}
