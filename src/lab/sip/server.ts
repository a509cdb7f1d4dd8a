import type { SelfSigned } from '../certificate.ts'
import type { Emulator, EmulatorWorld } from '../emulator.ts'
import type { PhoneChange } from '../phones.ts'
import { Compositor } from './compositor.ts'
import { Gatekeeper } from './digest.ts'
import { Disturbances } from './disturbances.ts'
import type { DocumentStyle } from './documents.ts'
import { featureEvent, readSetDnd } from './features.ts'
import { keyOf, Notifier } from './notifier.ts'
import { openSockets, type Peer, type Sockets } from './sockets.ts'
import { readSip, type SipText, userOf, writeAnswer } from './text.ts'

const labEvents = ['dialog', 'presence', featureEvent] as const
export type LabEvent = (typeof labEvents)[number]

export interface SipOptions extends Omit<EmulatorWorld, 'people'> {
  /** Accounts that may watch: user name to password. Default: `hookswitch` with `lab-password`. */
  readonly accounts?: Readonly<Record<string, string>>
  /** Domain and realm; default `lab.example`. */
  readonly domain?: string
  readonly style?: DocumentStyle
  /** Event packages the server knows; default all. */
  readonly events?: readonly LabEvent[]
  /** Shortest and longest subscription, seconds; default 30 and 3600. */
  readonly expires?: { readonly min: number; readonly max: number }
  /** Also listen for TLS, with this certificate. */
  readonly certificate?: SelfSigned
}

/** A PBX's SIP side: it lets accounts watch the lamps and the presence of the lab's phones, and publish states. */
export interface SipEmulator extends Emulator {
  readonly port: number
  readonly tlsPort: number | undefined
  readonly domain: string
  readonly disturbances: Disturbances
  /** Live subscriptions. */
  subscriptions(): number
  /** Where the watchers are reached, for example `sip:hookswitch@127.0.0.1:40000;transport=udp`. */
  contacts(): readonly string[]
  /** Open TCP and TLS connections. */
  connections(): number
  /** SUBSCRIBE, REGISTER and PUBLISH requests so far, refused ones included. */
  requests(): number
  /** Of those, the ones that came with a proof of identity. */
  signIns(): number
  /** Sends this text as the document of an extension. */
  tellRaw(extension: string, event: LabEvent, body: string): void
  /** Documents published for an extension, oldest first. */
  published(extension: string): readonly string[]
  /** Publications are forgotten, as by a restart without a database. */
  forgetPublished(): void
  /** Tells again what was told, unchanged. */
  tellAgain(extension: string): void
  end(extension: string, reason: string, retryAfter?: number): void
  restartVersions(): void
  /** All subscriptions and registrations are forgotten, without a word. */
  forget(): void
  /** Nonces given out so far are stale. */
  expireNonces(): void
  /** The server is away until `restore`; it comes back without its subscriptions. */
  cut(): Promise<void>
  restore(): Promise<void>
}

/** Starts the server on 127.0.0.1: UDP and TCP on one port. */
export async function startSip(options: SipOptions): Promise<SipEmulator> {
  const server = new SipServer(options)
  await server.open()
  return server
}

class SipServer implements SipEmulator {
  readonly domain: string
  readonly disturbances = new Disturbances()
  readonly #options: SipOptions
  readonly #gatekeeper: Gatekeeper
  readonly #notifier: Notifier
  readonly #compositor: Compositor
  readonly #stopListening: (() => void)[] = []
  #sockets: Sockets | undefined
  #requests = 0
  #signIns = 0

