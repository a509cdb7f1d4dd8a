import { randomUUID } from 'node:crypto'
import { type Msg, type NatsConnection, NoRespondersError, RequestError } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { type Bus, type BusEnd, BusFailure } from '../core/bus.ts'
import type { Log } from '../core/ports.ts'
import { packMessage, unpackMessage } from './packing.ts'
import { connectionOf, type NatsSettings } from './settings.ts'
import { checkSubject } from './words.ts'

export interface NatsBusOptions extends NatsSettings {
  /** First word of every subject: installations that share servers have one each. */
  readonly prefix: string
  /** What the connection is listed as at the server. */
  readonly name: string
  readonly log?: Log | undefined
}

/** The oldest version that the tests run against. */
const oldest = [2, 9] as const
/** Less than this many bytes and a person's view may not fit. */
const leastPayload = 256 * 1024
const firstConnectMs = 10_000
const proveMs = 5_000

type Answer = { readonly ok: unknown } | { readonly refused: string }

/**
 * Connects to the first server that answers, and to another when that goes. Rejects with BusFailure, in words, where none
 * answers within 10 s, or where one lacks something that is relied on and would ignore it silently.
 */
export async function openNatsBus(options: NatsBusOptions): Promise<Bus> {
  const connection = await open(options)
  try {
    checkServer(connection)
    const bus = new NatsBus(connection, options)
    await prove(bus)
    return bus
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function open(options: NatsBusOptions): Promise<NatsConnection> {
  try {
    return await connect({
      ...connectionOf(options),
      name: options.name,
      timeout: firstConnectMs,
      // For as long as the node lives, not all nodes at once, and not so seldom that others think it dead.
      ...{ maxReconnectAttempts: -1, reconnectTimeWait: 250, reconnectJitter: 500, reconnectJitterTLS: 500 },
      // Nor given up where the servers refuse the account twice: passwords are changed there and here one after the other.
      ignoreAuthErrorAbort: true,
      // A server that is gone without a word is noticed within 4 to 6 s.
      ...{ pingInterval: 2_000, maxPingOut: 2 },
    })
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    const message = `No NATS server of cluster.nats.servers lets this node in: ${words}. See that they run, and that the account is right`
    throw new BusFailure('away', message, { cause })
  }
}

/** @throws BusFailure refused */
export function checkServer({ info }: Pick<NatsConnection, 'info'>): void {
  const [major = 0, minor = 0] = (info?.version ?? '').split('.').map((part) => Number.parseInt(part, 10))
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    throw new BusFailure(
      'refused',
      `The NATS server is ${info?.version}; ${oldest.join('.')} or newer is needed`,
    )
  if (!info?.headers)
    throw new BusFailure(
      'refused',
      'The NATS server has headers off, and without them nobody learns that nobody answers',
    )
  if (info.max_payload < leastPayload)
    throw new BusFailure(
      'refused',
      `The NATS server carries ${info.max_payload} bytes a message; set max_payload to at least ${leastPayload}`,
    )
}

/** What an account may not do, and what a server does not know, is passed over in silence: so it is tried out. */
async function prove(bus: Bus): Promise<void> {
  const own = `proof.${randomUUID()}`
  const lacks = (what: string) =>
    new BusFailure(
      'refused',
      `The NATS server ${what}. See that the account may publish and subscribe to every subject below the prefix, and to _INBOX.>`,
    )
  const served = bus.answer(own, (message) => message)
  try {
    if ((await bus.ask(own, own, proveMs).catch(() => undefined)) !== own)
      throw lacks('does not bring an answer to a question')
  } finally {
    served.end()
  }
  const nobody = await bus.ask(`${own}.nobody`, own, proveMs).then(
    () => false,
    (error: unknown) => error instanceof BusFailure && error.kind === 'nobody',
  )
  if (!nobody) throw lacks('does not tell that nobody answers')
}

class NatsBus implements Bus {
  readonly #connection: NatsConnection
  readonly #prefix: string
  readonly #log: Log | undefined
  readonly #watchers = new Set<(connected: boolean) => void>()
  #connected = true

  constructor(connection: NatsConnection, { prefix, log }: NatsBusOptions) {
    this.#connection = connection
    this.#prefix = prefix
    this.#log = log
    void this.#follow()
  }

  get connected(): boolean {
    return this.#connected
  }

  tell(subject: string, message: unknown): void {
    const full = this.#full(checkSubject(subject))
    if (this.#connected) this.#connection.publish(full, this.#pack(message))
  }

  hear(subject: string, heard: (message: unknown, subject: string) => void): BusEnd {
    return this.#listen(checkSubject(subject, true), (message) => {
      const read = this.#read(message)
      if (read) heard(read.message, message.subject.slice(this.#prefix.length + 1))
    })
  }

  async ask(subject: string, message: unknown, withinMs: number): Promise<unknown> {
    const full = this.#full(checkSubject(subject))
    if (!this.#connected) throw new BusFailure('away', 'This node has no connection to a NATS server')
    const payload = this.#pack(message)
    let reply: Msg
    try {
      reply = await this.#connection.request(full, payload, { timeout: withinMs })
    } catch (cause) {
      throw this.#explain(cause, subject, withinMs)
    }
    const answer = unpackMessage(reply.data) as Answer
    if ('refused' in answer) throw new BusFailure('refused', answer.refused)
    return answer.ok
  }

  answer(subject: string, answered: (message: unknown) => Promise<unknown> | unknown): BusEnd {
    return this.#listen(checkSubject(subject), async (message) => {
      const read = this.#read(message)
      if (!read || !message.reply) return
      let answer: Answer
      try {
        answer = { ok: await answered(read.message) }
      } catch (cause) {
        answer = { refused: cause instanceof Error ? cause.message : String(cause) }
      }
      this.#respond(message, answer)
    })
  }

  watch(changed: (connected: boolean) => void): BusEnd {
    this.#watchers.add(changed)
    return { end: () => void this.#watchers.delete(changed) }
  }

  async close(): Promise<void> {
    this.#watchers.clear()
    this.#connected = false
    await this.#connection.close()
  }

  #full(subject: string): string {
    return `${this.#prefix}.${subject}`
  }

  #pack(message: unknown): Uint8Array {
    return packMessage(message, this.#connection.info?.max_payload ?? leastPayload)
  }

  /** Of another program, or of a version that writes differently: left aside. */
  #read({ data, subject }: Msg): { readonly message: unknown } | undefined {
    try {
      return { message: unpackMessage(data) }
    } catch (error) {
      this.#log?.warn('a message between nodes cannot be read', { subject, error })
      return undefined
    }
  }

  #respond(message: Msg, answer: Answer): void {
    if (!this.#connected) return
    try {
      message.respond(this.#pack(answer))
    } catch (error) {
      const refused = error instanceof BusFailure ? error.message : 'the answer cannot be sent'
      message.respond(this.#pack({ refused }))
    }
  }

  #listen(subject: string, heard: (message: Msg) => Promise<void> | void): BusEnd {
    const take = async (message: Msg) => heard(message)
    const subscription = this.#connection.subscribe(this.#full(subject), {
      callback: (error, message) => {
        if (error) this.#log?.warn('the NATS server refuses what this node listens to', { subject, error })
        // What is thrown here would end the library's reading of everything, until it takes the server for gone.
        else
          take(message).catch((cause: unknown) =>
            this.#log?.error('a message between nodes could not be taken', { subject, cause }),
          )
      },
    })
    return { end: () => void (this.#connection.isClosed() || subscription.unsubscribe()) }
  }

  #explain(cause: unknown, subject: string, withinMs: number): BusFailure {
    const nobody =
      cause instanceof NoRespondersError || (cause instanceof RequestError && cause.isNoResponders())
    if (nobody) return new BusFailure('nobody', `Nobody answers at ${subject}`, { cause })
    if (!this.#connected || this.#connection.isClosed())
      return new BusFailure('away', 'The connection to the NATS server was lost', { cause })
    return new BusFailure('late', `No answer at ${subject} within ${withinMs} ms`, { cause })
  }

  async #follow(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === 'disconnect') this.#set(false)
      else if (status.type === 'reconnect') this.#set(true)
    }
    this.#set(false)
  }

  #set(connected: boolean): void {
    if (this.#connected === connected) return
    this.#connected = connected
    if (connected) this.#log?.info('the NATS server is there again', { server: this.#connection.getServer() })
    else this.#log?.warn('the NATS server is away; it is looked for again', {})
    for (const changed of this.#watchers) changed(connected)
  }
}
