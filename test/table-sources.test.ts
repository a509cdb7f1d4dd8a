import { describe, expect, test } from 'vitest'
import { registry } from '../src/apps/registry.ts'
import { checkTable } from '../src/config/check-table.ts'
import { presets } from '../src/presets/catalog.ts'

type When = NonNullable<Parameters<typeof checkTable>[0][number]['when']>

function problemsOf(type: string, ...asked: readonly When[]) {
  const rows = asked.map((when) => ({ when, act: 'release' as const }))
  return checkTable(rows, ['table'], { source: registry[type]!.manifest, slots: undefined })
}

describe('a row that asks for what its source never shows', () => {
  test.each<[string, When]>([
    ['teams', { availability: 'available', activity: 'presenting' }],
    ['teams', { availability: 'away', activity: 'offWork' }],
    ['salesforce', { activity: 'urgentInterruptionsOnly' }],
    ['salesforce', { activity: 'offWork' }],
    ['asterisk', { activity: 'presenting' }],
    ['asterisk', { availability: 'beRightBack' }],
    ['webex-presence', { availability: 'doNotDisturb', activity: 'focusing' }],
  ])('%s %o is refused, with the row and what is possible', (type, when) => {
    const [problem, ...more] = problemsOf(type, {}, when)
    expect(more).toEqual([])
    expect(problem).toMatchObject({
      path: ['table', 1, 'when'],
      message: `asks for ${Object.values(when).join('/')}, which ${registry[type]!.manifest.title} never shows`,
      fix: expect.stringMatching(/^Possible there: .*available\/available.*unknown\/unknown\.$/),
    })
  })

  test.each<[string, When]>([
    ['teams', { availability: 'doNotDisturb', activity: 'outOfOffice' }],
    ['teams', { activity: 'inactive' }],
    ['teams', { availability: 'unknown' }],
    ['salesforce', { activity: 'outOfOffice' }],
    ['salesforce', { availability: 'offline' }],
    ['asterisk', { availability: 'away' }],
    ['agent', { activity: 'urgentInterruptionsOnly' }],
    ['webhook', { activity: 'offWork' }],
  ])('%s can show %o', (type, when) => {
    expect(problemsOf(type, when)).toEqual([])
  })

  test('no row of a preset that was made for Teams or for a CRM is one', () => {
    const sources = { teams: 'teams', crm: 'salesforce' }
    let rows = 0
    for (const { id, directions } of Object.values(presets)) {
      for (const [direction, table] of Object.entries(directions)) {
        const type = sources[direction.split(' ')[0] as keyof typeof sources]
        // The default's rows are the same for every source, whatever it shows.
        if (!type || (id === 'default' && type !== 'teams')) continue
        const asked = table.rows.map(({ when }) => when)
        rows += asked.length
        expect(problemsOf(type, ...asked), `${id}: ${direction}`).toEqual([])
      }
    }
    expect(rows).toBeGreaterThan(40)
  })
})
