/** A write at Teams as it passed on its way there. */
export interface Write {
  /** Monotonic milliseconds. */
  readonly at: number
  readonly node: string
  readonly user: string
  /** The last part of the path. */
  readonly what: string
  readonly body: string
  /** Status that went back to whoever asked; undefined where it was not waited for. */
  answered: number | undefined
}

/** Both write the same register: the session of the application, or what is picked. */
const registerOf = (what: string) => (what.includes('User') ? 'picked' : 'session')

/** Sessions are prolonged at half of their life, 5 minutes at the earliest. */
const prolongedAfterMs = 4 * 60_000

/** Writes that said once more what the same register had been told before, with success, in vain. */
export function findDuplicates(writes: readonly Write[]): readonly Write[] {
  const last = new Map<string, Write>()
  return writes.filter((write) => {
    const register = `${write.user} ${registerOf(write.what)}`
    const former = last.get(register)
    if (write.answered !== undefined && write.answered < 300) last.set(register, write)
    return (
      former !== undefined &&
      former.what === write.what &&
      former.body === write.body &&
      write.at - former.at < prolongedAfterMs
    )
  })
}

/** The value that so much (0 to 1) of all stay at or below; 0 of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}
