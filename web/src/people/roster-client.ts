import type { ConsentStatus } from '../../../src/core/consent-port.ts'
import type {
  CoverageKind,
  CoveragePage,
  DirectoryPlace,
  RosterView,
  TableReport,
} from '../../../src/core/roster-port.ts'
import { ask } from '../live/http.ts'

/** Whom to list. */
export interface Wanted {
  /** Undefined: the only one. */
  readonly tenant: string | undefined
  readonly text: string
  readonly kind: CoverageKind | undefined
  /** Only who never opened their own page or tab. */
  readonly neverCame: true | undefined
}

export const pageSize = 100
/** As many as the hub switches at once. */
const mostAtOnce = 1000

function query(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

export async function readRoster(tenant: string | undefined, signal: AbortSignal): Promise<RosterView> {
  return (await ask(`/api/v1/roster${query({ tenant })}`, { signal })) as RosterView
}

export async function readCoverage(
  wanted: Wanted,
  { offset, limit = pageSize, signal }: { offset: number; limit?: number; signal: AbortSignal },
): Promise<CoveragePage> {
  const path = `/api/v1/roster/people${query({ ...wanted, offset, limit })}`
  return (await ask(path, { signal })) as CoveragePage
}

export async function readPlaces(
  place: { tenant: string; connector: string; text?: string; limit: number },
  signal: AbortSignal,
): Promise<readonly DirectoryPlace[]> {
  const answer = await ask(`/api/v1/roster/places${query(place)}`, { signal })
  return (answer as { places: readonly DirectoryPlace[] }).places
}

/** Throws HubError with what is wrong. */
export async function linkByHand(
  { tenant, upn, connector }: { tenant: string; upn: string; connector: string },
  addresses: readonly string[],
): Promise<void> {
  const person = encodeURIComponent(upn)
  const path = `/api/v1/roster/people/${person}/addresses/${encodeURIComponent(connector)}${query({ tenant })}`
  await ask(path, { method: 'PUT', body: { addresses } })
}

/** Throws HubError where it is refused. */
export async function hidePerson(
  { tenant, upn }: { tenant: string; upn: string },
  hidden: boolean,
): Promise<void> {
  const path = `/api/v1/roster/people/${encodeURIComponent(upn)}/hidden${query({ tenant })}`
  await ask(path, { method: 'PUT', body: { hidden } })
}

export const tablePath = (tenant: string | undefined) => `/api/v1/roster/table${query({ tenant })}`

export async function previewTable(tenant: string, csv: string): Promise<TableReport> {
  const path = `/api/v1/roster/table/preview${query({ tenant })}`
  return (await ask(path, { method: 'POST', body: { csv } })) as TableReport
}

/** Throws HubError where anything is wrong, or another version is in force. */
export async function takeTable(tenant: string, csv: string, version: number): Promise<void> {
  await ask(tablePath(tenant), { method: 'POST', body: { csv, version } })
}

/** Undefined where the hub knows nothing of consent. */
export async function readConsent(tenant: string, signal: AbortSignal): Promise<ConsentStatus | undefined> {
  try {
    return (await ask(`/api/v1/consent${query({ tenant })}`, { signal })) as ConsentStatus
  } catch {
    return undefined
  }
}

/** Sets the switch of everyone who is listed; answers how many there were. */
export async function switchListed(wanted: Wanted & { tenant: string }, on: boolean): Promise<number> {
  const { signal } = new AbortController()
  const ids: string[] = []
  for (let offset = 0; ; offset += mostAtOnce) {
    const { rows, total } = await readCoverage(wanted, { offset, limit: mostAtOnce, signal })
    ids.push(...rows.filter(({ shown }) => shown).map(({ id }) => id))
    if (offset + mostAtOnce >= total) break
  }
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const people = ids.slice(at, at + mostAtOnce)
    await ask('/api/v1/consent/people', { method: 'POST', body: { tenant: wanted.tenant, on, people } })
  }
  return ids.length
}
