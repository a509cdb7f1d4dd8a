/** A list as the API gives it: bare, or as the named member of an object. Anything else is an empty list. */
export function readList<Item>(answer: unknown, member: string): readonly Item[] {
  if (Array.isArray(answer)) return answer as Item[]
  const inner = (answer as Record<string, unknown> | null | undefined)?.[member]
  return Array.isArray(inner) ? (inner as Item[]) : []
}
