import { expect, test } from 'vitest'
import type { AuditQuery, AuditRow } from '../core/history.ts'
import { writeAudit } from './audit-export.ts'

function rowOf(number: number, more: Partial<AuditRow> = {}): AuditRow {
  const row = { tenant: 'contoso', who: 'boss', what: 'release', about: '*', detail: '' } as const
  return { ...row, id: `id-${number}`, at: number, ...more }
}

/** Newest first, as the store reads. */
function logOf(rows: readonly AuditRow[]) {
  const asked: AuditQuery[] = []
  const audit = async (query: AuditQuery) => {
    asked.push(query)
    const { before, limit } = query
    return rows.filter(({ at }) => before === undefined || at < before.at).slice(0, limit)
  }
  return { asked, audit }
}

async function read(rows: readonly AuditRow[], format: 'csv' | 'jsonl') {
  const log = logOf(rows)
  let text = ''
  for await (const part of writeAudit(log, { query: { tenant: 'contoso', who: 'boss' }, format }))
    text += part
  return { text, asked: log.asked }
}

test('a long log is read in pages, each entry once, with the filters', async () => {
  const rows = Array.from({ length: 2000 }, (_, index) => rowOf(2000 - index))
  const { text, asked } = await read(rows, 'jsonl')
  const ids = text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as AuditRow).id)
  expect(ids).toEqual(rows.map(({ id }) => id))
  expect(asked.map(({ before }) => before?.at)).toEqual([undefined, 1001, 1])
  expect(asked.every(({ who }) => who === 'boss')).toBe(true)
})

test('CSV quotes what needs it, and makes no formulas', async () => {
  const { text } = await read([rowOf(0, { who: '=1+1', detail: 'said "no",\nleft' })], 'csv')
  expect(text).toBe(
    `at,who,what,about,detail,tenant,id\r\n1970-01-01T00:00:00.000Z,'=1+1,release,*,"said ""no"",\nleft",contoso,id-0\r\n`,
  )
})
