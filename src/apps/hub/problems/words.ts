/** `14:05:09 UTC`. */
export function clockText(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 5 more`. */
export function listText(items: readonly string[]): string {
  const shown = items.slice(0, items.length > 4 ? 3 : 4)
  const rest = items.length - shown.length
  const all = rest > 0 ? [...shown, `${rest} more`] : shown
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
