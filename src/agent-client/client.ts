import { Publications } from './publications.ts'
import type {
  DirectoryEntry,
  HubFrame,
  Notice,
  NumberedFrame,
  Observation,
  Outcome,
  Publication,
} from './wire.ts'

/** What an agent knows and can do; everything may be asked at any time. */
export interface AgentSource {
  /** Everything that is true now at these addresses; one that is not there has no observations. */
  snapshot(addresses: readonly string[]): readonly Observation[] | Promise<readonly Observation[]>
  /** Sets something, reads back whether it is so, and tells. Never asked twice for one publication at once. */
  publish?(publication: Publication): Outcome | Promise<Outcome>
  /** Everyone it can speak for, with their mail addresses. */
  directory?(): readonly DirectoryEntry[] | Promise<readonly DirectoryEntry[]>
  /** The whole set of addresses that the hub listens to here. */
  follow?(addresses: readonly string[]): void
  /** Shows the person something now (a notification on their desktop); nobody waits for an answer. */
  notice?(notice: Notice): void
}

/** How the connection is. */
export type AgentStatus =
  | { readonly state: 'connected' }
  /** Tried again by itself. */
  | { readonly state: 'lost'; readonly reason: string }
  /** Not tried again: the hub said why (`unauthorized`, `scope`, `protocol`, `replaced`). */
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }

/** The part of a WebSocket (browsers, Node 22 and later) that is used. */
export interface SocketLike {
  send(text: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: never) => void): void
}

export interface AgentOptions {
  /** `https://hub.example/hooks/{tenant}/{connector}`, as the hub shows it on its health page. */
  readonly url: string
  /** The agent's name in the configuration of the hub. */
  readonly agent: string
  readonly token: string
  readonly source: AgentSource
  /** Those it speaks for, of those it may; all of them when left out. */
  readonly addresses?: readonly string[]
  /** What it is, for people: `tapi-agent 1.2`. */
  readonly program?: string
  readonly status?: (status: AgentStatus) => void
  /** What the hub did not take: a fault of this agent. */
  readonly refused?: (error: Extract<HubFrame, { type: 'error' }>) => void
  /** Default: the WebSocket of the platform. */
  readonly openSocket?: (url: string) => SocketLike
  /** Default: the timers of the platform. Returns how to cancel. */
  readonly after?: (delayMs: number, callback: () => void) => () => void
  /** Between attempts to connect, milliseconds: growing from the first to the longest. Default 500 and 30,000. */
  readonly retryMs?: { readonly first: number; readonly longest: number }
}

/** The hub takes frames of 256 KiB: so many addresses or entries go into one at most. */
const perFrame = 400
/** Trying again would change nothing until somebody does something. */
const final = new Set(['unauthorized', 'scope', 'protocol', 'replaced'])
/** Until a connection has to have said welcome, milliseconds. */
const welcomeMs = 10_000

/** One agent: keeps a WebSocket to the hub, tells what changes, answers what is asked. */
export class AgentClient {
  readonly #options: AgentOptions
  readonly #after: NonNullable<AgentOptions['after']>
  readonly #publications: Publications
  #socket: SocketLike | undefined
  #followed: ReadonlySet<string> = new Set()
  #welcomed = false
  #seq = 0
  #wait: number
  #heard = true
  #cancelBeat: () => void = () => {}
  #cancelRetry: () => void = () => {}
  #running = false
  #refusal: Extract<HubFrame, { type: 'error' }> | undefined

  constructor(options: AgentOptions) {
    this.#options = options
    this.#after = options.after ?? afterByTimer
    this.#publications = new Publications(options.source)
    this.#wait = options.retryMs?.first ?? 500
  }

  get connected(): boolean {
    return this.#welcomed
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#connect()
  }

