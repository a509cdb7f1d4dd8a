import { randomBytes } from 'node:crypto'
import type { Clock, Timer } from '../../core/ports.ts'
import type { Leg, Phones } from '../phones.ts'
import { Appearances } from './appearances.ts'
import { elementsOf } from './compositor.ts'
import type { Disturbances } from './disturbances.ts'
import { type DocumentStyle, type Shown, writeDialogInfo, writePidf } from './documents.ts'
import { type Document, describeDnd, describeFeatures, featureEvent, featureType } from './features.ts'
import type { Peer } from './sockets.ts'
import { type SipText, tagOf, uriOf, writeSip } from './text.ts'

interface Watch {
  readonly key: string
  readonly event: string
  readonly extension: string
  readonly request: SipText
  readonly tag: string
  peer: Peer
  cseq: number
  version: number
  told: boolean
  expiresAt: number
  expiry?: Timer
}

export interface NotifierOptions {
  readonly clock: Clock
  readonly phones: Phones
  readonly style: DocumentStyle
  readonly domain: string
  readonly address: () => string
  readonly disturbances: Disturbances
  /** Documents that others have published for an extension. */
  published(extension: string): readonly string[]
}

const contentTypes: Readonly<Record<string, string>> = {
  dialog: 'application/dialog-info+xml',
  presence: 'application/pidf+xml',
  [featureEvent]: featureType,
}

/** First wait for the answer to a NOTIFY over UDP, milliseconds; doubled up to five times. */
const t1 = 500

