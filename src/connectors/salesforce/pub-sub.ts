import { fileURLToPath } from 'node:url'
import type {
  ClientDuplexStream,
  ClientUnaryCall,
  Metadata,
  ServiceClientConstructor,
  ServiceError,
} from '@grpc/grpc-js'
import type { Clock } from '../../core/ports.ts'
import { grpc, protoLoader } from '../kit/grpc.ts'
import { type ChannelParts, openClient } from '../kit/grpc-channel.ts'
import type { Site } from './sign-in.ts'

const proto = fileURLToPath(new URL('pubsub.proto', import.meta.url))
const unaryMs = 10_000
/** The vendor's page of allocations: no more may be asked for at a time. */
export const mostRequested = 100

export interface FetchRequest {
  readonly topic_name: string
  readonly replay_preset: 'LATEST' | 'CUSTOM'
  readonly replay_id?: Buffer
  readonly num_requested: number
}

export interface BusEvent {
  readonly schemaId: string
  readonly payload: Buffer
  readonly replayId: Buffer
}

/** An empty one keeps the stream alive, and says how far it has come. */
export interface Batch {
  readonly events: readonly BusEvent[]
  readonly latest: Buffer | undefined
  /** What may still come before more has to be asked for. */
  readonly pending: number
}

/** Why a call came to nothing. The code in the trailers is more exact than that of gRPC. */
export class BusError extends Error {
  readonly kind: 'signedOut' | 'replay' | 'missing' | 'forbidden' | 'passing'

  constructor({ code, details, metadata }: Pick<ServiceError, 'code' | 'details' | 'metadata'>) {
    const detail = String(metadata?.get('error-code')[0] ?? '')
    const name = detail.replace(/^sfdc\.platform\.eventbus\.grpc\./, '') || (grpc().status[code] ?? 'UNKNOWN')
    super(`${name}: ${details.slice(0, 200)}`)
    this.name = 'BusError'
    this.kind = kindOf(code, detail)
  }
}

function kindOf(code: ServiceError['code'], detail: string): BusError['kind'] {
  const { status } = grpc()
  if (/replayid/i.test(detail)) return 'replay'
  if (code === status.UNAUTHENTICATED) return 'signedOut'
  if (code === status.NOT_FOUND || /notfound|not_found/.test(detail)) return 'missing'
  return code === status.PERMISSION_DENIED ? 'forbidden' : 'passing'
}

interface RawBatch {
  readonly events: readonly {
    readonly event: { readonly schema_id: string; readonly payload: Buffer } | null
    readonly replay_id: Buffer
  }[]
  readonly latest_replay_id: Buffer
  readonly pending_num_requested: number
}

let service: ServiceClientConstructor | undefined

function loadService(): ServiceClientConstructor {
  const options = { keepCase: true, enums: String, defaults: true } as const
  const loaded = grpc().loadPackageDefinition(protoLoader().loadSync(proto, options)) as never as {
    readonly eventbus: { readonly v1: { readonly PubSub: ServiceClientConstructor } }
  }
  return loaded.eventbus.v1.PubSub
}

/** A connection to the Pub/Sub API. */
export class PubSub {
  readonly #clock: Clock
  readonly #client: InstanceType<ServiceClientConstructor>

  /** No I/O. `url`: https, or http for loopback. */
  constructor(url: string, parts: ChannelParts) {
    this.#clock = parts.clock
    service ??= loadService()
    this.#client = openClient(service, url, parts)
  }

  close(): void {
    this.#client.close()
  }

  /** Throws BusError. */
  async schema(schemaId: string, site: Site): Promise<string> {
    const { schema_json } = await this.#ask('GetSchema', { schema_id: schemaId }, site)
    return String(schema_json)
  }

  /** Throws BusError. Whether the topic is there and may be subscribed to. */
  async topic(name: string, site: Site): Promise<boolean> {
    const { can_subscribe } = await this.#ask('GetTopic', { topic_name: name }, site)
    return can_subscribe !== false
  }

  subscribe(site: Site): ClientDuplexStream<FetchRequest, RawBatch> {
    return this.#client.Subscribe!(metadataOf(site)) as ClientDuplexStream<FetchRequest, RawBatch>
  }

  #ask(method: 'GetSchema' | 'GetTopic', request: object, site: Site): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const answered = (error: ServiceError | null, answer: Record<string, unknown>) => {
        timer.cancel()
        if (error) reject(new BusError(error))
        else resolve(answer)
      }
      const call: ClientUnaryCall = this.#client[method]!(request, metadataOf(site), answered)
      const timer = this.#clock.after(unaryMs, () => call.cancel())
    })
  }
}

function metadataOf({ token, instanceUrl, orgId }: Site): Metadata {
  const metadata = new (grpc().Metadata)()
  metadata.set('accesstoken', token)
  metadata.set('instanceurl', instanceUrl)
  metadata.set('tenantid', orgId)
  return metadata
}

export function readBatch({ events, latest_replay_id, pending_num_requested }: RawBatch): Batch {
  return {
    events: events.flatMap(({ event, replay_id }) =>
      event ? [{ schemaId: event.schema_id, payload: event.payload, replayId: replay_id }] : [],
    ),
    latest: latest_replay_id.length > 0 ? latest_replay_id : undefined,
    pending: pending_num_requested,
  }
}