  /** `bye`: what was said is over, and the agent is not missed. Without it, the hub keeps it for a while as lost. */
  stop({ bye = true }: { readonly bye?: boolean } = {}): void {
    this.#running = false
    this.#cancelRetry()
    if (bye && this.#welcomed) this.#sendFrame({ type: 'bye' })
    this.#drop('stopped')
  }

  /** Something changed at an address. Not kept while there is no connection: the next one begins with a snapshot. */
  observed(observation: Observation): void {
    if (this.#welcomed && this.#followed.has(observation.address))
      this.#say({ type: 'observed', observation })
  }

  /** Everything at these addresses, as the caller has it: what is left out has ended. */
  tell(addresses: readonly string[], observations: readonly Observation[]): void {
    if (!this.#welcomed) return
    const asked = addresses.filter((address) => this.#followed.has(address))
    for (let from = 0; from < asked.length; from += perFrame) {
      const some = asked.slice(from, from + perFrame)
      const named = new Set(some)
      const about = observations.filter(({ address }) => named.has(address))
      this.#say({ type: 'snapshot', addresses: some, observations: about })
    }
  }

  /** Everything at these addresses is asked for at the source and told anew. */
  async refresh(addresses: readonly string[]): Promise<void> {
    const socket = this.#socket
    const asked = addresses.filter((address) => this.#followed.has(address))
    for (let from = 0; from < asked.length; from += perFrame) {
      const some = asked.slice(from, from + perFrame)
      const observations = await this.#options.source.snapshot(some)
      if (this.#socket !== socket || !this.#welcomed) return
      this.#say({ type: 'snapshot', addresses: some, observations })
    }
  }

  /** Sends text as it is: for trying out how a hub takes what is wrong. */
  sendRaw(text: string): void {
    this.#socket?.send(text)
  }

  #connect(): void {
    const { url, openSocket = (to) => new WebSocket(to) as SocketLike } = this.#options
    let socket: SocketLike
    try {
      socket = openSocket(`${url.replace(/^http/, 'ws').replace(/\/+$/, '')}/v1`)
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error))
      return
    }
    this.#socket = socket
    this.#seq = 0
    this.#refusal = undefined
    this.#cancelBeat = this.#after(welcomeMs, () => this.#cut(socket, 'the hub did not answer'))
    socket.addEventListener('open', () => this.#hello(socket))
    socket.addEventListener('message', (event: { data: unknown }) => {
      if (this.#socket === socket) this.#take(String(event.data))
    })
    socket.addEventListener('close', (event: { code?: number }) => {
      if (this.#socket === socket) this.#lose(`the connection was closed (${event.code ?? 'no code'})`)
    })
    // A close follows.
    socket.addEventListener('error', () => {})
  }

  #hello(socket: SocketLike): void {
    if (this.#socket !== socket) return
    const { agent, token, addresses, program } = this.#options
    this.#sendFrame({
      ...{ type: 'hello', protocol: 1, agent, token, session: crypto.randomUUID() },
      ...(addresses && { addresses }),
      ...(program !== undefined && { program }),
    })
  }

  #take(text: string): void {
    this.#heard = true
    const frame = readFrame(text)
    if (!frame) return
    if (frame.type === 'welcome') this.#begin(frame.heartbeatSeconds)
    else if (frame.type === 'error') this.#refused(frame)
    else if (frame.type === 'follow') {
      this.#followed = new Set(frame.addresses)
      this.#options.source.follow?.(frame.addresses)
    } else if (frame.type === 'read') void this.#work(() => this.refresh(frame.addresses))
    else if (frame.type === 'list') void this.#work(() => this.#list(frame.id))
    else if (frame.type === 'notice') {
      const { address, kind, text } = frame
      this.#options.source.notice?.({ address, kind, text })
    } else if (frame.type === 'publish') void this.#work(() => this.#publish(frame.publication))
  }

  #begin(heartbeatSeconds: number): void {
    this.#welcomed = true
    this.#wait = this.#options.retryMs?.first ?? 500
    this.#beat(this.#socket, heartbeatSeconds * 1000)
    this.#options.status?.({ state: 'connected' })
  }

  #beat(socket: SocketLike | undefined, everyMs: number): void {
    this.#cancelBeat()
    this.#heard = true
    const next = () => {
      if (this.#socket !== socket || !socket) return
      if (!this.#heard) {
        this.#cut(socket, 'the hub no longer answers')
        return
      }
      this.#heard = false
      this.#sendFrame({ type: 'heartbeat' })
      this.#cancelBeat = this.#after(everyMs, next)
    }
    this.#cancelBeat = this.#after(everyMs, next)
  }

  #refused(error: Extract<HubFrame, { type: 'error' }>): void {
    if (!this.#welcomed || error.code === 'replaced') this.#refusal = error
    this.#options.refused?.(error)
  }

  async #list(id: string): Promise<void> {
    const socket = this.#socket
    const entries = (await this.#options.source.directory?.()) ?? []
    for (let from = 0; from === 0 || from < entries.length; from += perFrame) {
      const more = from + perFrame < entries.length
      if (this.#socket !== socket) return
      this.#say({ type: 'directory', id, more, entries: entries.slice(from, from + perFrame) })
    }
  }

  async #publish(publication: Publication): Promise<void> {
    const socket = this.#socket
    const outcome = await this.#publications.take(publication)
    // The hub has counted it as failed when the connection ended, and asks again.
    if (this.#socket !== socket) return
    this.#say({ type: 'outcome', publication: publication.id, ...outcome })
    if (outcome.kind === 'applied' || outcome.kind === 'failed') await this.refresh([publication.address])
  }

  /** What the source throws ends nothing: the hub hears nothing, and asks again. */
  async #work(task: () => Promise<void>): Promise<void> {
    try {
      await task()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.#options.refused?.({ type: 'error', code: 'source', message })
    }
  }

  #say(frame: NumberedFrame): void {
    this.#seq += 1
    this.#sendFrame({ ...frame, seq: this.#seq })
  }

  #sendFrame(frame: object): void {
    this.#socket?.send(JSON.stringify(frame))
  }

  #cut(socket: SocketLike, reason: string): void {
    if (this.#socket !== socket) return
    this.#lose(reason)
    socket.close()
  }

  #drop(reason: string): void {
    const socket = this.#socket
    this.#forget()
    socket?.close(1000, reason)
  }

  #forget(): void {
    this.#socket = undefined
    this.#welcomed = false
    this.#followed = new Set()
    this.#cancelBeat()
  }

  #lose(reason: string): void {
    this.#forget()
    if (!this.#running) return
    const refusal = this.#refusal
    if (refusal && final.has(refusal.code)) {
      this.#running = false
      this.#options.status?.({ state: 'refused', code: refusal.code, reason: refusal.message })
      return
    }
    this.#options.status?.({ state: 'lost', reason: refusal?.message ?? reason })
    const { longest = 30_000 } = this.#options.retryMs ?? {}
    const wait = this.#wait / 2 + (Math.random() * this.#wait) / 2
    this.#wait = Math.min(this.#wait * 2, longest)
    this.#cancelRetry = this.#after(wait, () => {
      if (this.#running) this.#connect()
    })
  }
}

/** What is no frame (a proxy's page) is passed over: a hub that says nothing else is given up in time. */
function readFrame(text: string): HubFrame | undefined {
  try {
    return JSON.parse(text) as HubFrame
  } catch {
    return undefined
  }
}

function afterByTimer(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}
