import type { LinkPlan, LinkRules, PlannedPreset } from '../../../src/core/link-plan.ts'
import type { LinkItem } from '../configuration/configuration-client.ts'

/** A row as the configuration has it. */
export interface WrittenRow {
  readonly when?: {
    readonly availability?: string
    readonly activity?: string
    readonly outOfOffice?: boolean
    readonly chosen?: 'yes' | 'no' | 'unknown'
  }
  readonly act: 'set' | 'release' | 'hold'
  /** `busy/inACall`; with `set` only. */
  readonly state?: string
}

type Parties = readonly ('external' | 'internal' | 'unknown')[]

/** What a link has where its own settings stand above its preset. */
export interface Effective {
  readonly rows: readonly WrittenRow[]
  readonly parties: Parties
  readonly ringing: boolean
  readonly offHook: boolean
  readonly queue: boolean
  readonly starCodes: boolean
  readonly minimumLength: number
  readonly grace: number
  readonly manualWins: boolean
  readonly ignoreIdle: boolean
  readonly atEnd: 'restore' | 'clear'
  readonly clearAvailable: boolean
  readonly overSchedule: boolean
}

/** Settings that stand above the preset: without them the link is as its preset. */
export const overriding = [
  ...(['table', 'parties', 'ringing', 'offHook', 'queue', 'starCodes', 'minimumLength', 'grace'] as const),
  ...(['manualWins', 'ignoreIdle', 'atEnd', 'clearAvailable', 'overSchedule'] as const),
  ...(['callsAs', 'silenceTeams', 'dnd'] as const),
] as const

const fallbackPreset = 'default'
const fallbackDirection = 'phone to teams'

/** As people know the system. */
export function titleOf(plan: LinkPlan, id: string): string {
  return plan.systems.find((system) => system.id === id)?.title ?? id
}

/** The preset in force for a link; `undefined` of the link is the tenant's, where it has the direction. */
export function presetOf(plan: LinkPlan, link: LinkItem): PlannedPreset {
  const direction = directionOf(plan, link)
  const find = (id: unknown) => plan.presets.find((preset) => preset.id === id)
  const ofTenant = link.from === 'api' ? find(fallbackPreset) : find(plan.preset)
  const wanted = link.preset === undefined ? ofTenant : find(link.preset)
  const fits = wanted && (link.preset !== undefined || (direction && wanted.directions[direction]))
  return fits ? wanted : find(fallbackPreset)!
}

export function directionOf(plan: LinkPlan, { from, to }: LinkItem): string | undefined {
  return plan.directions[`${from} ${to}`]
}

/** Presets with a table for the direction of the link. */
export function presetsFor(plan: LinkPlan, link: LinkItem): readonly PlannedPreset[] {
  const direction = directionOf(plan, link) ?? fallbackDirection
  return plan.presets.filter(({ directions }) => directions[direction])
}

/** What the preset of the link says, in the configuration's own terms. */
export function presetRules(plan: LinkPlan, link: LinkItem): Effective {
  const direction = directionOf(plan, link)
  const fallback = plan.presets.find(({ id }) => id === fallbackPreset)!
  const own = direction && presetOf(plan, link).directions[direction]
  return written(own || fallback.directions[direction ?? fallbackDirection]!)
}

/** The rows of the preset as own ones: those that the source can never fulfil, and that no own table may have, are left out. */
export function ownRowsOf(plan: LinkPlan, link: LinkItem): readonly WrittenRow[] {
  return possibleRows(plan, link, presetRules(plan, link).rows)
}

function possibleRows(plan: LinkPlan, link: LinkItem, rows: readonly WrittenRow[]): readonly WrittenRow[] {
  const shows = plan.systems.find(({ id }) => id === link.from)?.shows ?? 'any'
  const pairs = shows === 'any' ? undefined : shows.map((pair) => pair.split('/'))
  return rows.filter(({ when: { availability, activity } = {} }) => {
    if (!pairs || (availability ?? activity) === undefined) return true
    return pairs.some(([left, right]) => (availability ?? left) === left && (activity ?? right) === right)
  })
}

