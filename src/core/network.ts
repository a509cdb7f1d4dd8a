/** One address that a host stands for. */
export interface HostAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** A connection over which writes go to a target. */
export interface HeldSocket {
  write(...given: never[]): boolean
  destroy(error?: Error): unknown
  /** Gives up what has not left yet, and tells the other end (TCP RST). */
  resetAndDestroy(): unknown
}

/** Stands before each request of a write where neither `fetch` nor `hold` does, as over datagrams. */
export interface WriteGuard {
  /** @throws Error, in words, where it would leave too late. */
  check(): void
  /** Nothing of a request may leave later than so long after it was begun, milliseconds. */
  readonly lifeMs: number
}

/** Which hosts the hub may connect to, on behalf of whoever wrote the configuration. */
export interface Network {
  /**
   * The addresses of a host (a name, or an address without brackets), of those that may be connected to, in the
   * resolver's order; never empty. Connect to one of these: asked again, a name may stand for others.
   * @throws HostRefusal where none may be connected to; the resolver's error where there is none.
   */
  find(host: string): Promise<readonly HostAddress[]>
  /** Of several hubs: what a write sends over this connection leaves in time, or not at all. */
  hold?(socket: HeldSocket): void
  /** Of several hubs: what else sends writes asks it before each request, and before each repetition of one. */
  readonly writes?: WriteGuard
}

/** A host that the hub does not connect to. Does not say what a name stands for: that may be nobody's business. */
export class HostRefusal extends Error {
  readonly code = 'HOST_REFUSED'
  readonly fix =
    'Give an address that is meant to be reached from here; whoever operates the hub can allow others with network.allow.'

  constructor(host: string) {
    super(`this hub does not connect to the network that ${host} is in`)
    this.name = 'HostRefusal'
  }
}
