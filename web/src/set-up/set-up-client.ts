import type {
  CoverageKind,
  CoverageNote,
  CoveragePage,
  CoverageRow,
  DirectoryPlace,
} from '../../../src/core/roster-port.ts'
import { ask } from '../live/http.ts'
import { readPlaces } from '../people/roster-client.ts'

/** How the people of a tenant are matched, and what somebody has to look at. */
export interface Matching {
  /** How many people there are. */
  readonly all: number
  /** People who cannot be matched without a doubt, the first of them. */
  readonly doubtful: readonly CoverageRow[]
  /** Addresses of phone systems that belong to nobody, the first of them. */
  readonly nobodys: readonly DirectoryPlace[]
}

const doubtfulKinds: readonly CoverageKind[] = ['duplicate', 'unmatched', 'shared']
const most = 5

export async function readMatching(
  tenant: string,
  phones: readonly string[],
  signal: AbortSignal,
): Promise<Matching> {
  const page = async (kind?: CoverageKind) => {
    const query = new URLSearchParams({ tenant, offset: '0', limit: String(most), ...(kind && { kind }) })
    return (await ask(`/api/v1/roster/people?${query}`, { signal })) as CoveragePage
  }
  const { total, counts } = await page()
  const pages = await Promise.all(doubtfulKinds.filter((kind) => counts[kind] > 0).map(page))
  const places = await Promise.all(
    phones.map((connector) => readPlaces({ tenant, connector, limit: 200 }, signal)),
  )
  const rows = new Map(pages.flatMap((one) => one.rows.map((row) => [row.id, row] as const)))
  const doubts = [...rows.values()].flatMap(doubtsOf)
  // One that fits several people is theirs to look at.
  const isDoubtful = ({ address }: DirectoryPlace) =>
    doubts.some(({ reason }) => reason.split(/[^\w.+-]+/).includes(address))
  return {
    all: total,
    doubtful: [...rows.values()].slice(0, most),
    nobodys: places
      .flat()
      .filter((place) => place.people.length === 0 && !isDoubtful(place))
      .slice(0, most),
  }
}

/** What is to be said of somebody who is doubtful, each once. */
export function doubtsOf({ notes }: CoverageRow): readonly CoverageNote[] {
  return notes.filter(({ kind }) => doubtfulKinds.includes(kind))
}
