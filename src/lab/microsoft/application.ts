import { createHash, X509Certificate } from 'node:crypto'

/** Application permissions of Graph that the lab knows. */
export const knownRoles = [
  'Presence.Read.All',
  'Presence.ReadWrite.All',
  'User.ReadBasic.All',
  'User.Read.All',
  'Directory.Read.All',
  'Application.Read.All',
] as const
export type Role = (typeof knownRoles)[number]

/** `ends`: as Entra prints it, `2027-05-31T00:00:00Z`. */
export interface ClientSecret {
  readonly value: string
  readonly expired?: boolean
  readonly ends?: string
}

/** An app registration with admin consent in one tenant. */
export interface Application {
  readonly clientId: string
  readonly secrets?: readonly ClientSecret[]
  /** Uploaded certificates, PEM. */
  readonly certificates?: readonly string[]
  /** What the administrator consented to; an empty list gives tokens without `roles`. */
  readonly roles: readonly Role[]
  /** Where people who sign in by code are sent back; none may where left out. */
  readonly redirectUris?: readonly string[]
  /** App roles by UPN in lower case, for the claim `roles` of ID tokens. */
  readonly appRoles?: Readonly<Record<string, readonly string[]>>
  /** Other tenants can consent to it, too; signs in by shared endpoints. */
  readonly multiTenant?: boolean
  /** `groupMembershipClaims` has directory roles: ID tokens have `wids`. */
  readonly tellsDirectoryRoles?: boolean
  /** Life of its access tokens, seconds; 3,599 when not said. */
  readonly tokenLifeSeconds?: number
}

/** A certificate with the two thumbprints by which an assertion can name it. */
export interface KnownCertificate {
  readonly certificate: X509Certificate
  /** base64url SHA-1 of the DER form (`x5t`). */
  readonly sha1: string
  /** base64url SHA-256 of the DER form (`x5t#S256`). */
  readonly sha256: string
}

export function readCertificate(pem: string): KnownCertificate {
  const certificate = new X509Certificate(pem)
  const thumbprint = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url')
  return { certificate, sha1: thumbprint('sha1'), sha256: thumbprint('sha256') }
}
