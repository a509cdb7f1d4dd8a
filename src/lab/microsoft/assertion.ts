import { createPublicKey, timingSafeEqual } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose'
import type { KnownCertificate } from './application.ts'
import { EntraRefusal } from './entra-errors.ts'

const skewSeconds = 300

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

/** The certificate an assertion's header names, by `x5t#S256` with PS256 or by `x5t` with RS256. */
function named(
  header: { alg?: unknown; x5t?: unknown; 'x5t#S256'?: unknown },
  certificates: readonly KnownCertificate[],
): KnownCertificate {
  const { alg, x5t, 'x5t#S256': s256 } = header
  if (alg !== 'PS256' && alg !== 'RS256') throw new EntraRefusal(50027, 'alg must be PS256 or RS256.')
  if (typeof s256 !== 'string' && typeof x5t !== 'string') {
    throw new EntraRefusal(700027, 'The header has neither x5t#S256 nor x5t.')
  }
  const found = certificates.find(({ sha1, sha256 }) =>
    typeof s256 === 'string' ? same(s256, sha256) : same(String(x5t), sha1),
  )
  if (!found) throw new EntraRefusal(700027, 'No certificate with this thumbprint is registered.')
  return found
}

/**
 * Checks a client assertion (learn.microsoft.com/entra/identity-platform/certificate-credentials). `audiences`: URLs
 * of the token endpoint. `wall`: milliseconds. Throws EntraRefusal.
 */
export async function checkAssertion(
  assertion: string,
  expected: {
    readonly clientId: string
    readonly audiences: readonly string[]
    readonly certificates: readonly KnownCertificate[]
    readonly wall: number
  },
): Promise<void> {
  let claims: ReturnType<typeof decodeJwt>
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(assertion)
    claims = decodeJwt(assertion)
  } catch {
    throw new EntraRefusal(50027, 'It cannot be decoded.')
  }
  const { certificate } = named(header, expected.certificates)
  try {
    const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }))
    await compactVerify(assertion, key, { algorithms: ['PS256', 'RS256'] })
  } catch {
    throw new EntraRefusal(700027, 'The signature does not match the certificate.')
  }
  const now = expected.wall / 1000
  if (Date.parse(certificate.validTo) < expected.wall)
    throw new EntraRefusal(700027, 'The certificate has expired.')
  if (claims.iss !== expected.clientId || claims.sub !== expected.clientId) {
    throw new EntraRefusal(50012, 'iss and sub must be the client id.')
  }
  const audiences = [claims.aud].flat()
  if (!audiences.some((audience) => typeof audience === 'string' && expected.audiences.includes(audience))) {
    throw new EntraRefusal(700023, `aud must be ${expected.audiences[0]}.`)
  }
  if (!claims.exp || claims.exp < now - skewSeconds || (claims.nbf ?? 0) > now + skewSeconds) {
    throw new EntraRefusal(700024, 'exp is past, nbf is in the future, or exp is missing.')
  }
  if (!claims.jti) throw new EntraRefusal(50027, 'jti is missing.')
}
