import { fieldsOf, readJson } from '../kit/http.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { decodeCall, type NsCall } from './calls.ts'
import { textIn } from './fields.ts'
import { decodePresence } from './users.ts'

/** One document of a post. */
export type PostedEvent =
  | { readonly kind: 'call'; readonly call: NsCall }
  /** Something about a user: no body of model `presence` is published, so that it is only a hint. */
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'malformed' }

/** What was posted: an array, as captured, or one document by itself. */
export function decodePost(body: Uint8Array, note: (word: StrangeWord) => void): readonly PostedEvent[] {
  const json = readJson(Buffer.from(body).toString('utf8'))
  const documents = Array.isArray(json) ? json : [json]
  return documents.map((each): PostedEvent => {
    const call = decodeCall(each)
    if (call) return { kind: 'call', call }
    const [known] = decodePresence([each], note) ?? []
    const user = known?.[0] ?? textIn(fieldsOf(each), ['user', 'subscriber_login'])?.split('@')[0]
    return user === undefined ? { kind: 'malformed' } : { kind: 'user', user }
  })
}
