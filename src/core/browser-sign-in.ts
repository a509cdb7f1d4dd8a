import type { Clock } from './ports.ts'

/** What a browser is sent to a sign-in with (RFC 6749 section 4.1.1, RFC 7636 section 4.3). */
export interface SignInRequest {
  /** Of the hub, or on loopback for the command line; the system has to know it, letter by letter. */
  readonly redirectUri: string
  readonly state: string
  /** Base64url of the SHA-256 of the verifier. */
  readonly challenge: string
}

/** What the browser came back with, and the verifier whose challenge went out. */
export interface SignInGrant {
  readonly redirectUri: string
  readonly code: string
  readonly verifier: string
}

/**
 * The hub's own account at a system signs in once in a browser (authorization code with PKCE), and what that gives becomes
 * part of the configuration.
 */
export interface BrowserSignIn<Config = never> {
  /** The setting that it gives, a secret; it may be missing before. */
  readonly gives: string
  /** Settings of another way to sign in, which has to go. */
  readonly replaces: readonly string[]
  /** Where the person signs in. No I/O. @throws ConnectorFailure for settings that do not do */
  page(config: Config, request: SignInRequest): string
  /** What the code is worth: the value of the setting. @throws ConnectorFailure */
  redeem(
    config: Config,
    grant: SignInGrant,
    context: { readonly fetch: typeof fetch; readonly clock: Clock },
  ): Promise<string>
}
