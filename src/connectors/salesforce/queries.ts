import { fieldsOf, textOf } from '../kit/http.ts'
import { type Api, type Ask, judgeBody, type Reply } from './api.ts'
import type { Status } from './statuses.ts'

/** More pages than any organisation has: a list that does not end is not followed for ever. */
const mostPages = 200

/** The live row of an agent: one stretch of time in one status. Ids have 18 characters. */
export interface PresenceRow {
  readonly id: string
  readonly userId: string
  readonly statusId: string
  /** False: a status in which work is routed. Undefined where it was not told. */
  readonly isAway: boolean | undefined
  /** Wall clock, milliseconds. */
  readonly startedAt: number
}

export interface CrmUser {
  readonly id: string
  readonly name: string | undefined
  readonly userName: string | undefined
  readonly mail: string | undefined
  readonly federationId: string | undefined
  readonly active: boolean
}

export type Listed<Item> =
  | { readonly kind: 'ok'; readonly items: readonly Item[]; readonly malformed: number }
  | Exclude<Reply, { kind: 'ok' }>

/** A query, and how to read one of its records; undefined for something that is none. */
interface Question<Item> {
  readonly soql: string
  read(record: unknown): Item | undefined
}

/** SOQL Reference, "Quoted String Escape Sequences". */
const quoted = (text: string) => `'${text.replace(/[\\']/g, (letter) => `\\${letter}`)}'`

const presences: Question<PresenceRow> = {
  soql: 'SELECT Id, UserId, ServicePresenceStatusId, IsAway, StatusStartDate FROM UserServicePresence WHERE IsCurrentState = true',
  read(record) {
    const { Id, UserId, ServicePresenceStatusId, IsAway, StatusStartDate } = fieldsOf(record)
    const [id, userId, statusId] = [textOf(Id), textOf(UserId), textOf(ServicePresenceStatusId)]
    if (id === undefined || userId === undefined || statusId === undefined) return undefined
    return {
      id,
      userId,
      statusId,
      isAway: flagOf(IsAway),
      startedAt: Date.parse(String(StatusStartDate)) || 0,
    }
  },
}

const statuses: Question<Status> = {
  soql: 'SELECT Id, DeveloperName, MasterLabel FROM ServicePresenceStatus',
  read(record) {
    const { Id, DeveloperName, MasterLabel } = fieldsOf(record)
    const [id, name, label] = [textOf(Id), textOf(DeveloperName), textOf(MasterLabel)]
    if (id === undefined || (name ?? label) === undefined) return undefined
    return { id, developerName: name ?? label!, label: label ?? name! }
  },
}

const userFields = 'Id, Name, Username, Email, FederationIdentifier, IsActive'
const users: Question<CrmUser> = {
  soql: `SELECT ${userFields} FROM User WHERE UserType = 'Standard'`,
  read(record) {
    const { Id, Name, Username, Email, FederationIdentifier, IsActive } = fieldsOf(record)
    const id = textOf(Id)
    if (id === undefined) return undefined
    return {
      ...{ id, name: textOf(Name), userName: textOf(Username), mail: textOf(Email) },
      ...{ federationId: textOf(FederationIdentifier), active: IsActive !== false },
    }
  },
}

/** False for anything but a boolean is not the same as unknown. */
export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

const queryPath = (soql: string) => `query?q=${encodeURIComponent(soql)}`

type Manner = Pick<Ask, 'priority' | 'patienceMs' | 'timeoutMs'>

/** The first page's reply and every further page. */
async function collect<Item>(
  api: Api,
  question: Question<Item>,
  { first, manner }: { readonly first: Reply; readonly manner: Manner },
): Promise<Listed<Item>> {
  const items: Item[] = []
  let [malformed, reply] = [0, first]
  for (let page = 0; page < mostPages; page += 1) {
    if (reply.kind !== 'ok') return reply
    const { records, done, nextRecordsUrl } = fieldsOf(reply.json)
    if (!Array.isArray(records)) return { kind: 'trouble', reason: 'the records could not be understood' }
    for (const record of records) {
      const item = question.read(record)
      if (item) items.push(item)
      else malformed += 1
    }
    const next = textOf(nextRecordsUrl)
    // Only a path: an address would take the token elsewhere.
    if (done !== false || !next?.startsWith('/services/data/')) break
    reply = await api.send({ ...manner, method: 'GET', path: next })
  }
  return { kind: 'ok', items, malformed }
}

async function ask<Item>(api: Api, question: Question<Item>, manner: Manner): Promise<Listed<Item>> {
  const first = await api.send({ ...manner, method: 'GET', path: queryPath(question.soql) })
  return collect(api, question, { first, manner })
}

/** Several queries in one request (REST API, "Composite"), each with an answer of its own. */
async function askTogether(
  api: Api,
  questions: readonly Question<unknown>[],
  manner: Manner,
): Promise<readonly Reply[]> {
  const compositeRequest = questions.map(({ soql }, index) => ({
    ...{ method: 'GET', url: api.path(queryPath(soql)), referenceId: `query${index}` },
  }))
  const body = { allOrNone: false, compositeRequest }
  const reply = await api.send({ ...manner, method: 'POST', path: 'composite', body })
  if (reply.kind !== 'ok') return questions.map(() => reply)
  const { compositeResponse } = fieldsOf(reply.json)
  const answers = (Array.isArray(compositeResponse) ? compositeResponse : []).map(fieldsOf)
  return questions.map((_question, index) => {
    const answer = answers.find(({ referenceId }) => referenceId === `query${index}`)
    if (!answer) return { kind: 'trouble', reason: 'an answer to a composite request is missing' }
    return judgeBody(Number(answer.httpStatusCode), JSON.stringify(answer.body ?? null))
  })
}

/** What statuses there are, and who is signed in, in one request. */
export async function listAll(
  api: Api,
): Promise<{ readonly statuses: Listed<Status>; readonly presences: Listed<PresenceRow> }> {
  const manner: Manner = { priority: 'sweep' }
  const [first, second] = await askTogether(api, [statuses, presences], manner)
  return {
    statuses: await collect(api, statuses, { first: first!, manner }),
    presences: await collect(api, presences, { first: second!, manner }),
  }
}

/** Everybody with an ordinary licence, also those who are no agents. */
export const listUsers = (api: Api) => ask(api, users, { priority: 'sweep' })

/** One user and their live row, in one request. The row is undefined for one who is signed out. */
export async function readAgent(
  api: Api,
  userId: string,
  manner: Manner,
): Promise<
  | { readonly kind: 'ok'; readonly user: CrmUser | undefined; readonly row: PresenceRow | undefined }
  | Exclude<Reply, { kind: 'ok' }>
> {
  const id = quoted(userId)
  const user = { ...users, soql: `SELECT ${userFields} FROM User WHERE Id = ${id}` }
  const row = { ...presences, soql: `${presences.soql} AND UserId = ${id}` }
  const [first, second] = await askTogether(api, [user, row], manner)
  // An id of the wrong form is refused as a malformed query or identifier: such a user does not exist either.
  if (first?.kind === 'refused' && /MALFORMED|INVALID_QUERY/.test(first.code)) {
    return { kind: 'ok', user: undefined, row: undefined }
  }
  const [found, live] = [
    await collect(api, user, { first: first!, manner }),
    await collect(api, row, { first: second!, manner }),
  ]
  if (found.kind !== 'ok') return found
  if (live.kind !== 'ok') return live
  return { kind: 'ok', user: found.items[0], row: live.items[0] }
}
