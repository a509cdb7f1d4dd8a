/** How the NATS servers are reached: the part `cluster.nats` of the configuration. */
export interface NatsSettings {
  /** `nats://host:4222` or `tls://host:4222`; any that answers will do. */
  readonly servers: readonly string[]
  readonly user?: string
  readonly password?: string
  readonly token?: string
  /** PEM of who signed the servers' certificates, where the system does not know them. */
  readonly ca?: string
}

/** Options of the client library for these settings. */
export function connectionOf({ servers, user, password, token, ca }: NatsSettings) {
  const encrypted = servers.some((one) => one.startsWith('tls://'))
  return {
    servers: servers.map((one) => one.replace(/^[a-z]+:\/\//, '')),
    ...(user !== undefined && { user, pass: password ?? '' }),
    ...(token !== undefined && { token }),
    ...(encrypted && { tls: ca === undefined ? {} : { ca } }),
  }
}
