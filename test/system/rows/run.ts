import { presenceName } from '../../../src/core/presence.ts'
import { presets } from '../../../src/presets/catalog.ts'
import type { Direction, PresetRow, Role } from '../../../src/presets/preset.ts'
import { type Act, type ExpectedRow, type Mode, shownIn } from './fixture.ts'
import type { PhoneSystemName } from './phone-systems.ts'
import { type RowsTenant, startRowsWorld } from './world.ts'

/** One expected value to be shown under one preset, whose table may have been changed. */
export interface Case {
  readonly row: ExpectedRow
  readonly preset: string
  /** Rows in the place of the preset's for the row's direction, and a name for them. */
  readonly changed?: { readonly name: string; readonly rows: readonly PresetRow[] }
}

export interface Result {
  readonly case: Case
  /** What the target showed before the act; undefined where nothing was to be shown first. */
  readonly before: string | undefined
  readonly after: string
  /** The target never showed anything else once it had shown what is expected, or all the time for `unchanged`. */
  readonly steady: boolean
}

function tableText(rows: readonly PresetRow[]) {
  return rows.map(({ when, act, state }) => ({ when, act, ...(state && { state: presenceName(state) }) }))
}

function linksOf({ row, preset, changed }: Case): RowsTenant['links'] {
  return (Object.keys(presets[preset]!.directions) as Direction[]).map((direction) => {
    const [from, to] = direction.split(' to ')
    const table = changed && direction === row.direction ? { table: tableText(changed.rows) } : {}
    return { from, to, preset, ...table }
  })
}

const sourceOf = (row: ExpectedRow) => row.direction.split(' to ')[0] as Role
const targetOf = (row: ExpectedRow) => row.direction.split(' to ')[1] as Role

/** What a Teams-side precondition needs to happen in Teams, wherever the act itself happens. */
const isTeamsAct = (act: Act) => act.status !== undefined || act.client !== undefined

/** Shows every case at once, each with a person of its own; with `pbx` the phone system is one of the lab's. */
export async function runCases(
  cases: readonly Case[],
  mode: Mode,
  { pbx }: { readonly pbx?: PhoneSystemName } = {},
): Promise<readonly Result[]> {
  const tenants = new Map<string, { people: string[]; links: RowsTenant['links'] }>()
  const people = cases.map((one, index) => {
    const key = `${one.preset}${one.changed ? `-${one.changed.name}` : ''}`
    const tenant = tenants.get(key) ?? { people: [], links: linksOf(one) }
    tenants.set(key, tenant)
    tenant.people.push(`p${index}`)
    return `p${index}`
  })
  const world = await startRowsWorld(
    [...tenants].map(([id, tenant]) => ({ id, ...tenant })),
    mode,
    { pbx },
  )
  try {
    const shown = (index: number) => world.shown(people[index]!, targetOf(cases[index]!.row))
    await world.pass(2_000)
    for (const [index, { row }] of cases.entries()) {
      const { before } = row
      if (!before) continue
      const place = isTeamsAct(before) ? 'teams' : sourceOf(row)
      world.act(people[index]!, place, before)
    }
    const ready = () => cases.every(({ row }, index) => shown(index) === (row.shownBefore ?? shown(index)))
    await world.passUntil(ready, 10_000)
    await world.pass(17_000)
    const before = cases.map(({ row }, index) => (row.before ? shown(index) : undefined))
    const steady = cases.map(() => true)
    const reached = cases.map(({ row }) => row.unchanged === true)
    for (const [index, { row }] of cases.entries()) world.act(people[index]!, sourceOf(row), row.act)
    await world.pass(22_000, () => {
      for (const [index, { row }] of cases.entries()) {
        const fits = shown(index) === shownIn(row, mode)
        if (reached[index] && !fits) steady[index] = false
        if (fits) reached[index] = true
      }
    })
    return cases.map((one, index) => ({
      case: one,
      before: before[index],
      after: shown(index),
      steady: steady[index]!,
    }))
  } finally {
    await world.stop()
  }
}
