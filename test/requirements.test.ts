import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import {
  coveragePage,
  deviations,
  findUnfounded,
  requirements,
  tally,
  withoutTest,
} from './requirements/page.ts'
import { countResults, findUnshown } from './requirements/results.ts'
import { expandIds, idsOfText, scanTests } from './requirements/scan.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const carriers = scanTests(root)

test('every requirement has a test, or a reason why it has none', () => {
  expect(tally(carriers).missing).toEqual([])
})

test('what has no test names its reason, and the issue or the page that covers the equivalent', () => {
  expect(findUnfounded(withoutTest, (page) => existsSync(`${root}${page}`))).toEqual([])
  const reasons = {
    'SW-01': { reason: 'The vendor\u2019s screen.', see: 'issue 5' },
    'SW-02': { reason: ' ', see: 'issue 5' },
    'SW-03': { reason: 'planned', see: 'portal' },
    'SW-04': { reason: 'planned', see: 'issue 12' },
    'SW-05': { reason: 'The vendor\u2019s screen.', see: 'docs/gone.md' },
    'SW-06': { reason: 'The vendor\u2019s screen.', see: '../README.md' },
  }
  expect(findUnfounded(reasons, (page) => page !== 'docs/gone.md')).toEqual([
    'SW-02: no reason',
    'SW-03: "portal" is neither an issue nor a page',
    'SW-04: "issue 12" is neither an issue nor a page',
    'SW-05: "docs/gone.md" is neither an issue nor a page',
    'SW-06: "../README.md" is neither an issue nor a page',
  ])
})

test('reasons and deviations are of requirements there are, and no reason outlives the first test', () => {
  const known = new Set(requirements.map(({ id }) => id))
  expect(Object.keys({ ...withoutTest, ...deviations }).filter((id) => !known.has(id))).toEqual([])
  expect(Object.keys(withoutTest).filter((id) => carriers.has(id))).toEqual([])
  expect([...carriers.keys()].filter((id) => !known.has(id))).toEqual([])
})

test('docs/coverage.md is what the tests say (else: npm run coverage:requirements)', () => {
  expect(readFileSync(`${root}docs/coverage.md`, 'utf8')).toBe(coveragePage(carriers))
})

test('names are read in all the ways they are written', () => {
  expect(expandIds('MM-04..MM-06, SW-07..09')).toEqual(['MM-04', 'MM-05', 'MM-06', 'SW-07', 'SW-08', 'SW-09'])
  const names = ["test('SW-06 CT-18: a call'", 'it.each(x)(`X-16, G-04: on hold`', "it('reads SW-12 of old'"]
  expect(names.map(idsOfText)).toEqual([['SW-06', 'CT-18'], ['X-16', 'G-04'], []])
})

test('results are counted by ID, those of the group included', () => {
  const one = (title: string, status: string, ancestorTitles: readonly string[] = []) => ({
    title,
    status,
    ancestorTitles,
  })
  const assertionResults = [
    one('SW-12: in time', 'passed'),
    one('in time', 'failed', ['SW-12, SW-30: delays']),
    one('VO-05: lamps', 'skipped'),
    one('X-01: calls', 'passed'),
  ]
  const results = countResults(
    [{ testResults: [{ name: '/root/test/a.test.ts', assertionResults }] }],
    '/root',
  )
  const files = new Set(['test/a.test.ts'])
  expect([...results]).toEqual([
    ['SW-12', { passed: 1, failed: 1, notRun: 0, files }],
    ['SW-30', { passed: 0, failed: 1, notRun: 0, files: new Set() }],
    ['VO-05', { passed: 0, failed: 0, notRun: 1, files: new Set() }],
    ['X-01', { passed: 1, failed: 0, notRun: 0, files }],
  ])
  const carried = (ids: readonly string[], ...names: readonly string[]) =>
    findUnshown(new Map(ids.map((id) => [id, names])), results)
  expect(carried(['X-01'], 'test/a.test.ts')).toEqual([])
  expect(carried(['X-01'], 'test/a.test.ts', 'test/b.test.ts')).toEqual([
    'X-01: none passed in test/b.test.ts',
  ])
  expect(carried(['SW-12', 'VO-05', 'G-01'], 'test/a.test.ts')).toEqual([
    'SW-12: 1 failed',
    'VO-05: 1 did not run',
    'VO-05: none passed in test/a.test.ts',
    'G-01: no test of it ran',
  ])
  const page = coveragePage(new Map([['SW-12', ['test/a.test.ts']]]), results)
  expect(page).toMatch(/^\| SW-12 .* \| 1 passed, \*\*1 failed\*\* \|$/m)
})

test('of a file that ran twice the last run counts, whichever report is read first', () => {
  const run = (startTime: number, ...statuses: readonly string[]) => {
    const assertionResults = statuses.map((status) => ({ title: 'X-01: calls', status, ancestorTitles: [] }))
    return { startTime, testResults: [{ name: '/root/test/a.test.ts', assertionResults }] }
  }
  const [first, second] = [run(1, 'passed', 'failed'), run(2, 'passed', 'passed')]
  for (const reports of [
    [first, second],
    [second, first],
  ])
    expect(countResults(reports, '/root').get('X-01')).toMatchObject({ passed: 2, failed: 0 })
  expect(countResults([first], '/root').get('X-01')).toMatchObject({ passed: 1, failed: 1 })
})
