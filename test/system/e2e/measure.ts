/** Prints the times of what was measured, with what was promised, where something was. */
export function report(what: string, times: readonly number[], promisedMs?: number): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const promised = promisedMs === undefined ? '' : ` (promised: ${promisedMs} ms)`
  process.stdout.write(
    `${what}: ${sorted.length} times, median ${at(0.5)} ms, longest ${at(1)} ms${promised}\n`,
  )
}
