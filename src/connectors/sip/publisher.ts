import type { ConnectorContext, Outcome, Publication, WriteSlot } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import { UNKNOWN } from '../../core/presence.ts'
import { InTurn } from '../kit/in-turn.ts'
import { CredentialsRefused } from '../kit/sip/failures.ts'
import { parseSeconds } from '../kit/sip/header-values.ts'
import { header, type SipResponse } from '../kit/sip/message.ts'
import type { AgentRequest } from '../kit/sip/user-agent.ts'
import type { Settings } from './config.ts'
import { EventState, type Kept } from './event-state.ts'
import { pidfType, publishedStates, writePidf } from './presence-document.ts'

/** An event state of our own beside those of the phones; it ends by itself where nobody refreshes it. */
export function presenceSlot(expires: number): WriteSlot {
  return {
    slot: 'presence',
    states: publishedStates,
    // Taken back, nothing is left: other publications and the phone's own show again.
    neutral: UNKNOWN,
    contribution: 'ownRecord',
    readBack: 'none',
    echo: 'identity',
    expiry: { kind: 'native', lifeMs: expires * 1000 },
    settleMs: 1000,
  }
}

interface Published {
  readonly state: EventState
  /** Until when it is wanted, monotonic. */
  until: number
  timer?: Timer
}

export interface PublisherParts {
  readonly settings: Settings
  readonly context: Pick<ConnectorContext, 'clock' | 'memory' | 'log' | 'metrics'>
  /** False while there is no connection: nothing is sent then. */
  connected(): boolean
  request(request: AgentRequest): Promise<SipResponse>
}

const noConnectionMs = 5000
const busyMs = 30_000
const credentialsMs = 600_000

/** Shows states at a presence server (RFC 3903). What was published is remembered, so that a later process can take it back. */
export class Publisher {
  readonly #parts: PublisherParts
  readonly #inTurn = new InTurn()
  readonly #published = new Map<string, Published>()
  #stopped = false

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  /** Never throws. Publishing the same again is a refresh. */
  publish(publication: Publication): Promise<Outcome> {
    return this.#inTurn.run(publication.address, () => this.#publish(publication))
  }

  start(): void {
    this.#stopped = false
  }

  /** What is published stays; nothing is refreshed any more. */
  stop(): void {
    this.#stopped = true
    for (const { timer } of this.#published.values()) timer?.cancel()
    this.#published.clear()
  }

  async #publish({ address, act, state, slot, lifeMs }: Publication): Promise<Outcome> {
    const { settings, context, connected } = this.#parts
    if (slot !== 'presence') return { kind: 'rejected', reason: `There is no slot "${slot}".` }
    const text = writePidf(this.#target(address), state)
    if (act === 'assert' && text === undefined) {
      return { kind: 'rejected', reason: 'SIP presence has no such state.' }
    }
    if (this.#stopped || !connected()) {
      return { kind: 'deferred', reason: 'There is no connection to the PBX.', retryAfterMs: noConnectionMs }
    }
    const published = await this.#open(address)
    published.timer?.cancel()
    try {
      if (act === 'withdraw') return await this.#withdraw(address, published)
      const seconds = Math.round((lifeMs ?? settings.expires * 1000) / 1000)
      const response = await published.state.publish({ type: pidfType, text: text! }, seconds)
      await this.#remember(address, published.state.kept)
      if (response.status >= 300) return this.#explain(response)
      published.until = context.clock.monotonic() + seconds * 1000
      this.#refreshLater(address, published, text!)
      return { kind: 'applied', at: context.clock.wall() }
    } catch (error) {
      // Everything stops then, until an operator has mended it.
      if (error instanceof CredentialsRefused) {
        return { kind: 'deferred', reason: error.message, retryAfterMs: credentialsMs }
      }
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }

  /** What nobody can name any more has run out, or will: it was given an end. */
  async #withdraw(address: string, { state }: Published): Promise<Outcome> {
    const { clock } = this.#parts.context
    const response = await state.remove()
    if (response === undefined || response.status === 412) {
      await this.#remember(address, undefined)
      return { kind: 'unchanged', at: clock.wall() }
    }
    if (response.status >= 300) return this.#explain(response)
    await this.#remember(address, undefined)
    return { kind: 'applied', at: clock.wall() }
  }

  #target(address: string): string {
    return `sip:${encodeURIComponent(address)}@${this.#parts.settings.domain}`
  }