/** The subscriptions of one server, and the NOTIFYs they get (RFC 6665 section 4.2). */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #watches = new Map<string, Watch>()
  readonly #unanswered = new Map<string, Timer>()
  /** Ended calls that the `kamailio` style goes on showing, newest last. */
  readonly #ended = new Map<string, Leg[]>()
  readonly #appearances = new Appearances()
  #kept: (() => void) | undefined

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#watches.size
  }

  contacts(): readonly string[] {
    return [...this.#watches.values()].map((watch) => uriOf(watch.request.get('contact')))
  }

  has(key: string): boolean {
    return this.#watches.has(key)
  }

  /** A new subscription or a refresh; `expires` 0 ends it. Returns its tag. */
  accept(request: SipText, about: { event: string; extension: string; expires: number; peer: Peer }): string {
    const key = keyOf(request)
    const known = this.#watches.get(key)
    const watch: Watch = known ?? {
      key,
      request,
      tag: randomBytes(8).toString('hex'),
      cseq: 100,
      version: 0,
      told: false,
      expiresAt: 0,
      ...about,
    }
    watch.peer = about.peer
    watch.expiry?.cancel()
    this.#watches.set(key, watch)
    if (about.expires > 0) {
      watch.expiresAt = this.#options.clock.monotonic() + about.expires * 1000
      watch.expiry = this.#options.clock.after(about.expires * 1000, () => this.#finish(watch, 'timeout'))
    }
    return watch.tag
  }

  /** The NOTIFY that answers a SUBSCRIBE. */
  answer(request: SipText, ended: boolean): void {
    const watch = this.#watches.get(keyOf(request))
    if (!watch) return
    watch.told = false
    if (ended) this.#finish(watch, 'timeout')
    else this.#notify(watch)
  }

  /** Tells every watcher of an extension's lamp; `changed` is what a partial document tells. */
  tell(extension: string, changed?: Leg): void {
    if (changed?.state === 'ended') this.#keepEnded(changed)
    for (const watch of [...this.#watches.values()]) {
      if (watch.extension === extension && watch.event !== featureEvent) this.#notify(watch, { changed })
    }
    if (changed?.state === 'ended') this.#appearances.release(changed)
  }

  /** Tells do not disturb to who keeps it in step. */
  tellDnd(extension: string): void {
    for (const watch of [...this.#watches.values()]) {
      if (watch.extension === extension && watch.event === featureEvent) this.#notify(watch)
    }
  }

  /** Sends this text as the document of an extension, whatever it is. */
  tellRaw(extension: string, event: string, body: string): void {
    for (const watch of this.#watches.values()) {
      if (watch.extension === extension && watch.event === event) this.#notify(watch, { body })
    }
  }

  /** Ends subscriptions with `Subscription-State: terminated`. */
  end(extension: string, reason: string, retryAfter?: number): void {
    for (const watch of [...this.#watches.values()]) {
      if (watch.extension === extension) this.#finish(watch, reason, retryAfter)
    }
  }

  /** Documents count from 0 again, as after a restart that kept the subscriptions. */
  restartVersions(): void {
    for (const watch of this.#watches.values()) {
      watch.version = 0
      watch.told = false
    }
  }

  /** Forgets every subscription without a word, as a crash does. */
  forget(): void {
    for (const watch of this.#watches.values()) watch.expiry?.cancel()
    for (const timer of this.#unanswered.values()) timer.cancel()
    this.#watches.clear()
    this.#unanswered.clear()
    this.#kept = undefined
  }

  /** An answer to a NOTIFY. */
  takeAnswer(response: SipText): void {
    const branch = /branch=([^;,\s]+)/.exec(response.get('via'))?.[1] ?? ''
    this.#unanswered.get(branch)?.cancel()
    this.#unanswered.delete(branch)
    if (response.words[1] !== '481') return
    const key = `${response.get('call-id')} ${tagOf(response.get('to'))}`
    this.#watches.get(key)?.expiry?.cancel()
    this.#watches.delete(key)
  }

  #finish(watch: Watch, reason: string, retryAfter?: number): void {
    watch.expiry?.cancel()
    this.#watches.delete(watch.key)
    const wait = retryAfter === undefined ? '' : `;retry-after=${retryAfter}`
    this.#notify(watch, { state: `terminated;reason=${reason}${wait}` })
  }

  #notify(watch: Watch, about: { changed?: Leg | undefined; body?: string; state?: string } = {}): void {
    const { type, body } = this.#describe(watch, about)
    const left = Math.max(0, Math.round((watch.expiresAt - this.#options.clock.monotonic()) / 1000))
    const branch = `z9hG4bK${randomBytes(8).toString('hex')}`
    watch.cseq += 1
    const text = writeSip(
      `NOTIFY ${uriOf(watch.request.get('contact'))} SIP/2.0`,
      [
        ['Via', `SIP/2.0/${watch.peer.transport} ${this.#options.address()};branch=${branch};rport`],
        ['From', `${watch.request.get('to').replace(/;tag=.*/, '')};tag=${watch.tag}`],
        ['To', watch.request.get('from')],
        ['Call-ID', watch.request.get('call-id')],
        ['CSeq', `${watch.cseq} NOTIFY`],
        ['Max-Forwards', '70'],
        ['Contact', `<sip:${this.#options.address()}>`],
        ['Event', watch.event],
        ['Subscription-State', about.state ?? `active;expires=${left}`],
        ...(body === '' ? [] : ([['Content-Type', type]] as const)),
      ],
      body,
    )
    this.#post(watch.peer, branch, text)
  }

  #post(peer: Peer, branch: string, text: string): void {
    const { disturbances } = this.#options
    if (disturbances.takeDrop(text)) return
    const send = () => this.#send({ peer, branch, text }, t1)
    if (disturbances.swapNotify > 0 && !this.#kept) {
      disturbances.swapNotify -= 1
      this.#kept = send
      return
    }
    send()
    this.#kept?.()
    this.#kept = undefined
  }

  #send(about: { peer: Peer; branch: string; text: string }, waitMs: number): void {
    about.peer.send(about.text)
    this.#unanswered.delete(about.branch)
    if (about.peer.transport !== 'UDP' || waitMs > t1 * 16) return
    const again = this.#options.clock.after(waitMs, () => this.#send(about, waitMs * 2))
    this.#unanswered.set(about.branch, again)
  }

  #describe(watch: Watch, about: { changed?: Leg | undefined; body?: string }): Document {
    const phone = this.#options.phones.phone(watch.extension)
    if (watch.event === featureEvent && about.body === undefined && phone) {
      const all = !watch.told
      watch.told = true
      return all ? describeFeatures(phone) : describeDnd(phone)
    }
    return { type: contentTypes[watch.event]!, body: about.body ?? this.#write(watch, about.changed) }
  }

  #write(watch: Watch, changed: Leg | undefined): string {
    const { phones, style, domain } = this.#options
    const phone = phones.phone(watch.extension)
    if (!phone) return ''
    const legs = [
      ...(style === 'kamailio' ? (this.#ended.get(watch.extension) ?? []) : []),
      ...phones.legs(watch.extension),
    ]
    const shown: Shown = { phone, legs }
    if (watch.event === 'presence') {
      const published = this.#options.published(watch.extension).map(elementsOf).join('')
      return writePidf(style, shown, { domain, published })
    }
    const partial = style === 'partial' && watch.told
    const told = partial ? { phone, legs: changed ? [changed] : [] } : shown
    const body = writeDialogInfo(style, told, {
      ...{ version: watch.version, domain, partial },
      idOf: (leg) => (style === 'kamailio' ? leg.id : this.#appearances.of(leg)),
    })
    watch.version += 1
    watch.told = true
    return body
  }

  #keepEnded(leg: Leg): void {
    this.#ended.set(leg.extension, [...(this.#ended.get(leg.extension) ?? []), leg].slice(-2))
  }
}

/** What names a subscription dialog: Call-ID and the subscriber's tag. */
export function keyOf(request: SipText): string {
  return `${request.get('call-id')} ${tagOf(request.get('from'))}`
}
