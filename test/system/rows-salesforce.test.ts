import { describe, expect, test } from 'vitest'
import { parsePresence, presenceName } from '../../src/core/presence.ts'
import type { Pair } from '../../src/lab/microsoft/states.ts'
import { labUserId } from '../../src/lab/salesforce/ids.ts'
import { sampleTenant } from '../../src/lab/sample.ts'
import { type Act, type ExpectedRow, expectedRows, type Mode, modes, shownIn } from './rows/fixture.ts'
import { startSalesforceHub } from './salesforce-hub.ts'
import { shownAt } from './salesforce-world.ts'

const settledMs = 20_000
const busyMs = 180_000
const people = sampleTenant().people!.map(({ upn }) => upn)

/** The vendor's tables between Teams and the CRM, as many rows at a time as there are people. */
const rows = expectedRows.filter(
  ({ presets, direction }) =>
    presets.includes('salesforce') && (direction === 'teams to crm' || direction === 'crm to teams'),
)
const batches = Array.from({ length: Math.ceil(rows.length / people.length) }, (_each, index) =>
  rows.slice(index * people.length, (index + 1) * people.length),
)

/** Every row of a batch, each with a person of its own; answers what differs from what is expected. */
async function runBatch(batch: readonly ExpectedRow[], mode: Mode): Promise<readonly string[]> {
  const world = await startSalesforceHub('salesforce')
  world.lab.switches.aggregation = mode
  const find = (index: number) => world.lab.people.find(people[index]!)!
  const act = (index: number, { status, client, outOfOffice, choose }: Act) => {
    const { tenant, person } = find(index)
    if (outOfOffice !== undefined) tenant.setOutOfOffice(person, outOfOffice ? 'away' : undefined)
    if (client !== undefined) tenant.setClient(person, client as Pair | null)
    if (status === null) tenant.clearPreferred(person)
    else if (status !== undefined) tenant.setPreferred(person, status as Pair)
    if (choose === undefined) return
    const state = parsePresence(choose)
    const userId = labUserId(people[index]!)
    const { agents } = world.crm
    agents.change(
      userId,
      agents.statuses.find(({ label }) => world.meaningOf(label) === state),
    )
  }
  const shown = (index: number, { direction }: ExpectedRow) => {
    const { tenant, person } = find(index)
    if (direction === 'crm to teams') return tenant.shown(person)
    return presenceName(shownAt(world, labUserId(people[index]!)))
  }
  const wrong = (expected: (row: ExpectedRow) => string | undefined) =>
    batch.flatMap((row, index) => {
      const [is, should] = [shown(index, row), expected(row)]
      return should === undefined || is === should
        ? []
        : [`${row.direction}, ${row.about}: ${is}, not ${should}`]
    })
  const settle = async (expected: (row: ExpectedRow) => string | undefined) => {
    const begun = performance.now()
    while (wrong(expected).length > 0 && performance.now() - begun < settledMs) await world.pass(500)
    await world.pass(settledMs)
    return wrong(expected)
  }
  try {
    for (const index of batch.keys()) act(index, { client: 'Available/Available' })
    await world.pass(settledMs)
    for (const [index, { before }] of batch.entries()) if (before) act(index, before)
    const before = await settle((row) => row.shownBefore)
    for (const [index, row] of batch.entries()) act(index, row.act)
    return [...before, ...(await settle((row) => shownIn(row, mode)))]
  } finally {
    await world.stop()
  }
}

describe.each(modes)('rows at Salesforce, Teams aggregates as %s', (mode) => {
  test.each(
    batches.map((batch, index) => ({
      index,
      title: [...new Set(batch.flatMap(({ ids }) => ids))].join(', '),
    })),
  )(
    '$title: the rows of the preset at the real connector, part $index',
    async ({ index }) => {
      expect(await runBatch(batches[index]!, mode)).toEqual([])
    },
    busyMs,
  )
})
