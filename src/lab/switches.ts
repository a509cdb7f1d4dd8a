/** What nobody outside Microsoft knows for certain about Graph; a hub has to work under every setting. */
export interface Switches {
  /** Preferred state over every session as documented, or giving way to calls as several vendors observe. */
  aggregation: 'documented' | 'observed'
  /** Whether presence carries `sequenceNumber`. */
  sequenceNumber: boolean
  /** What getPresencesByUserId does with an id it does not know: refuse all, leave it out, say PresenceUnknown. */
  badId: 'error' | 'omitted' | 'unknown'
  /** A read shows the state as it was so long ago, milliseconds. */
  readLagMs: number
  /** Presence requests that one application may make for one tenant in any 30 s. */
  quotaPer30s: number
  /** Whether a do not disturb held by an application's session sends Teams calls to voicemail. */
  dndDiverts: boolean
  /** Answers are delayed by a random time in this range, milliseconds. */
  latencyMs: [number, number]
  /** Status of an empty answer: 200 in the documentation, 204 in Microsoft's OpenAPI. */
  emptyStatus: 200 | 204
  /** How state words are spelled: as the service is known to answer, or as its newest page prints them. */
  spelling: 'PascalCase' | 'camelCase'
  /** What User.ReadBasic.All gets for properties it may not see. */
  hiddenProperties: 'omitted' | 'refused'
  /** Subscriptions to presence by an application: refused as documented, prolonged by PATCH, or with a PATCH of no effect. */
  subscriptions: 'refused' | 'renewable' | 'fixed'
  /** The longest life of a preferred state, hours; 0 for any. */
  preferredMaxHours: number
  /** What setPresence does for somebody without a Teams licence: refuse it, or take it and show nothing. */
  unlicensed: 'refused' | 'accepted'
}

export const defaultSwitches: Readonly<Switches> = {
  aggregation: 'documented',
  sequenceNumber: true,
  badId: 'error',
  readLagMs: 0,
  quotaPer30s: 1500,
  dndDiverts: true,
  latencyMs: [0, 0],
  emptyStatus: 200,
  spelling: 'PascalCase',
  hiddenProperties: 'omitted',
  subscriptions: 'refused',
  preferredMaxHours: 0,
  unlicensed: 'refused',
}

const count = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value)

const rules: { readonly [K in keyof Switches]: { accepts(value: unknown): boolean; say: string } } = {
  aggregation: { accepts: oneOf('documented', 'observed'), say: 'documented or observed' },
  sequenceNumber: { accepts: oneOf(true, false), say: 'true or false' },
  badId: { accepts: oneOf('error', 'omitted', 'unknown'), say: 'error, omitted or unknown' },
  readLagMs: { accepts: count, say: 'milliseconds, 0 or more' },
  quotaPer30s: { accepts: count, say: 'a number of requests, 0 or more' },
  dndDiverts: { accepts: oneOf(true, false), say: 'true or false' },
  latencyMs: {
    accepts: (value) =>
      Array.isArray(value) && value.length === 2 && value.every(count) && value[0]! <= value[1]!,
    say: '[min, max] in milliseconds',
  },
  emptyStatus: { accepts: oneOf(200, 204), say: '200 or 204' },
  spelling: { accepts: oneOf('PascalCase', 'camelCase'), say: 'PascalCase or camelCase' },
  hiddenProperties: { accepts: oneOf('omitted', 'refused'), say: 'omitted or refused' },
  subscriptions: { accepts: oneOf('refused', 'renewable', 'fixed'), say: 'refused, renewable or fixed' },
  preferredMaxHours: { accepts: count, say: 'hours, 0 or more' },
  unlicensed: { accepts: oneOf('refused', 'accepted'), say: 'refused or accepted' },
}

/** Changes some switches; returns every problem and changes nothing when there is one. */
export function changeSwitches(switches: Switches, changes: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = []
  for (const [name, value] of Object.entries(changes)) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof Switches] : undefined
    if (!rule) problems.push(`${name}: no such switch; there are ${Object.keys(rules).join(', ')}`)
    else if (!rule.accepts(value)) problems.push(`${name}: must be ${rule.say}`)
  }
  if (problems.length === 0) Object.assign(switches, changes)
  return problems
}
