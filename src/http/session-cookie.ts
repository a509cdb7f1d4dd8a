/** Over TLS the name binds the cookie to this host and to Secure (RFC 6265bis, section 4.1.3.2). */
const secureName = '__Host-hookswitch'
const plainName = 'hookswitch'

/**
 * The session key of a request; undefined where it carries none. Over TLS the bound name alone counts: a cookie of the
 * plain one could come from another host of the same domain.
 */
export function readSessionCookie(header: string | undefined, secure: boolean): string | undefined {
  const found = new Map<string, string>()
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0) found.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
  }
  const key = found.get(secure ? secureName : plainName)
  return key !== undefined && /^[\w-]{20,100}$/.test(key) ? key : undefined
}

/**
 * What a browser is to keep: out of reach of scripts, and sent for pages of this origin only. Without TLS only on
 * loopback, where nobody listens in.
 */
export function sessionCookie(key: string, { secure, until }: { secure: boolean; until: number }): string {
  const name = secure ? secureName : plainName
  const rest = `Path=/; HttpOnly; SameSite=Strict; Expires=${new Date(until).toUTCString()}`
  return `${name}=${key}; ${rest}${secure ? '; Secure' : ''}`
}

export function endedCookie(secure: boolean): string {
  return sessionCookie('', { secure, until: 0 })
}
