import type { Agents } from './agents.ts'
import { matches, type Row, readSoql } from './soql.ts'

/** What a query comes to: records as the REST API has them, or the code and message of its error. */
export type Found =
  | { readonly object: string; readonly rows: readonly Row[] }
  | { readonly errorCode: string; readonly message: string }

const wallText = (at: number) => new Date(at).toISOString().replace('Z', '+0000')

function rowsOf(object: string, agents: Agents): readonly Row[] | undefined {
  switch (object) {
    case 'UserServicePresence':
      return agents.current().map(({ id, userId, status, startedAt }) => ({
        ...{ Id: id, UserId: userId, ServicePresenceStatusId: status.id, IsCurrentState: true },
        ...{ IsAway: status.isAway, StatusStartDate: wallText(startedAt), StatusEndDate: null },
      }))
    case 'ServicePresenceStatus':
      return agents.statuses.map(({ id, developerName, label }) => ({
        ...{ Id: id, DeveloperName: developerName, MasterLabel: label },
      }))
    case 'User':
      return agents.users().map(({ id, upn, name, mail }) => ({
        ...{ Id: id, Name: name, Username: `${upn}.crm`, Email: mail, FederationIdentifier: upn },
        ...{ IsActive: true, UserType: 'Standard' },
      }))
    default:
      return undefined
  }
}

/** Answers a query over the lab's agents. */
export function runQuery(soql: string, agents: Agents): Found {
  const query = readSoql(soql)
  if (!query) return { errorCode: 'MALFORMED_QUERY', message: `unexpected token: ${soql.slice(0, 60)}` }
  const rows = rowsOf(query.object, agents)
  if (!rows) {
    return { errorCode: 'INVALID_TYPE', message: `sObject type '${query.object}' is not supported.` }
  }
  const strange = query.fields.find((field) => rows[0] && !(field in rows[0]))
  if (strange) {
    return { errorCode: 'INVALID_FIELD', message: `No such column '${strange}' on entity '${query.object}'.` }
  }
  const found = rows.filter((row) => matches(row, query))
  return {
    object: query.object,
    rows: found.map((row) => Object.fromEntries(query.fields.map((field) => [field, row[field] ?? null]))),
  }
}
