import { words } from '../language/words.ts'
import { pairLabel } from '../words/presence-words.ts'
import type { RuleDifference, WrittenRow } from './link-rules.ts'
import { linksWords } from './links-words.ts'

/** `Busy, in a call, picked by hand`; for a row without conditions that it always holds. */
export function whenText({ availability, activity, outOfOffice, chosen }: NonNullable<WrittenRow['when']>) {
  const links = linksWords()
  const { codes } = words()
  const label = (word: string) => codes.states[word as keyof typeof codes.states] ?? word
  const states = [availability, activity].filter((word) => word !== undefined)
  const parts = [
    ...[...new Set(states.map(label))],
    outOfOffice === undefined ? undefined : outOfOffice ? links.outOfOfficeOn : links.outOfOfficeOff,
    chosen && { yes: links.chosenYes, no: links.chosenNo, unknown: links.chosenUnknown }[chosen],
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? links.always : parts.join(', ')
}

export function actText({ act, state }: WrittenRow): string {
  const { actTexts } = linksWords()
  return act === 'set' ? actTexts.set(pairLabel(state ?? '')) : actTexts[act]
}

/** A value of a setting, or a whole row, as a page tells it. */
export function valueText(key: RuleDifference['key'], value: unknown): string {
  const links = linksWords()
  if (value === undefined) return '–'
  if (typeof value === 'boolean') return value ? links.yes : links.no
  if (Array.isArray(value)) {
    return value.map((party) => links.partyNames[party as keyof typeof links.partyNames]).join(', ')
  }
  if (key === 'atEnd') return links.atEnd[value as keyof typeof links.atEnd]
  if (typeof value === 'number') return String(value)
  const row = value as WrittenRow
  return `${whenText(row.when ?? {})}: ${actText(row)}`
}

export function keyText(key: RuleDifference['key']): string {
  const links = linksWords()
  if (typeof key === 'number') return links.row(key + 1)
  return key === 'parties' ? links.parties : links.fields[key]
}
