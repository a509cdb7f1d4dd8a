import { fieldsOf, textOf } from '../kit/http.ts'
import { type Api, asFailure, type Reply } from './api.ts'
import { type Hours, readHours } from './office-hours.ts'
import type { ForwardingProfile } from './profiles.ts'

/** One user as the configuration API lists them. */
export interface UserRow {
  /** The key of the API. */
  readonly id: number
  /** The extension. */
  readonly number: string
  readonly profile: string
  readonly queue: 'LoggedIn' | 'LoggedOut' | undefined
  readonly registered: boolean | undefined
}

/** What changes seldom. */
export interface UserCard extends UserRow {
  readonly displayName: string | undefined
  readonly mails: readonly string[]
  readonly enabled: boolean
  readonly hotDesk: boolean
  /** Undefined unless the PBX switches profiles of this user by office hours. */
  readonly hours: Hours | 'global' | undefined
  /** The same of its login to the queues. */
  readonly queueHours: Hours | 'global' | undefined
}

const rowFields = 'Id,Number,CurrentProfileName,QueueStatus,IsRegistered'
const cardFields = `${rowFields},DisplayName,FirstName,LastName,EmailAddress,Enabled,EnableHotdesking,OfficeHoursProps,Hours`
const pageSize = 100
/** More users than any licence has: a list that does not end is not followed for ever. */
const mostPages = 500

/** Undefined for something that is no user. */
export function readRow(json: unknown): UserRow | undefined {
  const { Id, Number: number, CurrentProfileName, QueueStatus, IsRegistered } = fieldsOf(json)
  const extension = textOf(number)
  if (typeof Id !== 'number' || extension === undefined) return undefined
  return {
    id: Id,
    number: extension,
    profile: textOf(CurrentProfileName) ?? '',
    queue: QueueStatus === 'LoggedIn' || QueueStatus === 'LoggedOut' ? QueueStatus : undefined,
    registered: typeof IsRegistered === 'boolean' ? IsRegistered : undefined,
  }
}

function readCard(json: unknown): UserCard | undefined {
  const row = readRow(json)
  if (!row) return undefined
  const user = fieldsOf(json)
  const parts = [textOf(user.FirstName), textOf(user.LastName)].filter((part) => part !== undefined)
  return {
    ...row,
    displayName: textOf(user.DisplayName) ?? textOf(parts.join(' ')),
    mails: (textOf(user.EmailAddress) ?? '').split(/[;,\s]+/).filter((mail) => mail.includes('@')),
    enabled: user.Enabled !== false,
    hotDesk: user.EnableHotdesking === true,
    hours: hoursFor(user, 'AutoSwitchProfiles'),
    queueHours: hoursFor(user, 'AutoQueueLogOut'),
  }
}

/** `OfficeHoursProps` are flags: as a list in the description, as one text with commas where flags are written so. */
function hoursFor({ OfficeHoursProps, Hours: hours }: Readonly<Record<string, unknown>>, flag: string) {
  const flags = Array.isArray(OfficeHoursProps) ? OfficeHoursProps.map(String) : [String(OfficeHoursProps)]
  const words = flags.flatMap((each) => each.split(',').map((word) => word.trim()))
  if (!words.includes(flag)) return undefined
  return words.includes('GlobalSchedule') ? ('global' as const) : (readHours(hours) ?? ('global' as const))
}

export type Listed<Row> =
  | { readonly kind: 'ok'; readonly users: readonly Row[]; readonly malformed: number }
  | Exclude<Reply, { kind: 'ok' }>

async function list<Row>(
  api: Api,
  fields: string,
  read: (json: unknown) => Row | undefined,
): Promise<Listed<Row>> {
  const users: Row[] = []
  let malformed = 0
  for (let page = 0; page < mostPages; page += 1) {
    const query = `$select=${fields}&$orderby=Id&$top=${pageSize}&$skip=${page * pageSize}`
    const reply = await api.send({
      priority: 'sweep',
      method: 'GET',
      path: `/xapi/v1/Users?${encodeURI(query)}`,
    })
    if (reply.kind !== 'ok') return reply
    const { value } = fieldsOf(reply.json)
    if (!Array.isArray(value)) return { kind: 'trouble', reason: 'the list of users could not be understood' }
    for (const item of value) {
      const user = read(item)
      if (user) users.push(user)
      else malformed += 1
    }
    if (value.length < pageSize) break
  }
  return { kind: 'ok', users, malformed }
}

/** Everyone's profile, queue login and registration. */
export const listRows = (api: Api) => list(api, rowFields, readRow)

/** Everyone, with names, mail addresses and office hours. Throws ConnectorFailure. */
export async function listCards(api: Api): Promise<readonly UserCard[]> {
  const listed = await list(api, cardFields, readCard)
  if (listed.kind !== 'ok') throw asFailure(listed, 'the users')
  return listed.users
}

/** One user by extension. A quote in a key is doubled (OData 4.01 URL conventions, 5.1.1.6.1). */
export function userPath(number: string): string {
  return `/xapi/v1/Users(Number='${encodeURIComponent(number.replaceAll("'", "''"))}')?$select=${rowFields}`
}

/** A user's own list of profiles. */
export async function readForwardingProfiles(
  api: Api,
  id: number,
): Promise<readonly ForwardingProfile[] | undefined> {
  const path = `/xapi/v1/Users(${id})/ForwardingProfiles?$select=Id,Name,CustomName`
  const reply = await api.send({ priority: 'hot', method: 'GET', path, patienceMs: 2_000 })
  const { value } = fieldsOf(reply.kind === 'ok' ? reply.json : undefined)
  if (!Array.isArray(value)) return undefined
  return value.map((item) => {
    const { Name, CustomName } = fieldsOf(item)
    return { name: textOf(Name) ?? '', label: textOf(CustomName) ?? '' }
  })
}
