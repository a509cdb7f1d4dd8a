/** One value that differs between two versions of the rules; absent where one of them has none. */
export interface PolicyDifference {
  /** For people: `links.pbx to teams.graceMs`, rows counted from 1. */
  readonly path: string
  readonly was?: string
  readonly is?: string
}

/** What differs between two bodies of `writePolicy`, in the order of the rules. Links are compared by id. */
export function diffPolicies(was: string, is: string): readonly PolicyDifference[] {
  return [...compare(JSON.parse(was), JSON.parse(is), '')]
}

function* compare(was: unknown, is: unknown, path: string): Generator<PolicyDifference> {
  const left = childrenOf(was)
  const right = childrenOf(is)
  if (left && right) {
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      yield* compare(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`)
    }
    return
  }
  const [a, b] = [write(was), write(is)]
  if (a === b) return
  yield { path, ...(a !== undefined && { was: a }), ...(b !== undefined && { is: b }) }
}

/** Members that are compared one by one; rows, sets and states are shown whole. */
function childrenOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every((one) => typeof one === 'object' && one !== null)) return undefined
    return new Map(value.map((one, index) => [nameOf(one, index), one]))
  }
  if (typeof value !== 'object' || value === null) return undefined
  const entries = Object.entries(value)
  if (entries.some(([key]) => key.startsWith('$') || key === 'act') || isState(value)) return undefined
  return new Map(entries)
}

function nameOf(one: object, index: number): string {
  if ('id' in one) return String(one.id)
  return 'act' in one ? `row ${index + 1}` : String(index + 1)
}

function isState(value: object): value is { readonly availability: unknown; readonly activity: unknown } {
  return 'availability' in value && 'activity' in value && Object.keys(value).length === 2
}

function write(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'object' && value !== null && isState(value)) {
    return `${String(value.availability)}/${String(value.activity)}`
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}
