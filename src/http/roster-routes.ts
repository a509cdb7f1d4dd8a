import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { HistoryPort } from '../core/history-port.ts'
import type { RosterPort } from '../core/roster-port.ts'
import { takeDone } from './config-answer.ts'
import { savedSchema } from './config-schemas.ts'
import { HttpProblem } from './problem.ts'
import {
  coverageQuery,
  coverageSchema,
  hideBody,
  hideParams,
  linkBody,
  linkParams,
  placesQuery,
  placesSchema,
  reportSchema,
  rosterQuery,
  rosterSchema,
  tableBody,
} from './roster-schemas.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

/** Some 9,000 people: as much as the configuration takes. */
const bodyLimit = 1024 * 1024

const shared = { scope: 'admin', about: 'tenant', oneTenant: true } as const

/** The tenant that is meant. @throws HttpProblem 400 where several can be. */
function ownerOf(roster: RosterPort, request: FastifyRequest): string {
  const { tenant } = request.query as { tenant?: string }
  const [only, ...more] = roster.tenants()
  const owner = tenant ?? (more.length === 0 ? only : undefined)
  if (owner === undefined) throw new HttpProblem(400, 'There are several tenants: say which, with ?tenant=.')
  return owner
}

function found<Answer>(answer: Answer | undefined, what = 'There is no such tenant.'): Answer {
  if (answer === undefined) throw new HttpProblem(404, what)
  return answer
}

/** /roster: who of a tenant is kept in step, where, who is not and why; links by hand; the people as a table. */
export function createRosterRoutes(
  rosterOf: Seen<RosterPort>,
  historyOf: Seen<HistoryPort> | undefined,
): readonly Route[] {
  return [
    ...readingRoutes(rosterOf),
    linkRoute(rosterOf),
    hideRoute(rosterOf),
    ...tableRoutes(rosterOf, historyOf),
  ]
}

function readingRoutes(rosterOf: Seen<RosterPort>): readonly Route[] {
  return [
    {
      ...{ ...shared, method: 'GET', path: '/roster', operationId: 'readRoster' },
      summary: 'Where the people of a tenant come from, and whether that can be changed here',
      query: { ...rosterQuery },
      answers: { 200: { description: 'The roster.', schema: rosterSchema } },
      handle: (request) => {
        const roster = rosterOf(request)
        return found(roster.view(ownerOf(roster, request)))
      },
    },
    {
      ...{ ...shared, method: 'GET', path: '/roster/people', operationId: 'listCoverage' },
      summary: 'Everyone of a tenant: kept in step, or not and why',
      description: 'In the order of the UPN, those that are left out last.',
      query: { ...coverageQuery },
      answers: { 200: { description: 'One page.', schema: coverageSchema } },
      handle: async (request) => {
        const roster = rosterOf(request)
        const query = request.query as Static<typeof coverageQuery>
        return found(await roster.coverage({ ...query, tenant: ownerOf(roster, request) }))
      },
    },
    {
      ...{ ...shared, method: 'GET', path: '/roster/places', operationId: 'listPlaces' },
      summary: 'Addresses that a system’s directory has, and who is there: for links by hand',
      query: { ...placesQuery },
      answers: { 200: { description: 'The addresses.', schema: placesSchema } },
      handle: async (request) => {
        const roster = rosterOf(request)
        const query = request.query as Static<typeof placesQuery>
        const places = await roster.places({ ...query, tenant: ownerOf(roster, request) })
        return { places: found(places, `No connector has the id "${query.connector}".`) }
      },
    },
  ]
}

