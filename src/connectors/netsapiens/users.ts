import type { DirectoryEntry } from '../../core/connector.ts'
import { fieldsOf } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { type ApiClient, failureOf } from './client.ts'
import { flagOf, textIn } from './fields.ts'

const pageSize = 1000

/** Everybody of the domain who is a person; queues and other services of the platform are left out. Throws ConnectorFailure. */
export async function readDirectory(client: ApiClient): Promise<readonly DirectoryEntry[]> {
  const entries: DirectoryEntry[] = []
  for (let start = 0; ; start += pageSize) {
    const path = client.domainPath(`users?limit=${pageSize}&start=${start}`)
    const reply = await client.send({ call: 'users', method: 'GET', path, priority: 'sweep' })
    if (reply.kind !== 'ok' || !Array.isArray(reply.json)) {
      throw failureOf(reply.kind === 'ok' ? { kind: 'malformed', reason: 'no list of users' } : reply)
    }
    entries.push(...reply.json.flatMap((each) => toEntry(each) ?? []))
    if (reply.json.length < pageSize) return entries
  }
}

/** A user of the list; undefined for a service (`service-code` of `system-...`) and for what is no user. */
export function toEntry(value: unknown): DirectoryEntry | undefined {
  const fields = fieldsOf(value)
  const address = textIn(fields, ['user'])
  if (address === undefined || textIn(fields, ['service-code'])?.startsWith('system-')) return undefined
  const name = [textIn(fields, ['name-first-name']), textIn(fields, ['name-last-name'])].filter(Boolean)
  const mails = (textIn(fields, ['email-address', 'email']) ?? '').split(/[\s,;]+/)
  const login = textIn(fields, ['login-username'])
  return {
    address,
    mails: mails.filter((mail) => mail.includes('@')),
    aliases: login !== undefined && login !== address ? [login] : [],
    ...(name.length > 0 && { displayName: name.join(' ') }),
  }
}

/** Users with a phone that is registered, and counts for it; undefined for an answer that is no list of devices. */
export function decodeRegistered(json: unknown): ReadonlySet<string> | undefined {
  if (!Array.isArray(json)) return undefined
  const found = new Set<string>()
  for (const each of json) {
    const fields = fieldsOf(each)
    const user = textIn(fields, ['user'])
    const ignored = flagOf(fields['device-sip-registration-ignore-for-presence-calculation']) === true
    if (user && !ignored && fields['device-sip-registration-state'] === 'registered') found.add(user)
  }
  return found
}

const presenceWords = new Set([
  'open',
  'inactive',
  'inuse',
  'alerting',
  'progressing',
  'held',
  'dnd',
  'closed',
])

/** `user-presence-status` by user. It only says where to look again; undefined for an answer that is no list. */
export function decodePresence(
  json: unknown,
  note: (word: StrangeWord) => void,
): ReadonlyMap<string, string> | undefined {
  if (!Array.isArray(json)) return undefined
  const found = new Map<string, string>()
  for (const each of json) {
    const fields = fieldsOf(each)
    const user = textIn(fields, ['user', 'subscriber_login', 'subscriber-login'])?.split('@')[0]
    const word = textIn(fields, ['user-presence-status', 'presence', 'status'])?.toLowerCase()
    if (user === undefined || word === undefined) continue
    if (!presenceWords.has(word)) {
      note({ field: 'user-presence-status', value: word, takenAs: 'a hint to read the answer rules' })
    }
    found.set(user, word)
  }
  return found
}
