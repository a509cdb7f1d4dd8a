import { beforeAll, describe, expect, test } from 'vitest'
import { expectedRows, modes, shownIn } from './rows/fixture.ts'
import { listMutations } from './rows/mutation.ts'
import { type Result, runCases } from './rows/run.ts'

/** A busy machine needs long for hundreds of people, milliseconds. */
const busyMs = 600_000

/** Each row of each preset is changed, and the hub with it: the expected value of the row's requirement must fail. */
describe.each(modes)('every row of a preset is held by an expected value, Teams aggregates as %s', (mode) => {
  const mutations = listMutations(expectedRows, mode)
  const cases = mutations.flatMap(({ noticedBy }) => (noticedBy ? [noticedBy] : []))
  const results = new Map<(typeof cases)[number], Result>()
  beforeAll(async () => {
    for (const result of await runCases(cases, mode)) results.set(result.case, result)
  }, busyMs)

  test.each(
    mutations.map((mutation) => {
      const { preset, direction, index, row, noticedBy } = mutation
      const ids = noticedBy?.row.ids.join(', ') ?? 'nothing'
      return {
        mutation,
        title: `${preset}, ${direction}, row ${index + 1} (${row.label}): noticed by ${ids}`,
      }
    }),
  )('$title', ({ mutation }) => {
    const one = mutation.noticedBy
    expect(one, 'no expected value meets this row').toBeDefined()
    const result = results.get(one!)!
    const held =
      (result.before ?? one!.row.shownBefore) === one!.row.shownBefore &&
      result.after === shownIn(one!.row, mode) &&
      result.steady
    expect(held, `still shows ${result.after}`).toBe(false)
  })
})
