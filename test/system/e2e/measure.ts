/** Prints the times that a promise was held with. */
export function report(what: string, times: readonly number[], promisedMs: number): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  process.stdout.write(
    `${what}: ${sorted.length} times, median ${at(0.5)} ms, longest ${at(1)} ms (promised: ${promisedMs} ms)\n`,
  )
}
