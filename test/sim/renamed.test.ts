import { expect, it } from 'vitest'
import { isOpen } from '../../src/core/ledger.ts'
import { link } from '../support/points.ts'
import { tenant } from './hub.ts'
import { CALL, DND } from './pairs.ts'
import { Stage } from './why/stage.ts'

const settledMs = 40_000

/** The directory knows Anna by a new name; her account and her phone are the same. */
function rename(stage: Stage): void {
  const upn = 'anna.weber@contoso.example'
  stage.engine.setPeople(
    stage.people().map((person) => ({ ...person, id: upn, upn, displayName: 'Anna Weber' })),
  )
}

const openWrites = (stage: Stage) =>
  [...stage.engine.people.of(tenant)].flatMap(({ presentity: { upn, points } }) =>
    points.flatMap(({ contributions }) =>
      (contributions ?? []).filter(isOpen).map(({ slot }) => `${upn} ${slot}`),
    ),
  )
const phoneDnd = (stage: Stage) => stage.phone.facets().some((facet) => facet.kind === 'dnd' && facet.on)

async function open(): Promise<Stage> {
  const stage = new Stage({ links: [link('phone', 'teams'), link('teams', 'phone')] }, [])
  await stage.start(60_000)
  return stage
}

it('X-19: a renamed UPN in the middle of a call: the call is shown on, under the new name', async () => {
  const stage = await open()
  stage.phone.call()
  await stage.run(settledMs)
  expect(openWrites(stage)).toEqual(['anna@contoso.example session'])
  rename(stage)
  await stage.run(settledMs)
  expect(stage.teams.shown()).toBe(CALL)
  expect(openWrites(stage)).toEqual(['anna.weber@contoso.example session'])
  expect([...stage.engine.people.of(tenant)].map(({ presentity }) => presentity.upn)).toEqual([
    'anna.weber@contoso.example',
  ])
  stage.phone.call({ state: 'terminated' })
  await stage.run(settledMs)
  expect(stage.teams.shown()).toBe('available/available')
  expect(openWrites(stage)).toEqual([])
})

it('X-19: a renamed UPN in do not disturb leaves no phone behind, and the next choice counts', async () => {
  const stage = await open()
  stage.teams.choose(DND)
  await stage.run(settledMs)
  expect(phoneDnd(stage)).toBe(true)
  rename(stage)
  await stage.run(settledMs)
  // Released with the former name; under the new one nothing has been chosen yet.
  expect(phoneDnd(stage)).toBe(false)
  expect(openWrites(stage)).toEqual([])
  stage.teams.choose(undefined)
  await stage.run(settledMs)
  stage.teams.choose(DND)
  await stage.run(settledMs)
  expect(phoneDnd(stage)).toBe(true)
  expect(openWrites(stage)).toEqual(['anna.weber@contoso.example dnd'])
})
