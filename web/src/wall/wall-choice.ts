import { type Choice, everyone } from '../board/choose-people.ts'
import { stateGroups } from '../board/state-kind.ts'

/** `#/wall?tenant=contoso&state=call,busy&favourites=1&search=berlin`: whom a wallboard shows stands in its address. */
export function wallAddress({ tenant, groups, favourites, attention, search }: Choice): string {
  const query = new URLSearchParams()
  if (tenant !== undefined) query.set('tenant', tenant)
  if (groups.size > 0) query.set('state', [...groups].join(','))
  if (favourites) query.set('favourites', '1')
  if (attention) query.set('attention', '1')
  if (search !== '') query.set('search', search)
  const text = query.toString()
  return text === '' ? '#/wall' : `#/wall?${text}`
}

/** Reads it back; a state that is not known is passed over. */
export function readWallChoice(query: URLSearchParams): Choice {
  const states = (query.get('state') ?? '').split(',')
  return {
    ...everyone,
    tenant: query.get('tenant') ?? undefined,
    groups: new Set(stateGroups.filter((group) => states.includes(group))),
    favourites: query.get('favourites') === '1',
    attention: query.get('attention') === '1',
    search: query.get('search') ?? '',
    order: 'busyFirst',
  }
}