  async #open(address: string): Promise<Published> {
    const known = this.#published.get(address)
    if (known) return known
    const { settings, context, request } = this.#parts
    const { username, domain } = settings
    const state = new EventState({
      event: 'presence',
      target: this.#target(address),
      publisher: `sip:${encodeURIComponent(username)}@${domain}`,
      kept: readKept(await context.memory.get(keyOf(address))),
      wall: () => context.clock.wall(),
      request,
    })
    const published: Published = { state, until: 0 }
    this.#published.set(address, published)
    return published
  }

  async #remember(address: string, kept: Kept | undefined): Promise<void> {
    const { memory } = this.#parts.context
    if (kept) await memory.set(keyOf(address), kept)
    else await memory.delete(keyOf(address))
  }

  /** Where the server gave less time than is wanted, it is asked again in between. */
  #refreshLater(address: string, published: Published, text: string): void {
    const { clock } = this.#parts.context
    const { kept } = published.state
    if (!kept || this.#stopped) return
    const granted = kept.until - clock.wall()
    const left = published.until - clock.monotonic()
    if (granted >= left - 1000) return
    published.timer = clock.after(granted * 0.75, () => {
      void this.#inTurn.run(address, () => this.#refresh(address, published, text))
    })
  }

  async #refresh(address: string, published: Published, text: string): Promise<void> {
    const { context, connected } = this.#parts
    const left = Math.round((published.until - context.clock.monotonic()) / 1000)
    // Something else was published in the meantime, or it is over.
    if (this.#stopped || left <= 0 || this.#published.get(address) !== published) return
    try {
      if (!connected()) throw new Error('there is no connection')
      const response = await published.state.publish({ type: pidfType, text }, left)
      await this.#remember(address, published.state.kept)
      if (response.status >= 300) throw new Error(`${response.status} ${response.reason}`.trim())
      this.#refreshLater(address, published, text)
    } catch (error) {
      // The hub publishes it again at half of its life; until then the lamp may be out.
      context.metrics.count('sip_publish_refresh_failed')
      context.log.warn('A published state could not be refreshed.', { address, error: String(error) })
    }
  }

  #explain(response: SipResponse): Outcome {
    const { status } = response
    const why = `${status} ${response.reason}`.trim()
    const wait = parseSeconds(header(response, 'retry-after'))
    if (status === 423 || status === 412) return { kind: 'failed', reason: why }
    if (wait !== undefined || status === 503 || status === 480) {
      return { kind: 'deferred', reason: why, retryAfterMs: wait === undefined ? busyMs : wait * 1000 }
    }
    if (status >= 500 && status !== 501) return { kind: 'failed', reason: why }
    return {
      kind: 'rejected',
      reason: `The PBX does not take PUBLISH: ${why}.`,
      fix: fixes[status] ?? usualFix,
    }
  }
}

const keyOf = (address: string) => `published:${address}`

/** What an earlier version wrote, or nobody, is nothing. */
function readKept(value: unknown): Kept | undefined {
  const { etag, until } = (value ?? {}) as { readonly etag?: unknown; readonly until?: unknown }
  return typeof etag === 'string' && typeof until === 'number' ? { etag, until } : undefined
}

const usualFix = 'Look in the log of the PBX why it refuses PUBLISH, or set publish to false.'
const fixes: Readonly<Record<number, string>> = {
  403: 'Allow the account of this connector to publish for the extension.',
  404: 'Correct the extension of this person.',
  405: 'This PBX has no presence server that takes PUBLISH: set publish to false.',
  489: 'This PBX takes no PUBLISH of presence: set publish to false.',
  501: 'This PBX has no presence server that takes PUBLISH: set publish to false.',
}
