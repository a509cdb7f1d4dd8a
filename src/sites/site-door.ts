import { randomBytes } from 'node:crypto'
import type { ProgramSocket } from '../core/connector.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import { decodeSiteFrame } from './decode.ts'
import { isProof, isPublicKey } from './key-pair.ts'
import { Assembler } from './pieces.ts'
import type { Leaving, SiteBook } from './site-book.ts'
import { SiteLink } from './site-link.ts'
import type { SiteLinks } from './site-links.ts'
import {
  type HubFrame,
  isAdjacent,
  proofMs,
  protocolVersion,
  type RefusalCode,
  type SiteFrame,
  sessionMs,
} from './wire.ts'

/** How many may stand before the door and have said nothing that proves them. */
const mostStrangers = 200

/** The socket of a site: directly, or through another hub. */
export type SiteSocket = Pick<ProgramSocket, 'send' | 'close' | 'listen'>

/** What a site has said first, and the challenge that it answers. */
export interface Knock {
  readonly nonce: string
  readonly first: string
  /** It stood before another hub, which passed it on to this one. */
  readonly relayed?: true
}

export interface SiteDoorParts {
  readonly book: SiteBook
  readonly links: SiteLinks
  readonly clock: Clock
  readonly log: Log
  /** Of the hub. */
  readonly version: string
  /** Whether this hub serves the tenant. */
  readonly isHere: (tenant: string) => boolean
  /** Passes a site on to the hub that has its tenant; false where none has. */
  readonly passOn?: (tenant: string, socket: SiteSocket, knock: Knock) => boolean
}

type Hello = Extract<SiteFrame, { t: 'hello' }>
type Enrol = Extract<SiteFrame, { t: 'enrol' }>

/** Where sites come in: by a code once, by their key from then on. */
export class SiteDoor {
  readonly #parts: SiteDoorParts
  #strangers = 0

  constructor(parts: SiteDoorParts) {
    this.#parts = parts
  }

  /** Somebody has opened a socket. */
  accept(socket: SiteSocket): void {
    if (this.#strangers >= mostStrangers) return void socket.close(1013, 'too many at once')
    const nonce = makeNonce()
    const timer = this.#await(socket)
    let onward: ReturnType<typeof relisten> | undefined
    socket.listen({
      heard: (text) => {
        if (onward) return void onward.heard(text)
        timer.cancel()
        onward = relisten(socket)
        this.admit(onward.socket, { nonce, first: text })
      },
      ended: () => {
        timer.cancel()
        onward?.ended()
      },
    })
    send(socket, { t: 'challenge', nonce, protocol: protocolVersion, version: this.#parts.version })
  }

  /** Whoever knocked here or at another hub of this installation. */
  admit(socket: SiteSocket, knock: Knock): void {
    const frame = decodeSiteFrame(knock.first)
    if (frame?.t !== 'hello' && frame?.t !== 'enrol') {
      return void refuse(socket, 'invalid', 'It did not say who it is.')
    }
    if (!isAdjacent(frame.protocol)) {
      const words = `The site speaks version ${frame.protocol} of the link, this hub ${protocolVersion}; they may be one apart. Bring the older of the two (site ${frame.version}, hub ${this.#parts.version}) up to date.`
      return void refuse(socket, 'version', words)
    }
    const { tenant } = frame
    if (!this.#parts.isHere(tenant)) {
      if (knock.relayed) {
        return void refuse(socket, 'later', 'The tenant is changing hands. It is tried again.')
      }
      if (this.#parts.passOn?.(tenant, socket, knock)) return
      // Whether there is such a tenant is not told to strangers.
      if (frame.t === 'hello') refuse(socket, 'unknown', unknownSite)
      else refuse(socket, 'code', wrongCode)
      return
    }
    const admitted =
      frame.t === 'hello' ? this.#greet(socket, frame, knock.nonce) : this.#enrol(socket, frame)
    admitted.catch((error: unknown) => {
      this.#parts.log.error('a site could not be let in', { tenant, error })
      refuse(socket, 'later', lookUpFailed)
    })
  }

  async #enrol(socket: SiteSocket, { tenant, code, key }: Enrol): Promise<void> {
    if (!isPublicKey(key)) return void refuse(socket, 'invalid', 'The key of the site is no Ed25519 key.')
    const row = await this.#parts.book.redeem(tenant, code, key)
    if (!row) {
      this.#parts.log.warn('a site came with a code that lets nobody in', { tenant })
      return void refuse(socket, 'code', wrongCode)
    }
    this.#parts.log.info('a site was enrolled', { tenant, site: row.name, connectors: row.connectors })
    this.#parts.links.find(tenant, row.name)?.refuse('superseded', sentAway.superseded)
    send(socket, { t: 'enrolled', site: row.name, connectors: row.connectors })
    socket.close(1000, 'enrolled')
  }

  async #greet(socket: SiteSocket, hello: Hello, nonce: string): Promise<void> {
    const { book, links, clock, log, version: own } = this.#parts
    const { tenant, site, run, version, protocol } = hello
    // What comes before it is let in is kept for it, not lost.
    const early: string[] = []
    let link: SiteLink | undefined
    let over = false
    let heard = (text: string) => void early.push(text)
    socket.listen({
      heard: (text) => heard(text),
      ended: () => {
        over = true
        link?.end('the connection was cut')
      },
    })
    const row = await book.find(tenant, site)
    if (!row || !isProof({ tenant, site, nonce }, row.key, hello.signature)) {
      log.warn('a site that is not enrolled was refused', { tenant, site })
      const isOf = (key: string) => isProof({ tenant, site, nonce }, key, hello.signature)
      const how = await book.whatBecameOf(tenant, site, isOf)
      return void (how ? refuse(socket, how, sentAway[how]) : refuse(socket, 'unknown', unknownSite))
    }
    if (over) return
    const counter = links.counterOf(tenant, site, run)
    const renewal = new Renewal({ tenant, site, key: row.key, book, clock, log, version: own })
    const opened: SiteLink = new SiteLink({
      ...{ tenant, site, version, protocol, socket, clock, counter, connectors: row.connectors },
      said: (of, said) => links.said(opened, of, said),
      ended: (reason) => {
        renewal.stop()
        log.warn('the link to a site is down', { tenant, site, reason })
        links.ended(opened, reason)
      },
    })
    link = opened
    renewal.start(opened)
    const pieces = new Assembler()
    heard = (piece) => {
      const text = take(pieces, piece)
      if (text === undefined) return
      const frame = decodeSiteFrame(text)
      if (!frame) opened.refuse('invalid', 'It said something that is no frame of the link.')
      else if (frame.t === 'proof') void renewal.proven(opened, frame.signature)
      else opened.heard(frame)
    }
    opened.send({ t: 'welcome', after: counter.n, at: clock.monotonic(), connectors: row.connectors })
    log.info('a site is connected', { tenant, site, version })
    for (const text of early) heard(text)
    links.attach(opened)
    // Whoever revoked it meanwhile found no link to end.
    await renewal.isEnrolled(opened)
  }

  #await(socket: SiteSocket): Timer {
    this.#strangers += 1
    let waits = true
    const timer = this.#parts.clock.after(proofMs, () => {
      refuse(socket, 'invalid', 'It did not say who it is in time.')
      leave()
    })
    const leave = () => {
      if (waits) this.#strangers -= 1
      waits = false
      timer.cancel()
    }
    return { cancel: leave }
  }
}

