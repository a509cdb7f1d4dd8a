const longestMs = 3_600_000

/**
 * Milliseconds that a Retry-After header asks to wait (RFC 9110 10.2.3: seconds, or an HTTP date), at most an hour.
 * Undefined when the header is absent or makes no sense.
 */
export function readRetryAfter(header: string | null, wallNow: number): number | undefined {
  if (header === null) return undefined
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, longestMs)
  const date = Date.parse(text)
  if (Number.isNaN(date) || !/[a-z]/i.test(text)) return undefined
  return Math.min(Math.max(0, date - wallNow), longestMs)
}
