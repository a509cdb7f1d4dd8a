/** How late the machine wakes this otherwise idle process: what no program on it could have avoided. */
export interface NoiseMeter {
  /** Milliseconds beyond the time asked for, one every 5 ms; ends the measuring. */
  stop(): readonly number[]
}

const periodMs = 5

export function meterNoise(): NoiseMeter {
  const late: number[] = []
  let due = performance.now() + periodMs
  let timer = setTimeout(look, periodMs)
  function look(): void {
    const now = performance.now()
    late.push(Math.max(0, now - due))
    due = now + periodMs
    timer = setTimeout(look, periodMs)
  }
  return {
    stop() {
      clearTimeout(timer)
      return late
    },
  }
}
