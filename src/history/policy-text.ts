import type { Policy } from '../core/policy.ts'
import { defaultPolicy } from '../core/policy.ts'
import type { Activity, Availability } from '../core/presence.ts'
import { presence } from '../core/presence.ts'

/** A set or a map of a policy, which JSON has not. */
const setMark = '$set'
const mapMark = '$map'

/** JSON of a policy, the same for the same rules: keys and the members of sets in order. */
export function writePolicy(policy: Policy): string {
  return JSON.stringify(plain(policy))
}

/** Reads what `writePolicy` wrote; what an older version did not know yet has its default. */
export function readPolicy(body: string): Policy {
  return { ...defaultPolicy, ...(rich(JSON.parse(body)) as Policy) }
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return { [setMark]: [...value].map(plain).sort() }
  if (value instanceof Map) {
    return { [mapMark]: [...value].map(([key, one]) => [key, plain(one)]).sort(byFirst) }
  }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)] as const).sort(byFirst))
}

function byFirst(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1
}

function rich(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rich)
  if (typeof value !== 'object' || value === null) return value
  if (setMark in value) return new Set(value[setMark] as string[])
  if (mapMark in value) {
    return new Map((value[mapMark] as [string, unknown][]).map(([key, one]) => [key, rich(one)]))
  }
  const entries = Object.entries(value)
  if (entries.length === 2 && 'availability' in value && 'activity' in value) {
    return presence(value.availability as Availability, value.activity as Activity)
  }
  return Object.fromEntries(entries.map(([key, one]) => [key, rich(one)]))
}
