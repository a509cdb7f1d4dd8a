import { expect, test } from 'vitest'
import type { Finding } from '../../core/connector.ts'
import { createLog } from '../../observe/log.ts'
import { formatFindings } from './findings.ts'

test('every finding of many connectors is told, without secrets', () => {
  const log = createLog({ level: 'error' })
  log.hide('correct-horse-battery')
  const findings: Finding[] = [
    { level: 'ok', text: 'Signed in.' },
    {
      level: 'error',
      text: 'Refused with correct-horse-battery.',
      fix: 'Correct "secret": correct-horse-battery.',
    },
  ]
  const checked = Array.from({ length: 300 }, (_, index) => ({ connector: `pbx-${index}`, findings }))
  const said = formatFindings(checked, (text) => log.clean(text))
  expect(said).not.toContain('correct-horse-battery')
  expect(said.split('\n').filter((line) => line.includes('-> Correct'))).toHaveLength(300)
  expect(said).toContain('pbx-299')
})
