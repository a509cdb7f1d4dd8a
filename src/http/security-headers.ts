import { frameHosts } from './frame-hosts.ts'

/** SHA-256 of nothing: the portal's styling library adds empty style elements and fills them by script. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

const contentSecurityPolicy = (ancestors: string) =>
  [
    "default-src 'self'",
    `style-src 'self' ${emptyStyle}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

/** Sent with every answer. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy("'none'"),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** In their place for the tab: the hosts of Teams may frame it. */
export const tabHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy(frameHosts.map((host) => `https://${host}`).join(' ')),
  'cross-origin-resource-policy': 'cross-origin',
}

/** A window that a page of Teams opens to sign in, and closes by itself. */
export const windowPath = '/tab/pairing'

/** Of that window: it must not lose whoever opened it, to whom it tells how it ended. */
export const windowHeaders: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'unsafe-none',
}
