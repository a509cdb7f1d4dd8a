import { expect, test } from 'vitest'
import type { TenantConfig } from '../../../config/resolved.ts'
import type { Pause } from '../../../core/pause.ts'
import type { Link } from '../../../core/policy.ts'
import type { Actor } from '../../../engine/actor.ts'
import { createStanding } from './standing.ts'

const links = [
  { id: 'pbx to teams', from: 'pbx', to: 'teams' },
  { id: 'teams to pbx', from: 'teams', to: 'pbx' },
] as unknown as readonly Link[]
const connectors = [{ id: 'pbx' }, { id: 'teams' }]
const config = { id: 'contoso', people: [], connectors, links } as unknown as TenantConfig

function kindsOf(...pauses: readonly Pause[]) {
  const points = ['pbx', 'teams'].map((connector) => ({ connector, address: '1001' }))
  const presentity = { id: 'anna@contoso.example', upn: 'anna@contoso.example', points, pauses }
  const standing = createStanding({ config, links, problems: new Map(), now: 1000 })
  return standing({ presentity } as unknown as Actor).map(({ kind }) => kind)
}

test('who is paused everywhere is not counted as kept in step; who is paused in one direction is both', () => {
  const always = { from: 0, until: undefined }
  expect(kindsOf()).toEqual(['synced'])
  expect(kindsOf({ ...always, link: undefined })).toEqual(['paused'])
  expect(kindsOf({ ...always, link: 'pbx to teams' })).toEqual(['synced', 'paused'])
  expect(kindsOf(...links.map(({ id }) => ({ ...always, link: id })))).toEqual(['paused'])
  expect(kindsOf({ link: undefined, from: 0, until: 900 })).toEqual(['synced'])
})
