import { Readable } from 'node:stream'
import Type, { type Static } from 'typebox'
import type { AuditQuery } from '../core/history.ts'
import type { HistoryPort } from '../core/history-port.ts'
import { type AuditFormat, writeAudit } from './audit-export.ts'
import { auditRowSchema } from './history-schemas.ts'
import { HttpProblem } from './problem.ts'
import { createReplayNoteRoute } from './replay-note-route.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

const filters = {
  tenant: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'Id of the tenant; the only one without; empty for what concerns the whole hub.',
    }),
  ),
  about: Type.Optional(
    Type.String({ maxLength: 320, description: 'Id of a person, or name of an account.' }),
  ),
  who: Type.Optional(Type.String({ maxLength: 320 })),
  what: Type.Optional(Type.String({ maxLength: 64, description: 'For example history.read.' })),
  from: Type.Optional(Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' })),
  to: Type.Optional(Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' })),
}

const auditQuery = Type.Object({
  ...filters,
  before: Type.Optional(
    Type.String({ pattern: '^\\d+ .+$', maxLength: 200, description: '`next` of the page before.' }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many at most.' }),
})

const exportQuery = Type.Object({
  ...filters,
  format: Type.Enum(['csv', 'jsonl'], {
    default: 'csv',
    description: '`csv` (RFC 4180, with a line of names) or `jsonl`: an entry as JSON on each line.',
  }),
})

/** Who looked at or changed what: in pages, and as a file. */
export function createAuditRoutes(historyOf: Seen<HistoryPort>): readonly Route[] {
  return [pageRoute(historyOf), exportRoute(historyOf), createReplayNoteRoute(historyOf)]
}

function pageRoute(historyOf: Seen<HistoryPort>): Route {
  return {
    method: 'GET',
    path: '/audit',
    operationId: 'readAudit',
    summary: 'Who looked at or changed what, newest first',
    scope: 'admin',
    about: 'tenant',
    oneTenant: true,
    query: { ...auditQuery },
    answers: {
      200: {
        description: 'One page.',
        schema: Type.Object({
          entries: Type.Array(auditRowSchema),
          next: Type.Optional(
            Type.String({ description: 'For `before` of the next page; absent on the last.' }),
          ),
        }),
      },
    },
    handle: async (request) => {
      const { before, tenant, ...query } = request.query as Static<typeof auditQuery>
      const history = historyOf(request)
      const owner = ownerOf(history, tenant)
      const asked: AuditQuery = { ...query, tenant: owner, ...(before && { before: placeOf(before) }) }
      const entries = await history.audit(asked)
      const last = entries.at(-1)
      return entries.length === query.limit && last ? { entries, next: `${last.at} ${last.id}` } : { entries }
    },
  }
}

function exportRoute(historyOf: Seen<HistoryPort>): Route {
  return {
    method: 'GET',
    path: '/audit/export',
    operationId: 'exportAudit',
    summary: 'The audit log as a file, newest first, however long it is',
    description: 'Noted in it.',
    scope: 'admin',
    about: 'tenant',
    oneTenant: true,
    query: { ...exportQuery },
    answers: {
      200: { description: 'The entries.', schema: Type.String(), mediaType: 'text/csv' },
    },
    handle: async (request, reply) => {
      const { format, tenant, ...query } = request.query as Static<typeof exportQuery>
      const history = historyOf(request)
      const owner = ownerOf(history, tenant)
      // In the log that it is of, and nowhere where there is none.
      if (owner === '' ? request.reach?.isEverything : history.policies(owner).length > 0) {
        const detail = Object.entries(query)
          .map((filter) => filter.join(' '))
          .join(', ')
        await history.note({ tenant: owner, who: whoAsks(request), what: 'audit.export', about: '*', detail })
      }
      const type: Readonly<Record<AuditFormat, string>> = { csv: 'text/csv', jsonl: 'application/jsonl' }
      return reply
        .type(`${type[format]}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="audit.${format}"`)
        .send(Readable.from(writeAudit(history, { query: { ...query, tenant: owner }, format })))
    },
  }
}

/** @throws HttpProblem 400 where several tenants can be meant. */
function ownerOf(history: HistoryPort, tenant: string | undefined): string {
  const tenants = history.policies().map((one) => one.tenant)
  const owner = tenant ?? (tenants.length === 1 ? tenants[0] : undefined)
  if (owner === undefined) throw new HttpProblem(400, 'There are several tenants: say which, with ?tenant=.')
  return owner
}

function placeOf(text: string): { readonly at: number; readonly id: string } {
  const space = text.indexOf(' ')
  return { at: Number(text.slice(0, space)), id: text.slice(space + 1) }
}
