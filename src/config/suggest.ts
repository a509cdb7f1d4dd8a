/** Edits (insert, delete, replace, swap of neighbours) between two words, letter case aside. */
function countEdits(left: string, right: string): number {
  const a = left.toLowerCase()
  const b = right.toLowerCase()
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1)
      }
      next.push(cost)
    }
    before = row
    row = next
  }
  return row[b.length]!
}

/** The known word that was probably meant, or undefined when none is near (a third of its letters at most). */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined
  let best: string | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const edits = countEdits(word, candidate)
    const contained =
      word.length >= 3 && candidate.toLowerCase().includes(word.toLowerCase()) ? 1 : Number.POSITIVE_INFINITY
    const cost = Math.min(edits, contained)
    if (cost < fewest && cost <= Math.max(1, Math.ceil(Math.max(word.length, candidate.length) / 3))) {
      best = candidate
      fewest = cost
    }
  }
  return best
}

/** ` Did you mean "port"?` or, with nothing near, ` Known are: host, port.`, as the fix of a problem. */
export function suggestFix(word: string, known: Iterable<string>): string {
  const words = [...known]
  const near = suggest(word, words)
  if (near !== undefined) return `Did you mean "${near}"?`
  if (words.length === 0) return 'None is known here.'
  const shown = words.slice(0, 30).join(', ')
  return `Known here: ${shown}${words.length > 30 ? ', ...' : ''}.`
}
