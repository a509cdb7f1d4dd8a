import { CliError } from './exit-codes.ts'

const units: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A moment as people write it: ISO 8601 (without an offset it is local time), or how long ago: `30min`, `2h`, `3d`.
 * Milliseconds. @throws CliError usage
 */
export function readMoment(text: string, now: number): number {
  const ago = /^(\d+) ?(min|h|d)$/.exec(text.trim())
  if (ago) return now - Number(ago[1]) * units[ago[2]!]!
  const at = Date.parse(text)
  if (!Number.isNaN(at)) return at
  throw new CliError(
    'usage',
    `"${text}" is no moment: write 2026-11-20T09:30, 2026-11-20T09:30:00Z, or how long ago: 30min, 2h, 3d.`,
  )
}
