import type { AuditQuery } from '../../core/history.ts'
import type { ArchiveCall } from '../questions.ts'
import type { Statement } from './session.ts'

const columns = 'tenant, presentity, at, policy_version, body'

/** The statement that answers a question to the archive. */
export function archiveStatement(call: ArchiveCall): Statement {
  switch (call.of) {
    case 'historyAt':
      return {
        text: `select ${columns} from history where tenant = $1 and presentity = $2 and at <= $3 order by at desc limit 1`,
        values: [call.tenant, call.presentity, Math.floor(call.at)],
      }
    case 'historyOf': {
      const { tenant, presentity, from, to, limit } = call.query
      return {
        text: `select ${columns} from history where tenant = $1 and presentity = $2 and at > $3 and at <= $4 order by at limit $5`,
        values: [tenant, presentity, Math.floor(from), Math.floor(to), limit],
      }
    }
    case 'historyPeople':
      return {
        text: 'select distinct presentity from history where tenant = $1 order by presentity',
        values: [call.tenant],
      }
    case 'policyVersions':
      return {
        text: 'select tenant, version, at, author, comment, body from policy_version where tenant = $1 order by version',
        values: [call.tenant],
      }
    case 'audit':
      return auditStatement(call.query)
    case 'memoryWith':
      return {
        text: `select scope, key, body from memory
          where tenant = $1 and (strpos(lower(key), $2) > 0 or strpos(lower(body), $2) > 0) order by scope, key`,
        values: [call.tenant, call.text.toLowerCase()],
      }
  }
}

function auditStatement(query: AuditQuery): Statement {
  const values: (string | number)[] = []
  const conditions: string[] = []
  const add = (text: string, ...given: readonly (string | number | undefined)[]) => {
    const known = given.filter((value) => value !== undefined)
    if (known.length < given.length) return
    conditions.push(text.replaceAll('?', () => `$${values.push(known.shift()!)}`))
  }
  add('tenant = ?', query.tenant)
  add('about = ?', query.about)
  add('who = ?', query.who)
  add('what = ?', query.what)
  add('at >= ?', query.from === undefined ? undefined : Math.ceil(query.from))
  add('at <= ?', query.to === undefined ? undefined : Math.floor(query.to))
  add('(at, id) < (?, ?)', query.before?.at, query.before?.id)
  return {
    text: `select tenant, id, at, who, what, about, detail from audit where ${conditions.join(' and ')}
      order by at desc, id desc limit $${values.push(query.limit)}`,
    values,
  }
}
