import type { SystemAccount } from './consent-port.ts'

/** One way of a browser to a system and back; state, nonce and verifier (RFC 7636) are of this way alone. */
export interface DoorTrip {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirectUri: string
}

/** A token that acts for somebody who signed in. Secret. */
export interface OwnToken {
  readonly access: string
  /** Until when it works, monotonic milliseconds. */
  readonly until: number
  /** Asks for the next one; replaces the one that was used. */
  readonly refresh: string
}

/** Where people sign in at a system with accounts of their own. Failures are ConnectorFailure, in words. */
export interface AccountDoor {
  /** Where the browser goes; `hint` is the account that is expected. */
  addressFor(trip: DoorTrip, hint: string): Promise<string>
  /** Who came back, proved by a token whose signature, issuer, audience, nonce and times were checked. */
  redeem(trip: DoorTrip, answer: URL): Promise<{ readonly account: SystemAccount; readonly token: OwnToken }>
  /** `auth-failed` where only a new sign-in helps. */
  renew(refresh: string): Promise<OwnToken>
}

/** Where an administrator of a system consents to an application for their whole organisation. */
export interface ConsentDoor {
  consentAddress(trip: DoorTrip): string
  /** Undefined where it was given; what the answer says of the organisation proves nothing. */
  readConsent(trip: DoorTrip, query: URLSearchParams): string | undefined
  /** Where the same person proves their organisation by signing in. */
  proofAddress(trip: DoorTrip): Promise<string>
  redeem(trip: DoorTrip, answer: URL): Promise<SystemAccount>
  /** Names of the needed permissions that the application has not got in an organisation. */
  missingIn(organisation: string, need: { readonly readOnly: boolean }): Promise<readonly string[]>
}
