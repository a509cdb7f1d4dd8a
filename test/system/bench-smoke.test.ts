import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startChild } from './support/child.ts'

/** Of so busy a machine nothing is expected but that it gets there. */
const relax = ['--relax', '1000']

/** Every benchmark with few people for a few seconds, and the heads of what it prints. */
const runs = [
  {
    file: 'signals.ts',
    flags: ['--seconds', '1', '--people', '200'],
    tables: ['signals stored and decided per second', 'event loop delay'],
  },
  {
    file: 'phone-to-teams.ts',
    flags: ['--seconds', '3', '--warm-up', '1', '--rate', '10', '--people', '40', '--tenants', '2'],
    tables: ['calls that ring, are answered and end', 'every event is written', 'phone event to setPresence'],
  },
  {
    file: 'teams-to-phone.ts',
    flags: [
      ...['--seconds', '12', '--rate', '5', '--rest', '2', '--people', '30', '--pbxs', '1'],
      ...['--many-people', '40', '--many-budget', '4250'],
    ],
    tables: ['30 people, default budget', '40 people, budget 4,250', 'set in Teams to on at the phone'],
  },
  {
    file: 'memory.ts',
    flags: ['--seconds', '1', '--people', '40', '--pbxs', '1'],
    tables: ['first start: process start to converged', 'second start: resident after 1 s idle'],
  },
  {
    file: 'many-tenants.ts',
    flags: ['--seconds', '1', '--tenants', '3', '--people', '10'],
    tables: ['first start: most resident until then', 'second start: CPU while idle'],
  },
  {
    file: 'throughput.ts',
    flags: [
      ...['--people', '30', '--tenants', '3', '--calls', '6', '--seconds', '2', '--warm-up', '1'],
      ...['--to', '5'],
    ],
    tables: [
      '1 on SQLite: signals a second',
      'told by agents: CPU of the lab',
      'ledger: bytes a row',
      '2 on PostgreSQL and NATS: ratio',
    ],
  },
]

async function run(file: string, flags: readonly string[]) {
  const path = fileURLToPath(new URL(`../../bench/${file}`, import.meta.url))
  const child = startChild(process.execPath, [path, ...flags])
  const code = await child.ended
  return { code, output: child.output() }
}

// Side by side: they mostly wait for their clocks, and no figure of theirs is looked at.
test('every benchmark runs, prints its tables and passes when little is asked of it', async () => {
  const ended = await Promise.all(
    runs.map(async (one) => ({ ...one, ...(await run(one.file, [...one.flags, ...relax])) })),
  )
  for (const { file, tables, code, output } of ended) {
    expect(output, file).toMatch(/\d cores? \(.+\), \d+ GiB, .+, Node\.js \d/)
    for (const head of tables) expect(output, file).toContain(head)
    expect(output, file).toMatch(/target +result\n/)
    expect(output.trimEnd(), file).toMatch(/\nPASS$/)
    expect(code, file).toBe(0)
  }
}, 300_000)

test('a benchmark whose target cannot be met says so and ends with 1', async () => {
  const { code, output } = await run('signals.ts', ['--seconds', '1', '--people', '200', '--relax', '0.0001'])
  expect(output).toMatch(/signals stored and decided per second .*FAIL/)
  expect(output.trimEnd()).toMatch(/\nFAIL$/)
  expect(code).toBe(1)
})

test('a flag that does not exist or is no number ends with 2 and the list of flags', async () => {
  const unknown = await run('memory.ts', ['--peopel', '1'])
  expect(unknown.code).toBe(2)
  expect(unknown.output).toContain('--people N')
  expect(await run('memory.ts', ['--people', 'many'])).toMatchObject({ code: 2 })
})