function linkRoute(rosterOf: Seen<RosterPort>): Route {
  return {
    ...{ ...shared, method: 'PUT', path: '/roster/people/:key/addresses/:connector' },
    operationId: 'linkByHand',
    summary: 'Addresses of a person at one system, by hand: they win over what is found',
    description: 'Written into the stored configuration; 409 where it comes from a file.',
    params: { ...linkParams },
    query: { ...rosterQuery },
    body: { ...linkBody },
    answers: { 200: { description: 'It is saved, and the hub runs with it.', schema: savedSchema } },
    handle: async (request) => {
      const roster = rosterOf(request)
      const { key, connector } = request.params as Static<typeof linkParams>
      const { addresses } = request.body as Static<typeof linkBody>
      const comment = `${key} at ${connector}: ${addresses.join(', ') || 'as the directory says'}`
      const link = { tenant: ownerOf(roster, request), key, connector, addresses }
      return takeDone(await roster.link(link, { who: whoAsks(request), comment }))
    },
  }
}

function hideRoute(rosterOf: Seen<RosterPort>): Route {
  return {
    ...{ ...shared, method: 'PUT', path: '/roster/people/:key/hidden', operationId: 'hidePerson' },
    summary: 'Hide a person from everyone but administrators, or show them again',
    description:
      'Kept in step all the same. Written into the stored configuration; 409 where it comes from a file.',
    params: { ...hideParams },
    query: { ...rosterQuery },
    body: { ...hideBody },
    answers: { 200: { description: 'It is saved, and the hub runs with it.', schema: savedSchema } },
    handle: async (request) => {
      const roster = rosterOf(request)
      const { key } = request.params as Static<typeof hideParams>
      const { hidden } = request.body as Static<typeof hideBody>
      const wish = { who: whoAsks(request), comment: `${key} is ${hidden ? 'hidden' : 'shown again'}` }
      return takeDone(await roster.hide({ tenant: ownerOf(roster, request), key, hidden }, wish))
    },
  }
}

function tableRoutes(rosterOf: Seen<RosterPort>, historyOf: Seen<HistoryPort> | undefined): readonly Route[] {
  const whole = { ...shared, query: { ...rosterQuery }, bodyLimit } as const
  return [
    {
      ...{ ...whole, method: 'GET', path: '/roster/table', operationId: 'exportRoster' },
      summary: 'Everyone as a table for a spreadsheet, with how each stands',
      answers: { 200: { description: 'The table.', schema: Type.String(), mediaType: 'text/csv' } },
      description: 'Noted in the audit log.',
      handle: async (request, reply) => {
        const roster = rosterOf(request)
        const tenant = ownerOf(roster, request)
        const lines = found(roster.table(tenant))
        const entry = {
          tenant,
          who: whoAsks(request),
          what: 'people.export',
          about: '*',
          detail: '',
        } as const
        await historyOf?.(request).note(entry)
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="people.csv"')
          .send(Readable.from(lines))
      },
    },
    {
      ...{ ...whole, method: 'POST', path: '/roster/table/preview', operationId: 'previewRoster' },
      summary: 'What a table would change, and everything that is wrong in it; nothing is saved',
      description:
        'A column that is left out changes nothing, an empty cell empties; people who are not in the table stay.',
      body: { ...tableBody },
      answers: { 200: { description: 'The preview.', schema: reportSchema } },
      handle: (request) => {
        const roster = rosterOf(request)
        const { csv } = request.body as Static<typeof tableBody>
        return takeDone(roster.previewTable(ownerOf(roster, request), csv))
      },
    },
    {
      ...{ ...whole, method: 'POST', path: '/roster/table', operationId: 'importRoster' },
      summary: 'Take a table of people into the stored configuration',
      description: 'All of it or, where anything is wrong, nothing.',
      body: { ...tableBody },
      answers: { 200: { description: 'It is saved, and the hub runs with it.', schema: savedSchema } },
      handle: async (request) => {
        const roster = rosterOf(request)
        const { csv, version } = request.body as Static<typeof tableBody>
        const comment = 'A table of people was taken in'
        const wish = { who: whoAsks(request), comment, ifVersion: version }
        return takeDone(await roster.takeTable(ownerOf(roster, request), csv, wish))
      },
    },
  ]
}
