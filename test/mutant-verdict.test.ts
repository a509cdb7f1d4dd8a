import { expect, it } from 'vitest'
import { readVerdict } from './mutants/verdict.ts'

const name = 'outer > inner'

function reportOf(tests: readonly object[], file: object = {}): string {
  const assertionResults = tests.map((test) => ({
    ancestorTitles: ['outer'],
    title: 'inner',
    failureMessages: [],
    ...test,
  }))
  const success = !tests.some((test) => 'status' in test && test.status === 'failed')
  return JSON.stringify({
    success,
    testResults: [{ status: 'passed', message: '', assertionResults, ...file }],
  })
}

const failing = (...failureMessages: string[]) => ({ status: 'failed', failureMessages })

it('a fault is caught where the named test fails by an assertion', () => {
  const plain = reportOf([failing('AssertionError: expected 1 to be 2\n    at x.ts')])
  expect(readVerdict(plain, name)).toEqual({ kind: 'asserted', why: 'AssertionError: expected 1 to be 2' })
  const property = reportOf([failing('Error: Property failed after 3 tests\nCaused by: AssertionError: no')])
  expect(readVerdict(property, name).kind).toBe('asserted')
})

it('a run that breaks catches nothing, and says why', () => {
  const timeout = reportOf([failing('Error: Test timed out in 10000ms.')])
  expect(readVerdict(timeout, name)).toEqual({ kind: 'broken', why: 'Error: Test timed out in 10000ms.' })
  const thrown = reportOf([failing('TypeError: x is not a function')])
  expect(readVerdict(thrown, name).kind).toBe('broken')
  const unloaded = reportOf([], { status: 'failed', message: 'SyntaxError: unexpected token' })
  expect(readVerdict(unloaded, name)).toEqual({ kind: 'broken', why: 'SyntaxError: unexpected token' })
  expect(readVerdict(undefined, name).kind).toBe('broken')
})

it('another test that fails catches nothing', () => {
  const other = reportOf([{ ...failing('AssertionError: no'), title: 'neighbour' }, { status: 'passed' }])
  expect(readVerdict(other, name)).toEqual({ kind: 'other', why: 'outer > neighbour' })
})

it('a test that passed has passed, and one that was skipped did not run', () => {
  expect(readVerdict(reportOf([{ status: 'passed' }]), name)).toEqual({ kind: 'passed' })
  expect(readVerdict(reportOf([{ status: 'skipped' }]), name).kind).toBe('broken')
})
