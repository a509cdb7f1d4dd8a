import type Database from 'better-sqlite3'
import type { AuditQuery } from '../../core/history.ts'
import type { ArchiveCall } from '../questions.ts'
import type { Row } from '../rows.ts'

/** Answers questions to the archive on an open database; throws what SQLite throws. */
export function createArchiveReader(database: Database.Database): (call: ArchiveCall) => readonly Row[] {
  const prepare = (sql: string) => database.prepare<(string | number)[], Row>(sql).raw()
  const columns = 'tenant, presentity, at, policy_version, body'
  const at = prepare(
    `select ${columns} from history where tenant = ? and presentity = ? and at <= ? order by at desc limit 1`,
  )
  const stretch = prepare(
    `select ${columns} from history where tenant = ? and presentity = ? and at > ? and at <= ? order by at limit ?`,
  )
  const people = prepare('select distinct presentity from history where tenant = ? order by presentity')
  const versions = prepare(
    'select tenant, version, at, author, comment, body from policy_version where tenant = ? order by version',
  )
  const memory = prepare(
    `select scope, key, body from memory where tenant = ? and (instr(lower(key), ?) > 0 or instr(lower(body), ?) > 0)
     order by scope, key`,
  )

  return (call) => {
    switch (call.of) {
      case 'historyAt':
        return at.all(call.tenant, call.presentity, call.at)
      case 'historyOf': {
        const { tenant, presentity, from, to, limit } = call.query
        return stretch.all(tenant, presentity, from, to, limit)
      }
      case 'historyPeople':
        return people.all(call.tenant)
      case 'policyVersions':
        return versions.all(call.tenant)
      case 'audit': {
        const { sql, values } = auditSql(call.query)
        return prepare(sql).all(...values)
      }
      case 'memoryWith': {
        const text = call.text.toLowerCase()
        return memory.all(call.tenant, text, text)
      }
    }
  }
}

/** The one question whose conditions vary: rare enough to be prepared each time. */
function auditSql(query: AuditQuery): { readonly sql: string; readonly values: (string | number)[] } {
  const conditions: readonly (readonly [string, readonly (string | number | undefined)[]])[] = [
    ['tenant = ?', [query.tenant]],
    ['about = ?', [query.about]],
    ['who = ?', [query.who]],
    ['what = ?', [query.what]],
    ['at >= ?', [query.from]],
    ['at <= ?', [query.to]],
    ['(at, id) < (?, ?)', [query.before?.at, query.before?.id]],
  ]
  const asked = conditions.filter(([, values]) => values.every((value) => value !== undefined))
  return {
    sql: `select tenant, id, at, who, what, about, detail from audit where ${asked.map(([text]) => text).join(' and ')}
      order by at desc, id desc limit ?`,
    values: [...asked.flatMap(([, values]) => values as (string | number)[]), query.limit],
  }
}
