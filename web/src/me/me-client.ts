import type { PersonConsent } from '../../../src/core/consent-port.ts'
import type { CallsAs } from '../../../src/core/policy.ts'
import type { OwnSettings, SelfSubject } from '../../../src/core/self-port.ts'
import type { PersonView } from '../../../src/core/view.ts'
import { ask, HubError } from '../live/http.ts'

/** Everything that the page of one person tells. */
export interface Mine {
  readonly person: PersonView
  readonly own: OwnSettings
  /** Undefined where the hub asks nobody. */
  readonly consent: PersonConsent | undefined
}

const pathOf = ({ tenant, person }: SelfSubject, rest = '') =>
  `/api/v1/people/${encodeURIComponent(person)}${rest}?tenant=${encodeURIComponent(tenant)}`

/** Throws HubError. */
export async function readMine(who: SelfSubject, signal?: AbortSignal): Promise<Mine> {
  const how = signal ? { signal } : {}
  const [person, own, consent] = await Promise.all([
    ask(pathOf(who), how),
    ask(pathOf(who, '/own'), how),
    ask(pathOf(who, '/consent'), how).catch(missing),
  ])
  return {
    person: person as PersonView,
    own: own as OwnSettings,
    consent: consent as PersonConsent | undefined,
  }
}

/** A hub without that part of the API. */
function missing(error: unknown): undefined {
  if (error instanceof HubError && error.status === 404) return undefined
  throw error
}

export async function noteVisit(who: SelfSubject): Promise<void> {
  await ask(pathOf(who, '/own/visit'), { method: 'POST' })
}

export async function switchDirection(who: SelfSubject, link: string, on: boolean): Promise<void> {
  await ask(pathOf(who, '/own/directions'), { method: 'PUT', body: { link, on } })
}

export async function chooseCalls(who: SelfSubject, as: CallsAs | 'rules'): Promise<void> {
  await ask(pathOf(who, '/own/calls'), { method: 'PUT', body: { as } })
}

export async function switchConsent(who: SelfSubject, on: boolean): Promise<void> {
  await ask(pathOf(who, '/consent'), { method: 'PUT', body: { on } })
}

/** Where the browser signs in with an account of one's own. */
export async function beginPairing(who: SelfSubject): Promise<string> {
  return ((await ask(pathOf(who, '/pairing'), { method: 'POST' })) as { readonly url: string }).url
}

/** A code by which a window begins the sign-in in the place of this page. */
export async function handOverPairing(who: SelfSubject): Promise<string> {
  return ((await ask(pathOf(who, '/pairing/code'), { method: 'POST' })) as { readonly code: string }).code
}

export async function unpair(who: SelfSubject): Promise<void> {
  await ask(pathOf(who, '/pairing'), { method: 'DELETE' })
}

/** Everything that is stored, as a file's text. */
export async function readStored(who: SelfSubject): Promise<string> {
  return JSON.stringify(await ask(pathOf(who, '/data')), undefined, 2)
}

/** What stays, in the hub's words. */
export async function eraseStored(who: SelfSubject): Promise<string> {
  return ((await ask(pathOf(who, '/data'), { method: 'DELETE' })) as { readonly stays: string }).stays
}