  constructor(options: SipOptions) {
    this.#options = options
    this.domain = options.domain ?? 'lab.example'
    const accounts = options.accounts ?? { hookswitch: 'lab-password' }
    this.#gatekeeper = new Gatekeeper(this.domain, new Map(Object.entries(accounts)))
    this.#compositor = new Compositor(options.clock, (extension) => this.#notifier.tell(extension))
    this.#notifier = new Notifier({
      clock: options.clock,
      phones: options.phones,
      style: options.style ?? 'rfc4235',
      domain: this.domain,
      address: () => this.address,
      disturbances: this.disturbances,
      published: (extension) => this.#compositor.bodies(extension),
    })
  }

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  get port(): number {
    return this.#sockets?.port ?? this.#options.port
  }

  get tlsPort(): number | undefined {
    return this.#sockets?.tlsPort
  }

  subscriptions(): number {
    return this.#notifier.size
  }

  contacts(): readonly string[] {
    return this.#notifier.contacts()
  }

  connections(): number {
    return this.#sockets?.connections() ?? 0
  }

  requests(): number {
    return this.#requests
  }

  signIns(): number {
    return this.#signIns
  }

  async open(): Promise<void> {
    const { port, certificate, phones, faults } = this.#options
    this.#sockets = await openSockets(port, certificate, (text, peer) => this.#take(text, peer))
    this.#stopListening.push(phones.on((change) => this.#tellChange(change)))
    this.#stopListening.push(
      faults.on((fault) => {
        if (fault.target !== 'sip' || (fault.kind !== 'drop' && fault.kind !== 'refuse')) return
        void this.cut().then(() => this.restore())
      }),
    )
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopListening.splice(0)) stop()
    this.#notifier.forget()
    this.#compositor.forget()
    await this.#sockets?.close()
  }

  tellRaw(extension: string, event: LabEvent, body: string): void {
    this.#notifier.tellRaw(extension, event, body)
  }

  tellAgain(extension: string): void {
    this.#notifier.tell(extension)
    this.#notifier.tellDnd(extension)
  }

  end(extension: string, reason: string, retryAfter?: number): void {
    this.#notifier.end(extension, reason, retryAfter)
  }

  restartVersions(): void {
    this.#notifier.restartVersions()
  }

  forget(): void {
    this.#notifier.forget()
  }

  expireNonces(): void {
    this.#gatekeeper.expireNonces()
  }

  async cut(): Promise<void> {
    this.#notifier.forget()
    await this.#sockets?.cut()
  }

  async restore(): Promise<void> {
    await this.#sockets?.restore()
  }

  #tellChange(change: PhoneChange): void {
    if (change.type === 'leg') this.#notifier.tell(change.leg.extension, change.leg)
    else if (change.type === 'removed') this.#notifier.end(change.phone.extension, 'noresource')
    else if (change.type !== 'added') this.#notifier.tell(change.phone.extension)
    if (change.type === 'dnd') this.#notifier.tellDnd(change.phone.extension)
  }

  #take(text: string, peer: Peer): void {
    if (this.#options.faults.inForce('sip', 'refuse')) {
      peer.close()
      return
    }
    const message = readSip(text)
    if (!message) return
    if (message.words[0] === 'SIP/2.0') {
      this.#notifier.takeAnswer(message)
      return
    }
    const [method, uri] = message.words
    const logged = this.#options.requests.add({ target: 'sip', method, path: uri })
    const slowMs = this.#disturb(message, peer)
    if (slowMs === undefined) return
    if (slowMs > 0) this.#options.clock.after(slowMs, () => this.#serve(message, peer))
    else logged.status = this.#serve(message, peer)
  }

  /** The lab's common faults: undefined when the request is dealt with, else how much later it is served. */
  #disturb(message: SipText, peer: Peer): number | undefined {
    let slowMs = 0
    for (const fault of this.#options.faults.take('sip', message.words[1])) {
      if (fault.kind === 'slow') slowMs += fault.ms ?? 0
      if (fault.kind !== 'status') continue
      const wait =
        fault.retryAfter === undefined ? [] : ([['Retry-After', String(fault.retryAfter)]] as const)
      this.#answer({ message, peer }, `${fault.status} On Demand`, wait)
      return undefined
    }
    return slowMs
  }

  #serve(message: SipText, peer: Peer): number {
    const to = { message, peer }
    const [method] = message.words
    if (method === 'OPTIONS') return this.#answer(to, '200 OK')
    if (method !== 'SUBSCRIBE' && method !== 'REGISTER' && method !== 'PUBLISH') {
      return this.#answer(to, '405 Method Not Allowed')
    }
    this.#requests += 1
    const proof = message.get('authorization')
    if (proof !== '') this.#signIns += 1
    const challenge = this.#gatekeeper.judge(method, proof)
    if (challenge) return this.#answer(to, '401 Unauthorized', [['WWW-Authenticate', challenge]])
    if (method === 'PUBLISH') return this.#publish(message, peer)
    return method === 'SUBSCRIBE' ? this.#subscribe(message, peer) : this.#register(message, peer)
  }

  #register(message: SipText, peer: Peer): number {
    const expires = message.get('expires') || '3600'
    const contact = `${message.get('contact')};expires=${expires}`
    return this.#answer({ message, peer }, '200 OK', expires === '0' ? [] : [['Contact', contact]])
  }

  #publish(message: SipText, peer: Peer): number {
    const to = { message, peer }
    const refusal = this.disturbances.takeRefusal({ event: 'publish', inDialog: false, change: false })
    if (refusal) return this.#answer(to, refusal.status, refusal.fields)
    if (message.get('event') !== 'presence') return this.#answer(to, '489 Bad Event')
    const extension = userOf(message.words[1])
    if (!this.#options.phones.phone(extension)) return this.#answer(to, '404 Not Found')
    const limits = this.#options.expires ?? { min: 30, max: 3600 }
    const { status, fields } = this.#compositor.take(message, extension, limits)
    return this.#answer(to, status, fields)
  }

  published(extension: string): readonly string[] {
    return this.#compositor.bodies(extension)
  }

  forgetPublished(): void {
    this.#compositor.forget()
  }

  #subscribe(message: SipText, peer: Peer): number {
    const to = { message, peer }
    const event = message.get('event').split(';')[0]!.trim().toLowerCase()
    const inDialog = /;tag=/.test(message.get('to'))
    const change = message.body !== ''
    const refusal = this.disturbances.takeRefusal({ event, inDialog, change })
    if (refusal) return this.#answer(to, refusal.status, refusal.fields)
    const known = (this.#options.events ?? labEvents) as readonly string[]
    if (!known.includes(event)) return this.#answer(to, '489 Bad Event', [['Allow-Events', known.join(', ')]])
    if (inDialog && !this.#notifier.has(keyOf(message))) {
      return this.#answer(to, '481 Subscription Does Not Exist')
    }
    const extension = userOf(inDialog ? message.get('to') : message.words[1])
    if (!this.#options.phones.phone(extension)) return this.#answer(to, '404 Not Found')
    const { min, max } = this.#options.expires ?? { min: 30, max: 3600 }
    const asked = Number(message.get('expires') || '3600')
    if (asked > 0 && asked < min) {
      return this.#answer(to, '423 Interval Too Brief', [['Min-Expires', String(min)]])
    }
    const expires = Math.min(asked, max)
    const tag = this.#notifier.accept(message, { event, extension, expires, peer })
    if (this.disturbances.notifyFirst) this.#notifier.answer(message, expires === 0)
    const fields = [
      ['Expires', String(expires)],
      ['Contact', `<sip:${this.address}>`],
    ] as const
    const status = this.#answer({ ...to, tag }, '200 OK', fields)
    if (!this.disturbances.notifyFirst && !(change && this.#change(message, extension))) {
      this.#notifier.answer(message, expires === 0)
    }
    return status
  }

  /** Does as a feature's document asks. True where a change is told to every watcher, this one too. */
  #change(message: SipText, extension: string): boolean {
    const { phones } = this.#options
    const on = message.get('event') === featureEvent ? readSetDnd(message.body) : undefined
    if (on === undefined || phones.phone(extension)?.dnd === on) return false
    phones.setDnd(extension, on)
    return true
  }

  #answer(
    to: { readonly message: SipText; readonly peer: Peer; readonly tag?: string },
    status: string,
    fields: readonly (readonly [string, string])[] = [],
  ): number {
    const { message, peer, tag = 'lab' } = to
    peer.send(writeAnswer(message, { status, tag, peer, fields }))
    return Number(status.slice(0, 3))
  }
}
