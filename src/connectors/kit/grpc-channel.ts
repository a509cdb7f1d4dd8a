import type { experimental, ServiceClientConstructor } from '@grpc/grpc-js'
import type { HostAddress, Network } from '../../core/network.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { grpc } from './grpc.ts'

export interface ChannelParts {
  readonly clock: Clock
  readonly network: Network
}

/** A name that is known is not looked up more often than this, milliseconds. */
const restMs = 30_000
const scheme = 'hookswitch'
const partsOption = 'hookswitch.parts'
let isRegistered = false

/**
 * A client of a gRPC service whose connections go where the network lets them. No I/O. `url`: https, or http for
 * loopback.
 */
export function openClient(
  Service: ServiceClientConstructor,
  url: string,
  parts: ChannelParts,
): InstanceType<ServiceClientConstructor> {
  const { credentials, experimental: hooks } = grpc()
  // One word for the whole process; what differs travels in the options of each channel.
  if (!isRegistered) hooks.registerResolver(scheme, NetworkResolver)
  isRegistered = true
  const { protocol, host, port } = new URL(url)
  const secure = protocol === 'https:'
  const target = port === '' ? `${host}:${secure ? 443 : 80}` : host
  return new Service(`${scheme}:${target}`, secure ? credentials.createSsl() : credentials.createInsecure(), {
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    'grpc.use_local_subchannel_pool': 1,
    // A proxy of the environment would look names up by itself, unchecked.
    'grpc.enable_http_proxy': 0,
    [partsOption]: parts,
  })
}

/** Stands in the place of grpc-js's own resolver of names, by the interface that it has for that. */
class NetworkResolver implements experimental.Resolver {
  readonly #target: experimental.HostPort
  readonly #listener: experimental.ResolverListener
  readonly #parts: ChannelParts
  #asked: symbol | undefined
  #rest: Timer | undefined
  #wanted = false

  constructor(
    target: experimental.GrpcUri,
    listener: experimental.ResolverListener,
    options: { readonly [name: string]: unknown },
  ) {
    this.#target = grpc().experimental.splitHostPort(target.path) ?? { host: target.path }
    this.#listener = listener
    this.#parts = options[partsOption] as ChannelParts
  }

  static getDefaultAuthority(target: experimental.GrpcUri): string {
    return target.path
  }

  updateResolution(): void {
    if (this.#rest) this.#wanted = true
    else if (!this.#asked) this.#ask()
  }

  destroy(): void {
    this.#asked = undefined
    this.#rest?.cancel()
    this.#rest = undefined
    this.#wanted = false
  }

  #ask(): void {
    const asked = Symbol()
    this.#asked = asked
    const { clock, network } = this.#parts
    const heard = (tell: () => void) => {
      if (this.#asked !== asked) return
      this.#asked = undefined
      tell()
    }
    network.find(this.#target.host).then(
      (found) =>
        heard(() => {
          this.#rest = clock.after(restMs, () => this.#rested())
          this.#tell(found)
        }),
      (error: Error) => heard(() => this.#fail(error)),
    )
  }

  #rested(): void {
    this.#rest = undefined
    if (this.#wanted) this.#ask()
    this.#wanted = false
  }

  #tell(found: readonly HostAddress[]): void {
    const { port = 443 } = this.#target
    const endpoints = found.map(({ address }) => ({ addresses: [{ host: address, port }] }))
    this.#listener(grpc().experimental.statusOrFromValue(endpoints), {}, null, '')
  }

  #fail({ message }: Error): void {
    const { experimental: hooks, status, Metadata } = grpc()
    const trouble = { code: status.UNAVAILABLE, details: message, metadata: new Metadata() }
    this.#listener(hooks.statusOrFromError(trouble), {}, null, '')
  }
}
