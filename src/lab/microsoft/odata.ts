import { GraphRefusal } from './graph-error.ts'
import type { User } from './user.ts'

const unsupported = (text: string) =>
  new GraphRefusal(400, 'Request_UnsupportedQuery', `Unsupported or invalid query filter clause: ${text}`)

/** One comparison of a filter; text compares in any letter case, as in Entra. */
export type Condition =
  | { readonly property: keyof User; readonly values: readonly string[] }
  | { readonly property: 'accountEnabled'; readonly is: boolean }

const literal = `'(?:[^']|'')*'`
const texts = 'userPrincipalName|mail|id|displayName|userType'
const equality = new RegExp(`^(${texts}) eq (${literal})$`, 'i')
const list = new RegExp(`^(${texts}) in \\((${literal}(?:\\s*,\\s*${literal})*)\\)$`, 'i')
const any = new RegExp(`^(proxyAddresses|otherMails)/any\\((\\w+):\\s*\\2 eq (${literal})\\)$`, 'i')
const enabled = /^accountEnabled eq (true|false)$/i
const separator = new RegExp(`\\s+or\\s+(?=(?:[^']|${literal})*$)`, 'i')

const properties: readonly (keyof User)[] = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'otherMails',
  'proxyAddresses',
  'userType',
]
const propertyOf = (name: string) =>
  properties.find((each) => each.toLowerCase() === name.toLowerCase()) ?? 'id'
const unquote = (quoted: string) => quoted.slice(1, -1).replaceAll("''", "'").toLowerCase()

function readCondition(text: string): Condition {
  const flag = enabled.exec(text)
  if (flag) return { property: 'accountEnabled', is: flag[1]?.toLowerCase() === 'true' }
  const one = equality.exec(text)
  if (one) return { property: propertyOf(one[1]!), values: [unquote(one[2]!)] }
  const some = any.exec(text)
  if (some) return { property: propertyOf(some[1]!), values: [unquote(some[3]!)] }
  const many = list.exec(text)
  if (!many) throw unsupported(text)
  const values = many[2]!.match(new RegExp(literal, 'g')) ?? []
  if (values.length > 15) throw unsupported('more than 15 values')
  return { property: propertyOf(many[1]!), values: values.map(unquote) }
}

/** Reads `$filter`: comparisons with eq, in and any, joined by `or`. Throws the 400 of an unsupported clause. */
export function readFilter(text: string): readonly Condition[] {
  return text
    .trim()
    .split(separator)
    .map((part) => readCondition(part.trim()))
}

export function matches(user: User, conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => {
    if ('is' in condition) return user.accountEnabled === condition.is
    const value = user[condition.property]
    const held = (Array.isArray(value) ? value : [value]).map((each) => String(each).toLowerCase())
    return condition.values.some((wanted) => held.includes(wanted))
  })
}
