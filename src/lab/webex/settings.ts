/** What a test or the lab decides about the emulated organization. */
export interface WebexSettings {
  /** The Service App and the integration have one pair each. */
  readonly clientId: string
  readonly clientSecret: string
  /** Of the Service App, as an administrator of the organization gets it. */
  readonly refreshToken: string
  /** Scopes of the Service App. */
  readonly scopes: readonly string[]
  readonly integrationId: string
  readonly integrationSecret: string
  /** Scopes that people consent to. */
  readonly userScopes: readonly string[]
  /** Webex keeps presence in step with Teams itself; undefined where nobody ever set it. */
  readonly presenceSync: boolean | undefined
  /** Without it nobody has an extension. */
  readonly callingLicence: boolean
  /** A new refresh token with every answer, which ends the one before. */
  readonly rotates: boolean
  /** Deliveries in a row that fail before a webhook is switched off. */
  readonly disableAfter: number
  /** Most people on a page. */
  readonly pageSize: number
  /** Whether the app's do not disturb follows that of calling. */
  readonly dndSynchronized: boolean
  /** The extension of whoever sits at the browser and consents. */
  readonly browser: string
}