const unknownSite =
  'The hub does not know this site: it was revoked, or enrolled anew elsewhere. Enrol it with a new code.'
const sentAway: Readonly<Record<Leaving, string>> = {
  revoked: 'An administrator revoked this site.',
  superseded: 'Another one was enrolled in its place, with a key of its own.',
}
const lookUpFailed = 'The hub could not look the site up. It is tried again.'
const wrongCode =
  'The code is wrong, was used, or has expired (a code works once, for an hour). Make a new one: hookswitch sites code.'

interface RenewalParts {
  readonly tenant: string
  readonly site: string
  /** Public key that it came in with. */
  readonly key: string
  readonly book: Pick<SiteBook, 'find'>
  readonly clock: Clock
  readonly log: Log
  /** Of the hub. */
  readonly version: string
}

/** Has a site prove who it is again and again while it is connected, and looks whether it still may. */
class Renewal {
  readonly #own: RenewalParts
  #timer: Timer | undefined
  #nonce: string | undefined
  #isOver = false

  constructor(own: RenewalParts) {
    this.#own = own
  }

  start(link: SiteLink): void {
    if (this.#isOver) return
    const { clock, version } = this.#own
    this.#timer = clock.after(sessionMs, () => {
      this.#nonce = makeNonce()
      link.send({ t: 'challenge', nonce: this.#nonce, protocol: protocolVersion, version })
      this.#timer = clock.after(proofMs, () => link.refuse('later', 'It did not prove who it is in time.'))
    })
  }

  async proven(link: SiteLink, signature: string): Promise<void> {
    const { tenant, site, key } = this.#own
    const nonce = this.#nonce
    this.#nonce = undefined
    this.#timer?.cancel()
    if (nonce === undefined || !isProof({ tenant, site, nonce }, key, signature)) {
      return void link.refuse('unknown', unknownSite)
    }
    if (await this.isEnrolled(link)) this.start(link)
  }

  /** Looked up again, for a revocation may have gone past this hub. Whoever is not enrolled with its key is sent away. */
  async isEnrolled(link: SiteLink): Promise<boolean> {
    const { tenant, site, key, book, log } = this.#own
    try {
      const row = await book.find(tenant, site)
      if (row?.key === key) return true
      log.warn('a site that is not enrolled any more was sent away', { tenant, site })
      const how = row ? 'superseded' : 'revoked'
      link.refuse(how, sentAway[how])
    } catch (error) {
      log.error('a site could not be looked up again', { tenant, site, error })
      link.refuse('later', lookUpFailed)
    }
    return false
  }

  stop(): void {
    this.#isOver = true
    this.#timer?.cancel()
  }
}

/** A socket has one listener; whoever takes over from the door listens to this one. */
function relisten(socket: SiteSocket): {
  readonly socket: SiteSocket
  heard(text: string): void
  ended(): void
} {
  let listener: Parameters<SiteSocket['listen']>[0] | undefined
  return {
    socket: {
      send: (text) => socket.send(text),
      close: (code, reason) => socket.close(code, reason),
      listen: (next) => {
        listener = next
      },
    },
    heard: (text) => listener?.heard(text),
    ended: () => listener?.ended(),
  }
}

/** What is too long is no frame. */
function take(pieces: Assembler, piece: string): string | undefined {
  try {
    return pieces.take(piece)
  } catch {
    return ''
  }
}

function makeNonce(): string {
  return randomBytes(24).toString('base64url')
}

function send(socket: SiteSocket, frame: HubFrame): void {
  socket.send(JSON.stringify(frame))
}

function refuse(socket: SiteSocket, code: RefusalCode, reason: string): void {
  send(socket, { t: 'refused', code, reason })
  socket.close(code === 'later' ? 1013 : 1008, code)
}
