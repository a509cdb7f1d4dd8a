import { expect, test } from 'vitest'
import { explainFailure, losesTrust, StoreFailure } from './failure.ts'

const withCode = (code: string) => Object.assign(new Error('words of the library'), { code })

test.each([
  ['SQLITE_FULL', 'disk-full', 'disk is full'],
  ['ENOSPC', 'disk-full', 'disk is full'],
  ['SQLITE_READONLY_DIRECTORY', 'read-only', 'cannot be written'],
  ['SQLITE_CANTOPEN', 'read-only', 'cannot be written'],
  ['EACCES', 'read-only', 'cannot be written'],
  ['SQLITE_CORRUPT_INDEX', 'corrupt', 'damaged'],
  ['SQLITE_NOTADB', 'corrupt', 'damaged'],
  ['SQLITE_BUSY_SNAPSHOT', 'failed', 'another program'],
  ['SQLITE_IOERR_WRITE', 'failed', 'disk answered'],
  ['ENOTDIR', 'failed', 'not a directory'],
  ['ENOENT', 'failed', 'could not be made'],
])('%s is told as %s, with the file and what to do', (code, kind, words) => {
  const failure = explainFailure(withCode(code), '/data/hookswitch.db')
  expect(failure.kind).toBe(kind)
  expect(failure.message).toContain('/data/hookswitch.db')
  expect(failure.message).toContain(words)
  expect(failure.message).toContain(code)
  expect(failure.cause).toBeInstanceOf(Error)
})

test('anything else keeps its own words', () => {
  expect(explainFailure(new Error('odd'), 'f').message).toBe('f: odd')
  expect(explainFailure('just text', 'f').message).toBe('f: just text')
  const own = new StoreFailure('closed', 'closed')
  expect(explainFailure(own, 'f')).toBe(own)
})

test('only a failed fsync ends all trust', () => {
  expect(losesTrust(withCode('SQLITE_IOERR_FSYNC'))).toBe(true)
  expect(losesTrust(withCode('SQLITE_FULL'))).toBe(false)
  expect(losesTrust('text')).toBe(false)
})
