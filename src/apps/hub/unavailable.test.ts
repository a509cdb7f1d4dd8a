import { expect, test } from 'vitest'
import { StoreFailure } from '../../store/failure.ts'
import { explainPostgresql } from '../../store/postgresql/failure.ts'
import { whyUnavailable } from './unavailable.ts'

test('a server that is away and a store without room are said, without where they are; a fault is not', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  expect(whyUnavailable(explainPostgresql(refused, 'PostgreSQL at db'))).toBe(
    'This hub cannot see the database now. Ask again in a moment.',
  )
  expect(whyUnavailable(new StoreFailure('disk-full', '/data: the disk is full'))).toMatch(/no room left/)
  const wrong = Object.assign(new Error('syntax error'), { code: '42601' })
  for (const error of [explainPostgresql(wrong, 'PostgreSQL at db'), new StoreFailure('invalid', ''), wrong])
    expect(whyUnavailable(error)).toBeUndefined()
})
