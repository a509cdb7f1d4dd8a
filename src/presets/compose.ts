import { matchRow } from '../core/policy.ts'
import type { PresetRow } from './preset.ts'

/**
 * One table that does what two in a chain would do: what the first sets is looked up in the second; what the first
 * releases or holds is released or held.
 * @throws Error where the second table asks for more than the state, which the first does not tell.
 */
export function composeRows(first: readonly PresetRow[], second: readonly PresetRow[]): readonly PresetRow[] {
  const vague = second.find(({ when }) => when.chosen !== undefined || when.outOfOffice !== undefined)
  if (vague) throw new Error(`the row "${vague.label}" asks for more than a state`)
  return first.map(({ label, when, act, state }) => {
    if (act !== 'set' || !state) return { label, when, act }
    const next = matchRow(second, { state, chosen: 'unknown', outOfOffice: false })
    return next.state ? { label, when, act: next.act, state: next.state } : { label, when, act: next.act }
  })
}
