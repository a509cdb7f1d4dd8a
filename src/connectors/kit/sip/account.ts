/** One SIP account at a server, and how to get there. Times in milliseconds unless said. */
export interface Account {
  readonly host: string
  readonly port: number
  readonly transport: 'udp' | 'tcp' | 'tls'
  /** The part behind the @ of the account and of the addresses. */
  readonly domain: string
  readonly username: string
  readonly password: string
  /** Also registered like a phone. */
  readonly register: boolean
  /** Seconds that subscriptions and the registration are asked for. */
  readonly expires: number
  readonly keepAliveMs: number
  /** File with the PEM certificates to trust for tls instead of the system's. */
  readonly caFile: string | undefined
}
