import type { StrangeWord } from '../kit/unknown-values.ts'
import { valueAt } from './pointer.ts'
import type { Places } from './settings.ts'
import type { Meaning, Vocabulary } from './words.ts'

/** One thing that a delivery says of one person. */
export interface Said {
  readonly address: string
  readonly meaning: Meaning
  /** As the system asks; undefined where it does not. */
  readonly seconds: number | undefined
  readonly order: number | undefined
}

export interface Decoded {
  readonly said: readonly Said[]
  readonly strange: readonly StrangeWord[]
}

/** More people than this in one delivery are no change of state. */
const mostItems = 5_000
const longestAddress = 320

/**
 * What a body says; in words what is wrong with it, where it cannot be understood. A word that the table does not have
 * says nothing: the last known state stands until it runs out.
 */
export function decodeDelivery(
  body: Uint8Array,
  at: { readonly places: Places; readonly vocabulary: Vocabulary },
): Decoded | string {
  const document = parse(body)
  if (document === undefined) return 'the body is no JSON'
  const { items: list } = at.places
  const items = list === undefined ? [document] : valueAt(document, list)
  if (!Array.isArray(items)) return `${list} is no list`
  if (items.length > mostItems) return `${list} has more than ${mostItems} items`
  const said: Said[] = []
  const strange: StrangeWord[] = []
  for (const item of items) {
    const one = decodeItem(item, at)
    if (typeof one === 'string') return one
    if ('field' in one) strange.push(one)
    else said.push(one)
  }
  return { said, strange }
}

function decodeItem(
  item: unknown,
  { places, vocabulary }: { readonly places: Places; readonly vocabulary: Vocabulary },
): Said | StrangeWord | string {
  const address = wordOf(valueAt(item, places.person))
  if (address === undefined || address.length > longestAddress)
    return `${places.person} names nobody: a text is expected there`
  const word = wordOf(valueAt(item, places.state))
  if (word === undefined) return `${places.state} is no word for a state`
  const seconds = valueAt(item, places.seconds)
  if (seconds !== undefined && seconds !== null && !(Number(seconds) > 0))
    return `${places.seconds} is no number of seconds`
  const order = places.order === undefined ? undefined : orderOf(valueAt(item, places.order))
  if (places.order !== undefined && order === undefined) return `${places.order} is no time and no number`
  const meaning = vocabulary.get(word.toLowerCase())
  if (meaning === undefined) return { field: places.state, value: word, takenAs: 'nothing said' }
  return { address, meaning, order, seconds: seconds ? Number(seconds) : undefined }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** Logins and codes may be numbers. */
function wordOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  return text === '' ? undefined : text
}

function orderOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && Number.isNaN(Number(value)) ? Date.parse(value) : Number(value)
  return value === null || value === '' || Number.isNaN(number) ? undefined : number
}
