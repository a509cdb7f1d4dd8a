/**
 * A source's own order of what it says. Sequences are compared as text, longer being later, which also orders plain
 * numbers; without one on both sides nothing is older.
 */
export function isOlder(sequence: string | undefined, last: string | undefined): boolean {
  if (sequence === undefined || last === undefined) return false
  return sequence.length === last.length ? sequence < last : sequence.length < last.length
}
