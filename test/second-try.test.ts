import { expect, test } from 'vitest'
import { chooseAgain } from './second-try/choose.ts'

const file = (name: string, ...tests: readonly string[]) => ({
  name,
  status: tests.includes('failed') ? 'failed' : 'passed',
  assertionResults: tests.map((status, index) => ({
    ...{ fullName: `test ${index}`, status },
  })),
})

test('of the files that failed one or two are tried again; of more, or of none, it is said why not', () => {
  const first = { unsteady: 0, unhandled: '' }
  const passed = file('a.test.ts', 'passed')
  const failed = file('b.test.ts', 'passed', 'failed')
  const broken = { ...file('c.test.ts'), status: 'failed' }
  expect(chooseAgain({ testResults: [passed, failed, broken] }, first)).toEqual([
    { file: 'b.test.ts', tests: ['test 1'] },
    { file: 'c.test.ts', tests: [] },
  ])
  expect(chooseAgain({ testResults: [failed, broken, { ...broken, name: 'd.test.ts' }] }, first)).toContain(
    '3 files',
  )
  const before = { unsteady: 1, unhandled: '' }
  expect(chooseAgain({ testResults: [failed] }, before)).toHaveLength(1)
  expect(chooseAgain({ testResults: [failed, broken] }, before)).toContain('3 files')
  expect(chooseAgain({ testResults: [failed] }, { ...before, unhandled: 'socket hang up' })).toContain(
    'socket hang up',
  )
  expect(chooseAgain({ testResults: [passed] }, first)).toContain('no file')
  expect(chooseAgain({}, first)).toContain('no file')
})
