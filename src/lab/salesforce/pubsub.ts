import { fileURLToPath } from 'node:url'
import {
  loadPackageDefinition,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { makeCertificate } from '../certificate.ts'
import type { EmulatorWorld } from '../emulator.ts'
import type { Bus, BusEvent, Topic } from './bus.ts'
import { labOrgId } from './ids.ts'
import type { Tokens } from './tokens.ts'

const proto = fileURLToPath(new URL('pubsub.proto', import.meta.url))
const path = (method: string) => `/eventbus.v1.PubSub/${method}`
/** A server that has nothing to say says so within 270 s (the vendor's proto file). */
const keepaliveMs = 270_000
const largestBatch = 100

interface FetchRequest {
  readonly topic_name: string
  readonly replay_preset: 'LATEST' | 'EARLIEST' | 'CUSTOM'
  readonly replay_id: Buffer
  readonly num_requested: number
}
type Stream = ServerDuplexStream<FetchRequest, unknown>

interface Refusal {
  readonly code: status
  readonly details: string
  readonly metadata: Metadata
}

function refuse(code: status, details: string, errorCode: string): Refusal {
  const metadata = new Metadata()
  metadata.set('error-code', `sfdc.platform.eventbus.grpc.${errorCode}`)
  return { code, details, metadata }
}

function replayBytes(replay: number): Buffer {
  const bytes = Buffer.alloc(10)
  bytes.writeBigUInt64BE(BigInt(replay))
  return bytes
}

/** Opaque by the vendor's proto file; a client of others gives back only the eight bytes that count. */
function readReplay(bytes: Buffer): number {
  return bytes.length === 10 || bytes.length === 8 ? Number(bytes.readBigUInt64BE()) : Number.NaN
}

export interface PubSubParts {
  readonly world: EmulatorWorld
  readonly bus: Bus
  readonly tokens: Tokens
}

/** The Pub/Sub API: subscriptions that are pulled, schemas, topics. */
export class PubSub {
  readonly #parts: PubSubParts
  readonly #server = new Server()
  readonly #streams = new Set<Stream>()
  readonly #forget: () => void

  constructor(parts: PubSubParts) {
    this.#parts = parts
    const loaded = loadPackageDefinition(loadSync(proto, { keepCase: true, enums: String, defaults: true }))
    const { PubSub: client } = (
      loaded.eventbus as never as { v1: Record<string, { service: ServiceDefinition }> }
    ).v1
    this.#server.addService(client!.service, {
      Subscribe: (stream: Stream) => this.#subscribe(stream),
      GetTopic: this.#unary('GetTopic', (request: { topic_name: string }) => this.#getTopic(request)),
      GetSchema: this.#unary('GetSchema', (request: { schema_id: string }) => this.#getSchema(request)),
    } satisfies UntypedServiceImplementation)
    this.#forget = parts.world.faults.on(({ target, kind, path: where = '' }) => {
      const meant = target === 'salesforce' && path('Subscribe').includes(where)
      if (meant && (kind === 'drop' || kind === 'refuse')) this.cut()
    })
  }

  get streams(): number {
    return this.#streams.size
  }

  /** Answers the port. */
  listen(credentials = ServerCredentials.createInsecure()): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      )
    })
  }

  /** The same behind TLS, with a certificate that nobody has signed. Answers its port. */
  async listenSecurely(): Promise<number> {
    const { certificate, privateKey } = await makeCertificate()
    const pair = { cert_chain: Buffer.from(certificate), private_key: Buffer.from(privateKey) }
    return this.listen(ServerCredentials.createSsl(null, [pair]))
  }

  cut(): void {
    for (const stream of [...this.#streams]) {
      stream.emit('error', refuse(status.UNAVAILABLE, 'The connection was cut.', 'service.unavailable'))
    }
  }

  stop(): void {
    this.#forget()
    this.#server.forceShutdown()
  }

  #unary<Request, Answer>(method: string, answer: (request: Request) => Answer | Refusal) {
    return (call: ServerUnaryCall<Request, Answer>, callback: sendUnaryData<Answer>) => {
      const refusal = this.#admit(method, call.metadata)
      const given = refusal ?? answer(call.request)
      if (typeof given === 'object' && given !== null && 'code' in given) callback(given as Refusal)
      else callback(null, given as Answer)
    }
  }

  #admit(method: string, metadata: Metadata): Refusal | undefined {
    const { faults, requests } = this.#parts.world
    requests.add({ target: 'salesforce', method, path: path(method) })
    const struck = faults.take('salesforce', path(method))
    if (struck.some(({ kind }) => kind !== 'slow')) {
      return refuse(status.UNAVAILABLE, 'A fault of the lab.', 'service.unavailable')
    }
    const [token, tenant] = [metadata.get('accesstoken')[0], metadata.get('tenantid')[0]]
    if (
      this.#parts.tokens.accepts(token?.toString()) &&
      [labOrgId, labOrgId.slice(0, 15)].includes(String(tenant)) &&
      metadata.get('instanceurl')[0]
    ) {
      return undefined
    }
    const details = 'Authentication exception occurred. RPC ID: lab'
    return refuse(status.UNAUTHENTICATED, details, 'service.auth.error')
  }

  #getTopic({ topic_name }: { topic_name: string }) {
    const topic = this.#parts.bus.topic(topic_name)
    if (!topic) return unknownTopic(topic_name)
    const schema_id = topic.schema.id
    return {
      topic_name,
      tenant_guid: labOrgId,
      can_publish: false,
      can_subscribe: true,
      schema_id,
      rpc_id: 'lab',
    }
  }

  #getSchema({ schema_id }: { schema_id: string }) {
    const schema = this.#parts.bus.schema(schema_id)
    if (!schema) return refuse(status.NOT_FOUND, 'No such schema.', 'schema.fetch.failed')
    return { schema_json: schema.json, schema_id, rpc_id: 'lab' }
  }

  #subscribe(stream: Stream): void {
    const refusal = this.#admit('Subscribe', stream.metadata)
    if (refusal) return void stream.emit('error', refusal)
    this.#streams.add(stream)
    const subscription = new Subscription(stream, this.#parts)
    const end = () => {
      this.#streams.delete(stream)
      subscription.end()
    }
    stream.on('data', (request: FetchRequest) => subscription.fetch(request))
    stream.on('end', () => stream.end())
    for (const event of ['close', 'cancelled', 'error', 'end']) stream.on(event, end)
  }
}

