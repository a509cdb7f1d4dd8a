import type { PersonView } from '../../../src/core/view.ts'
import { useAnswer } from '../live/use-answer.ts'
import { readRoster } from '../people/roster-client.ts'
import type { KnownPlaces } from './grant-check.ts'

/** So many tenants are asked for their groups; a partner has hundreds, and rights name a few. */
const mostAsked = 30

/** The groups of the tenants that are named, and who there is. */
export function useKnownPlaces(
  tenants: readonly string[],
  named: readonly string[],
  people: ReadonlyMap<string, PersonView> | undefined,
): KnownPlaces {
  const wanted = [...new Set(named)].filter((tenant) => tenants.includes(tenant)).slice(0, mostAsked)
  const { value } = useAnswer(wanted.join('\n'), async (signal) => {
    const read = wanted.map(async (tenant) => [tenant, (await readRoster(tenant, signal)).groups] as const)
    return new Map(await Promise.all(read))
  })
  return { tenants, groups: value ?? new Map(), people }
}
