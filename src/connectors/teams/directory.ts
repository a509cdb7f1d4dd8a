import { ConnectorFailure, type DirectoryEntry } from '../../core/connector.ts'
import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import { type ErrorSubject, explainGraph } from './errors.ts'
import type { GraphClient, GraphReply } from './graph.ts'
import type { Settings } from './settings.ts'

/** Any of these lets an application list users; the later ones show more of each (Graph permissions reference). */
export const basicRoles: readonly string[] = ['User.ReadBasic.All']
export const wholeRoles: readonly string[] = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]
const usersPermission = 'User.ReadBasic.All'

const basicFields = ['id', 'displayName', 'userPrincipalName', 'mail']
const pageSize = 999
const timeoutMs = 30_000
/** Service name of Teams in assignedPlans. */
const teamsService = 'TeamspaceAPI'

export interface DirectoryReading {
  readonly entries: readonly DirectoryEntry[]
  /** What the granted permissions, or the settings, keep out of sight; sentences. */
  readonly unseen: readonly string[]
  /** People without a Teams licence; only read when asked for. */
  readonly unlicensed: readonly DirectoryEntry[]
}

type Read = Settings['read']

/** What is asked of each user: what is wanted, as far as the token's roles allow (undefined: not known, so try). */
export function fieldsToRead(read: Read, roles: readonly string[] | undefined): readonly string[] {
  const whole = roles === undefined || roles.some((role) => wholeRoles.includes(role))
  const wanted = [
    ...(read.guests ? ['userType', 'accountEnabled'] : []),
    ...(read.aliases ? ['proxyAddresses', 'otherMails'] : []),
    ...(read.licences ? ['assignedPlans'] : []),
  ]
  return whole ? [...basicFields, ...wanted] : basicFields
}

/** What a report about matching has to say it cannot see. */
export function unseenSentences(read: Read, fields: readonly string[]): readonly string[] {
  const sentences: string[] = []
  const say = (setting: keyof Read, field: string, what: string) => {
    if (fields.includes(field)) return
    const how = read[setting] ? 'grant User.Read.All' : `set read.${setting} and grant User.Read.All`
    sentences.push(`${what} cannot be seen: ${how}.`)
  }
  say('guests', 'userType', 'Guests without #EXT# in their name, and disabled accounts,')
  say('aliases', 'proxyAddresses', 'Mail aliases')
  say('licences', 'assignedPlans', 'Teams licences')
  return sentences
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : []

/** A Graph user to a directory entry; undefined for what is none. */
export function toEntry(item: unknown): DirectoryEntry | undefined {
  const user = fieldsOf(item)
  const address = textOf(user.id)
  if (!address) return undefined
  const upn = textOf(user.userPrincipalName)
  const mail = textOf(user.mail)
  const displayName = textOf(user.displayName)
  const proxies = texts(user.proxyAddresses)
    .filter((alias) => /^smtp:/i.test(alias))
    .map((alias) => alias.slice('smtp:'.length))
  const aliases = [...proxies, ...texts(user.otherMails)].filter(
    (alias) => alias.toLowerCase() !== mail?.toLowerCase(),
  )
  const guest = textOf(user.userType)?.toLowerCase() === 'guest' || (upn?.includes('#EXT#') ?? false)
  return {
    address,
    mails: mail ? [mail] : [],
    aliases: [...new Set(aliases)],
    ...(displayName === undefined ? {} : { displayName }),
    ...(upn === undefined ? {} : { upn }),
    ...(guest || user.userType !== undefined ? { guest } : {}),
    ...(typeof user.accountEnabled === 'boolean' ? { enabled: user.accountEnabled } : {}),
  }
}

/** For people: what somebody is called, or their id. */
export function nameOf({ displayName, address }: DirectoryEntry): string {
  return displayName ?? address
}

function lacksTeams(item: unknown): boolean {
  const { assignedPlans } = fieldsOf(item)
  if (!Array.isArray(assignedPlans)) return false
  return !assignedPlans.some((plan) => {
    const { service, capabilityStatus } = fieldsOf(plan)
    return service === teamsService && capabilityStatus === 'Enabled'
  })
}

interface DirectoryParts {
  readonly graph: GraphClient
  readonly subject: ErrorSubject
  readonly sleep: (milliseconds: number) => Promise<void>
  /** How often a page is asked for when Graph does not answer. */
  readonly tries: number
}

/** One page; what passes is tried again, what does not becomes a ConnectorFailure. */
async function readPage(
  path: string,
  parts: DirectoryParts,
): Promise<GraphReply & { kind: 'ok' | 'refused' }> {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await parts.graph.send({
      call: 'users',
      priority: 'settle',
      method: 'GET',
      path,
      timeoutMs,
    })
    if (reply.kind === 'ok' || reply.kind === 'refused') return reply
    if (reply.kind === 'signedOut') throw reply.failure
    if (attempt >= parts.tries) {
      throw new ConnectorFailure('not-ready', `The people of the tenant cannot be listed: ${reply.reason}.`, {
        fix: 'Check graphUrl and the network; Hookswitch tries again.',
      })
    }
    await parts.sleep(reply.kind === 'wait' ? reply.retryAfterMs : 500 * 2 ** attempt)
  }
}

/** Everyone in the tenant, page by page. Throws ConnectorFailure. */
export async function readDirectory(
  parts: DirectoryParts,
  read: Read,
  roles: readonly string[] | undefined,
): Promise<DirectoryReading> {
  let fields = fieldsToRead(read, roles)
  const entries = new Map<string, DirectoryEntry>()
  const unlicensed: DirectoryEntry[] = []
  let path: string | undefined = usersPath(fields)
  while (path) {
    const reply = await readPage(path, parts)
    if (reply.kind === 'refused') {
      if ([400, 403].includes(reply.refusal.status) && fields.length > basicFields.length) {
        // The wanted fields are refused: what is left is better than nothing.
        const rest = fields.filter((field) => field !== 'assignedPlans')
        fields = rest.length < fields.length ? rest : basicFields
        path = usersPath(fields)
        continue
      }
      const { reason, fix } = explainGraph(reply.refusal, usersPermission, parts.subject)
      throw new ConnectorFailure('misconfigured', `The people of the tenant cannot be listed: ${reason}`, {
        fix,
      })
    }
    const page = fieldsOf(readJson(reply.text))
    for (const item of Array.isArray(page.value) ? page.value : []) {
      const entry = toEntry(item)
      if (!entry) continue
      entries.set(entry.address, entry)
      if (fields.includes('assignedPlans') && lacksTeams(item)) unlicensed.push(entry)
    }
    const next = textOf(page['@odata.nextLink'])
    path = next === path ? undefined : next
  }
  return { entries: [...entries.values()], unseen: unseenSentences(read, fields), unlicensed }
}

function usersPath(fields: readonly string[]): string {
  return `/users?$select=${fields.join(',')}&$top=${pageSize}`
}
