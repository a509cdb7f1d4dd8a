export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

interface Condition {
  readonly field: string
  readonly values: readonly string[]
}

interface Query {
  readonly object: string
  readonly fields: readonly string[]
  readonly conditions: readonly Condition[]
}

const shape =
  /^SELECT\s+([\w\s,.]+?)\s+FROM\s+(\w+)(?:\s+WHERE\s+(.+?))?(?:\s+ORDER BY\s+\w+)?(?:\s+LIMIT\s+\d+)?$/i
const equal = /^(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(true|false))$/i
const among = /^(\w+)\s+IN\s*\(([^)]*)\)$/i

const unquote = (text: string) => text.replace(/\\(.)/g, '$1')

function readCondition(text: string): Condition | undefined {
  const one = equal.exec(text.trim())
  if (one) return { field: one[1]!, values: [unquote(one[2] ?? one[3]!.toLowerCase())] }
  const many = among.exec(text.trim())
  if (!many) return undefined
  return {
    field: many[1]!,
    values: [...many[2]!.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, value]) => unquote(value!)),
  }
}

/** The part of SOQL that this lab understands: equality and IN, joined by AND. Undefined for everything else. */
export function readSoql(text: string): Query | undefined {
  const parts = shape.exec(text.trim())
  if (!parts) return undefined
  const conditions = (parts[3] ?? '')
    .split(/\s+AND\s+/i)
    .filter(Boolean)
    .map(readCondition)
  if (conditions.some((each) => each === undefined)) return undefined
  return {
    object: parts[2]!,
    fields: parts[1]!.split(',').map((field) => field.trim()),
    conditions: conditions as Condition[],
  }
}

export function matches(row: Row, { conditions }: Query): boolean {
  return conditions.every(({ field, values }) => values.includes(String(row[field])))
}