function unknownTopic(name: string): Refusal {
  return refuse(status.NOT_FOUND, `Topic ${name} is not available.`, 'topic.resource.notfound')
}

/** One Subscribe call: delivers no more than was asked for, in order. */
class Subscription {
  readonly #stream: Stream
  readonly #parts: PubSubParts
  #topic: Topic | undefined
  #pending: BusEvent[] = []
  #wanted = 0
  #timer: { cancel(): void } | undefined
  #ended = false
  readonly #heard = (event: BusEvent) => {
    this.#pending.push(event)
    this.#deliver()
  }

  constructor(stream: Stream, parts: PubSubParts) {
    this.#stream = stream
    this.#parts = parts
  }

  fetch(request: FetchRequest): void {
    if (!this.#topic && !this.#begin(request)) return
    if (request.num_requested <= 0 || request.num_requested > largestBatch) {
      const details = 'num_requested must be between 1 and 100.'
      this.#fail(refuse(status.INVALID_ARGUMENT, details, 'subscription.fetch.requested.events.invalid'))
      return
    }
    this.#wanted += request.num_requested
    this.#deliver()
  }

  end(): void {
    this.#ended = true
    this.#timer?.cancel()
    this.#topic?.listeners.delete(this.#heard)
  }

  #begin(request: FetchRequest): boolean {
    const topic = this.#parts.bus.topic(request.topic_name)
    if (!topic) return this.#fail(unknownTopic(request.topic_name))
    if (request.replay_preset === 'CUSTOM') {
      const after = readReplay(request.replay_id)
      if (Number.isNaN(after) || after > this.#parts.bus.last) {
        const details = 'The Replay ID validation failed.'
        const code = 'subscription.fetch.replayid.corrupted'
        return this.#fail(refuse(status.INVALID_ARGUMENT, details, code))
      }
      this.#pending = topic.events.filter(({ replay }) => replay > after)
    }
    if (request.replay_preset === 'EARLIEST') this.#pending = [...topic.events]
    this.#topic = topic
    topic.listeners.add(this.#heard)
    this.#keepAlive()
    return true
  }

  #fail(refusal: Refusal): false {
    this.end()
    this.#stream.emit('error', refusal)
    return false
  }

  #deliver(): void {
    const events = this.#pending.splice(0, this.#wanted)
    if (events.length === 0 || this.#ended) return
    this.#wanted -= events.length
    this.#say(events)
  }

  #keepAlive(): void {
    this.#timer = this.#parts.world.clock.after(keepaliveMs, () => {
      this.#say([])
      this.#keepAlive()
    })
  }

  #say(events: readonly BusEvent[]): void {
    const schema_id = this.#topic!.schema.id
    this.#stream.write({
      events: events.map(({ replay, payload }) => ({
        event: { id: String(replay), schema_id, payload, headers: [] },
        replay_id: replayBytes(replay),
      })),
      latest_replay_id: replayBytes(events.at(-1)?.replay ?? this.#parts.bus.last),
      rpc_id: 'lab',
      pending_num_requested: this.#wanted,
    })
  }
}
