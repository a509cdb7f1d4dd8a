import type { PersonConsent } from '../../../src/core/consent-port.ts'
import type { DayView } from '../../../src/core/day-view.ts'
import type { EraseReport } from '../../../src/core/history-port.ts'
import type { ReachabilityView } from '../../../src/core/ring-channel.ts'
import type { ExplainView, PersonView } from '../../../src/core/view.ts'
import { saveFile } from '../live/download.ts'
import { ask, HubError } from '../live/http.ts'

type Whose = Pick<PersonView, 'id' | 'tenant'>

const pathOf = ({ id, tenant }: Whose, rest: string) =>
  `/api/v1/people/${encodeURIComponent(id)}/${rest}?tenant=${encodeURIComponent(tenant)}`

/** Why a person is shown as they are; `at`, wall clock in milliseconds: as they were. */
export async function explain(
  person: Whose,
  at: number | undefined,
  signal: AbortSignal,
): Promise<ExplainView> {
  const moment = at === undefined ? '' : `&at=${at}`
  return (await ask(pathOf(person, 'explain') + moment, { signal })) as ExplainView
}

export async function readReachability(person: Whose, signal: AbortSignal): Promise<ReachabilityView> {
  return (await ask(pathOf(person, 'reachability'), { signal })) as ReachabilityView
}

/** Has every system read again what it says of the person. */
export async function resyncPerson(person: Whose): Promise<void> {
  await ask(pathOf(person, 'resync'), { method: 'POST' })
}

/** What each system said from one moment to another; wall clock, milliseconds. The hub notes the look. */
export async function readDay(
  person: Whose,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<DayView> {
  return (await ask(`${pathOf(person, 'day')}&from=${from}&to=${to}`, { signal })) as DayView
}

/** Undefined where the hub knows nothing of consent, or does not tell. */
export async function readPersonConsent(
  person: Whose,
  signal: AbortSignal,
): Promise<PersonConsent | undefined> {
  try {
    return (await ask(pathOf(person, 'consent'), { signal })) as PersonConsent
  } catch (error) {
    if (error instanceof HubError) return undefined
    throw error
  }
}

export async function switchPerson(person: Whose, on: boolean): Promise<PersonConsent> {
  return (await ask(pathOf(person, 'consent'), { method: 'PUT', body: { on } })) as PersonConsent
}

/** Has the browser keep everything that is stored about a person. */
export async function exportPerson(person: PersonView): Promise<void> {
  const data = await ask(pathOf(person, 'data'))
  const text = JSON.stringify(data, undefined, 2)
  saveFile(new Blob([text], { type: 'application/json' }), `${person.upn}.json`)
}

export async function erasePerson(person: Whose): Promise<EraseReport> {
  return (await ask(pathOf(person, 'data'), { method: 'DELETE' })) as EraseReport
}
