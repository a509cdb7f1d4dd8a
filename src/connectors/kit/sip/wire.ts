import type { Network } from '../../../core/network.ts'
import type { Clock } from '../../../core/ports.ts'
import type { Source } from './message.ts'

export interface WireOptions {
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
  /** TLS: the certificate may be for this name or for the host. */
  readonly domain: string
  /** TLS: PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string
  readonly clock: Clock
  readonly network: Network
  /** Longest wait for a connection, milliseconds. */
  readonly connectMs: number
}

export interface WireEvents {
  /** One whole message, with its source where datagrams are carried. */
  message(bytes: Buffer, source?: Source): void
  /** Once, when the connection is gone; never after `close`. */
  down(reason: Error): void
}

/** One open way to the server, which carries whole messages. */
export interface Wire {
  /** TCP and TLS: no retransmission is needed (RFC 3261 section 17.1.2). */
  readonly reliable: boolean
  readonly transport: 'UDP' | 'TCP' | 'TLS'
  readonly local: { readonly address: string; readonly port: number }
  /** To the server; datagrams may go elsewhere. */
  send(bytes: Buffer, to?: Source): void
  /** Idempotent. */
  close(): void
  /** Closes, and gives up what has not left yet. */
  reset(): void
}
