import { fieldsOf } from '../kit/http.ts'
import { type Fields, flagOf, textIn } from './fields.ts'

/** One answer rule of a user. */
export interface AnswerRule {
  readonly frame: string
  readonly active: boolean
  readonly dnd: boolean
  /** As it was read: a write sends all of it back. */
  readonly whole: Fields
}

/** The list of a user's rules (schema Answerrule); undefined for an answer that is none. */
export function decodeRules(json: unknown): readonly AnswerRule[] | undefined {
  if (!Array.isArray(json)) return undefined
  const rules = json.flatMap((each) => toRule(each) ?? [])
  return rules.length === json.length ? rules : undefined
}

function toRule(value: unknown): AnswerRule | undefined {
  const whole = fieldsOf(value)
  const frame = textIn(whole, ['time-frame', 'time_frame'])
  if (frame === undefined) return undefined
  const dnd = whole['do-not-disturb']
  return {
    frame,
    active: flagOf(whole['is-active']) === true,
    dnd: flagOf(typeof dnd === 'object' ? fieldsOf(dnd).enabled : dnd) === true,
    whole,
  }
}

/** The rule in force; undefined where none says so. */
export function activeRule(rules: readonly AnswerRule[]): AnswerRule | undefined {
  return rules.find(({ active }) => active)
}

const readOnly = new Set(['domain', 'user', 'time-frame', 'order', 'time_range_data', 'time-range-data'])

/**
 * The whole rule with another do not disturb. Whether members that a PUT leaves out survive is not stated, so nothing is
 * left out; `is-active` is read-only, but required by the schema.
 */
export function withDnd({ whole, active }: AnswerRule, on: boolean): Fields {
  const kept = Object.entries(whole).filter(([name]) => !readOnly.has(name))
  return {
    ...Object.fromEntries(kept),
    enabled: flagOf(whole.enabled) === false ? 'no' : 'yes',
    'is-active': active,
    'do-not-disturb': { ...fieldsOf(whole['do-not-disturb']), enabled: on ? 'yes' : 'no' },
  }
}
