import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { noMemories, run } from '../../test/sim/scenario.ts'

it('G-01: a read that is late after a restart does not bring back what was cleared before it', async () => {
  const done = await run(
    {
      setting: settingOf(15_000, { mode: 'observed', policy: 'plain' }),
      first: 'phoneDndOn',
      second: 'phoneDndOff',
      gapMs: 60_000,
      moment: 'after second',
      ledger: 'intact',
    },
    noMemories,
  )
  const writes = done.entries.filter((entry) => entry.kind === 'write' && entry.system === 'phone')
  expect(writes).toEqual([])
  expect(done.end.standing).toEqual({ dnd: false, anna: undefined, ben: undefined })
})

it('G-02: a choice made while the hub was down, on top of a fresh write, is seen once that is settled', async () => {
  const done = await run(
    {
      setting: settingOf(500, { mode: 'observed', policy: 'plain', unnumbered: true }),
      first: 'phoneDndOn',
      second: 'teamsAway',
      gapMs: 1000,
      moment: 'between',
      ledger: 'intact',
    },
    noMemories,
  )
  expect(done.end.standing).toEqual({ dnd: false, anna: 'away/away', ben: undefined })
})