function written(rules: LinkRules): Effective {
  const { calls, graceMs, manualWins, ignoreIdle, atEnd, clearAvailable, overSchedule } = rules
  const parties: Parties = [
    ...(calls.external ? (['external'] as const) : []),
    ...(calls.internal ? (['internal'] as const) : []),
    ...(calls.unknownParty ? (['unknown'] as const) : []),
  ]
  const { ringing, offHook, queue, starCodes, minimumMs } = calls
  return {
    rows: rules.rows.map(({ when, act, state }) => ({
      ...{ when, act },
      ...(state && { state: `${state.availability}/${state.activity}` }),
    })),
    ...{ parties, ringing, offHook, queue, starCodes },
    ...{ minimumLength: minimumMs / 1000, grace: graceMs / 1000 },
    ...{ manualWins, ignoreIdle, atEnd, clearAvailable, overSchedule },
  }
}

/** The link as it would run: its own settings over its preset, calls and do not disturb as its switches say. */
export function effectiveRules(plan: LinkPlan, link: LinkItem): Effective {
  const preset = presetRules(plan, link)
  const { from: _, to: __, table, ...own } = link as LinkItem & { readonly table?: readonly WrittenRow[] }
  const rules = Object.fromEntries(
    Object.entries(preset).map(([key, value]) => [key, own[key as keyof typeof own] ?? value]),
  ) as unknown as Effective
  return { ...rules, rows: switched(table ?? preset.rows, link) }
}

function switched(rows: readonly WrittenRow[], link: LinkItem): readonly WrittenRow[] {
  const isCall = (state = '') => /\/(inACall|inAConferenceCall)$/.test(state)
  const call = link.silenceTeams
    ? 'doNotDisturb/presenting'
    : link.callsAs === 'busy'
      ? 'busy/busy'
      : undefined
  return rows
    .filter(({ act, state }) => link.dnd !== 'ignore' || act !== 'set' || !state?.startsWith('doNotDisturb/'))
    .map((row) => (call && isCall(row.state) ? { ...row, state: call } : row))
}

/** One place where a link is not as its preset. */
export interface RuleDifference {
  /** `row 2`, or the name of a setting. */
  readonly key: keyof Omit<Effective, 'rows'> | number
  readonly preset: Effective[keyof Effective] | WrittenRow | undefined
  readonly here: Effective[keyof Effective] | WrittenRow | undefined
}

/** Rows that can match are compared place by place, settings by name. */
export function differencesOf(plan: LinkPlan, link: LinkItem): readonly RuleDifference[] {
  const [preset, here] = [presetRules(plan, link), effectiveRules(plan, link)].map((rules) => {
    return { ...rules, rows: possibleRows(plan, link, rules.rows) }
  }) as [Effective, Effective]
  const places = Array.from({ length: Math.max(preset.rows.length, here.rows.length) }, (_, place) => place)
  const keys = Object.keys(preset).filter((key) => key !== 'rows') as (keyof Omit<Effective, 'rows'>)[]
  return [
    ...places.map((key) => ({ key, preset: preset.rows[key], here: here.rows[key] })),
    ...keys.map((key) => ({ key, preset: preset[key], here: here[key] })),
  ].filter((one) => canonical(one.preset) !== canonical(one.here))
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify([...value].sort())
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const { when = {}, act, state } = value as WrittenRow
  return JSON.stringify([act, state, Object.entries(when).sort()])
}

/** The link with nothing of its own above its preset. */
export function restored(link: LinkItem): LinkItem {
  const own: readonly string[] = overriding
  return Object.fromEntries(Object.entries(link).filter(([key]) => !own.includes(key))) as unknown as LinkItem
}

/** Whether nothing is written over the link: by its own setting, or because its target is only read. */
export function isObserved({ links }: LinkPlan, { from, to, observeOnly }: LinkItem): boolean {
  return links.find((one) => one.from === from && one.to === to)?.observeOnly ?? observeOnly === true
}
