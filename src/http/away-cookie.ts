/** Over TLS the name binds the cookie to this host and to Secure (RFC 6265bis, section 4.1.3.2). */
const nameOf = (secure: boolean) => (secure ? '__Host-hookswitch-away' : 'hookswitch-away')

/** What a browser keeps while it is at a provider; undefined where it has nothing. */
export function readAwayCookie(header: string | undefined, secure: boolean): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=')
    if (name === nameOf(secure) && value !== undefined && /^[\w.-]{20,2000}$/.test(value)) return value
  }
  return undefined
}

/** Lax, not Strict: it comes back by a link from the provider's page. */
export function awayCookie(kept: string, { secure, lifeMs }: { secure: boolean; lifeMs: number }): string {
  const rest = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.round(lifeMs / 1000)}`
  return `${nameOf(secure)}=${kept}; ${rest}${secure ? '; Secure' : ''}`
}
