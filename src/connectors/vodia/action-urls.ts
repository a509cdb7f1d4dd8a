import type { Delivery } from '../../core/connector.ts'
import { fieldsOf, readJson } from '../kit/http.ts'
import { textIn } from './fields.ts'

/** The events that say something of presence (doc.vodia.com/actionurl; names from the API catalogue 70.3). */
export const actionUrlNames = [
  'acturl_newcall',
  'acturl_connect',
  'acturl_call',
  'acturl_dnd',
  'acturl_cleardnd',
] as const

/** What stands in one of them. */
export type Standing = 'free' | 'ours' | 'outdated' | { readonly foreign: string }

/** Address and body of an action URL, as a text of JSON; the fields are those of the vendor's example. */
export function composeActionUrl(url: string, body: string): string {
  return JSON.stringify({
    ...{ method: 'POST', url, encoding: 'json', headers: '', auth: 'none', user: '', pass: '', region: '' },
    body,
  })
}

/** Values by name, whether the answer is an object of texts or a list of names and values. */
export function decodeActionUrls(json: unknown): ReadonlyMap<string, string> | undefined {
  const fields = fieldsOf(json)
  const list = Array.isArray(json) ? json : Array.isArray(fields.settings) ? fields.settings : undefined
  const pairs: [string, unknown][] = list
    ? list.map((each) => [textIn(fieldsOf(each), ['name']) ?? '', fieldsOf(each).value])
    : Object.entries(fields)
  const found = pairs.flatMap(([name, value]) =>
    name !== '' && (typeof value === 'string' || value === null) ? [[name, value ?? ''] as const] : [],
  )
  return found.length === 0 ? undefined : new Map(found)
}

/** `root` is our callback address: a value that points below it is ours, whatever its secret. */
export function standingOf(
  value: string,
  wanted: { readonly url: string; readonly root: string; readonly body: string },
): Standing {
  if (value.trim() === '') return 'free'
  const template = fieldsOf(readJson(value))
  const url = textIn(template, ['url']) ?? (readJson(value) === undefined ? value : '')
  if (url === '') return 'free'
  if (url === wanted.url) return template.body === wanted.body ? 'ours' : 'outdated'
  // The secret is ours alone, also where the hub has moved since.
  const secret = wanted.url.slice(wanted.root.length)
  if (url.startsWith(`${wanted.root}/`) || url.endsWith(secret)) return 'outdated'
  return { foreign: URL.parse(url)?.host ?? 'an address that cannot be read' }
}

/** Every word of a delivery that might be an extension: the body is whatever template stands at the PBX. */
export function wordsOf({ query, body }: Pick<Delivery, 'query' | 'body'>): readonly string[] {
  const text = `${Object.values(query).join(' ')} ${Buffer.from(body).toString('utf8').slice(0, 10_000)}`
  return text.match(/[\w+-]+/g) ?? []
}
