import type { DirectoryEntry } from '../../core/connector.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { type Api, asFailure, type Reply } from './api.ts'
import { codes } from './error-codes.ts'

/** One extension as `extension/list` tells it. */
export interface Extension {
  /** The key of the API, which is not the number. */
  readonly id: number
  readonly number: string
  /** The vendor's word: `available`, `do_not_disturb` ... */
  readonly presence: string
  readonly registered: boolean | undefined
  readonly displayName: string | undefined
  readonly mails: readonly string[]
}

const pageSize = 1000
/** More extensions than any model has: a list that does not end is not followed for ever. */
const mostPages = 50

/** Undefined for something that is no extension. */
function readExtension(json: unknown): Extension | undefined {
  const fields = fieldsOf(json)
  const number = textOf(fields.number)
  const presence = textOf(fields.presence_status)
  if (typeof fields.id !== 'number' || number === undefined || presence === undefined) return undefined
  return {
    id: fields.id,
    number,
    presence,
    registered: readOnline(fields.online_status),
    displayName: textOf(fields.caller_id_name),
    mails: (textOf(fields.email_addr) ?? '').split(/[;,\s]+/).filter((mail) => mail.includes('@')),
  }
}

/** At any of its endpoints; those of SIP stand in a list of their own. Undefined where nothing is told. */
function readOnline(json: unknown): boolean | undefined {
  const statuses = Object.values(fieldsOf(json)).flatMap((endpoint) => {
    const { status, status_list: list } = fieldsOf(endpoint)
    const each = Array.isArray(list) ? list.map((one: unknown) => fieldsOf(one).status) : []
    return [status, ...each].filter((value) => typeof value === 'number')
  })
  return statuses.length === 0 ? undefined : statuses.some((status) => status === 1)
}

export interface Listed {
  readonly kind: 'ok'
  readonly extensions: readonly Extension[]
  readonly malformed: number
}

/** Every extension, a page at a time. */
export async function listExtensions(api: Api): Promise<Listed | Exclude<Reply, { kind: 'ok' }>> {
  const extensions: Extension[] = []
  let malformed = 0
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { page: String(page), page_size: String(pageSize), sort_by: 'number', order_by: 'asc' }
    const reply = await api.send({ priority: 'hot', method: 'GET', path: 'extension/list', query })
    if (reply.kind === 'refused' && reply.code === codes.noData) break
    if (reply.kind !== 'ok') return reply
    const { data, total_number: total } = fieldsOf(reply.json)
    if (!Array.isArray(data)) {
      return { kind: 'trouble', reason: 'the list of extensions could not be understood' }
    }
    const read = data.map(readExtension)
    const good = read.filter((each) => each !== undefined)
    extensions.push(...good)
    malformed += read.length - good.length
    // Some releases give out smaller pages than were asked for.
    const all = typeof total === 'number' ? total : page * pageSize
    if (data.length === 0 || extensions.length + malformed >= all) break
  }
  return { kind: 'ok', extensions, malformed }
}

/** The extension with this number now; undefined in `extension` when there is none. */
export async function findExtension(
  api: Api,
  number: string,
  ask: { readonly patienceMs: number; readonly timeoutMs: number },
): Promise<
  { readonly kind: 'ok'; readonly extension: Extension | undefined } | Exclude<Reply, { kind: 'ok' }>
> {
  const query = { page: '1', page_size: String(pageSize), search_value: number }
  const reply = await api.send({ priority: 'write', method: 'GET', path: 'extension/search', query, ...ask })
  if (reply.kind === 'refused' && reply.code === codes.noData) return { kind: 'ok', extension: undefined }
  if (reply.kind !== 'ok') return reply
  const { data } = fieldsOf(reply.json)
  if (!Array.isArray(data)) return { kind: 'trouble', reason: 'the extension could not be understood' }
  return { kind: 'ok', extension: data.map(readExtension).find((each) => each?.number === number) }
}

/** Everyone, for matching. Throws ConnectorFailure. */
export async function readDirectory(api: Api): Promise<readonly DirectoryEntry[]> {
  const listed = await listExtensions(api)
  if (listed.kind !== 'ok') throw asFailure(listed, 'extensions')
  return listed.extensions.map(({ number, displayName, mails }) => ({
    address: number,
    mails,
    aliases: [],
    ...(displayName !== undefined && { displayName }),
  }))
}
