/**
 * True for a host that only this machine can reach: `localhost` and its subdomains (RFC 6761 section 6.3),
 * 127.0.0.0/8 and ::1, with or without brackets, also IPv4-mapped. A name that merely resolves to loopback does
 * not count: who owns the name decides tomorrow where it points.
 */
export function isLoopbackHost(host: string): boolean {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^::ffff:/, '')
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true
  const parts = name.split('.')
  return (
    parts.length === 4 &&
    parts[0] === '127' &&
    parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  )
}
