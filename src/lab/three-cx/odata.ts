/** The part of OData that the XAPI's published description has and clients use. */
export interface Query {
  readonly $select?: string
  readonly $top?: string
  readonly $skip?: string
  readonly $count?: string
  readonly $filter?: string
}

export type Entity = Readonly<Record<string, unknown>>

/** Largest page, whatever `$top` asks for. */
const pageSize = 100

export function select(entity: Entity, { $select }: Query): Entity {
  if (!$select) return entity
  const wanted = $select.split(',').map((name) => name.trim())
  return Object.fromEntries(Object.entries(entity).filter(([name]) => wanted.includes(name)))
}

const comparison = /^(\w+) eq (?:'((?:[^']|'')*)'|(\w+))$/

/** `Number eq '101'` and its like, joined by `or`; undefined for what this emulator cannot read. */
function readFilter(text: string): ((entity: Entity) => boolean) | undefined {
  const parts = text.split(' or ').map((part) => comparison.exec(part.trim()))
  if (parts.some((part) => part === null)) return undefined
  return (entity) =>
    parts.some((part) => {
      const [, name = '', quoted, bare] = part ?? []
      return String(entity[name]) === (quoted?.replaceAll("''", "'") ?? bare)
    })
}

/** A collection's answer, or undefined where the filter cannot be read. */
export function page(entities: readonly Entity[], query: Query): Entity | undefined {
  const matches = query.$filter ? readFilter(query.$filter) : () => true
  if (!matches) return undefined
  const found = entities.filter(matches)
  const skip = Number(query.$skip ?? 0)
  const top = Math.min(pageSize, Number(query.$top ?? pageSize))
  return {
    ...(query.$count === 'true' && { '@odata.count': found.length }),
    value: found.slice(skip, skip + top).map((entity) => select(entity, query)),
  }
}

/** The error body of the published description. */
export function errorBody(code: string, message: string): Entity {
  return { error: { code, message } }
}
