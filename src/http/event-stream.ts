import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Clock, Log, Timer } from '../core/ports.ts'
import type { HubPort, PersonView } from '../core/view.ts'
import type { Caller } from './authorize.ts'
import { EventReader, type Pending, tenantOf } from './event-reader.ts'
import { HiddenRoll } from './hidden-roll.ts'
import { type Veil, veilPerson } from './veil.ts'

export interface EventStreamOptions {
  readonly hub: HubPort
  /** Who may see reasons; everyone where it is left out. */
  readonly veil?: Veil
  readonly clock: Clock
  readonly log: Log
  /** Whether a session of somebody who signed in still lasts; a stream is no use of it. Each does where it is left out. */
  readonly lasts?: (session: string) => boolean
  /** A comment this often keeps proxies from cutting an idle stream, and finds dead peers. Milliseconds. */
  readonly heartbeatMs?: number
  /** A peer that takes nothing for this long is dropped. Milliseconds. */
  readonly patienceMs?: number
}

/** Who wants a stream, of which tenant, and what they had last; `lastEventId` as the peer sent it. */
export interface StreamRequest {
  readonly tenant?: string
  readonly lastEventId?: string
  readonly caller?: Caller | undefined
}

export const mostStreams = 500

/** The hub is watched a little longer than anybody reads, so that a reader who comes back gets only what changed. */
const lingerMs = 60_000

/** Looking through everyone costs something with a hundred thousand people, so it is not done at every heartbeat. */
const beatsPerRollCall = 4

function keyOf({ tenant, id }: Pick<PersonView, 'tenant' | 'id'>): string {
  return `${tenant}/${id}`
}

function inTenant(key: string, tenant: string | undefined): boolean {
  return tenant === undefined || tenant === tenantOf(key)
}

/**
 * Server-sent events (WHATWG HTML, section 9.2): `person` with a PersonView; `removed` with {tenant, id}; `ready`
 * when the initial set is out, with {resumed: true} where that was only what the peer had missed. Event ids are
 * `<run>.<sequence>`; a peer that comes back with one of this run gets only what changed since, any other peer gets
 * everyone. While nobody reads the hub is not watched, and costs nothing.
 */
export class EventStreams {
  readonly #options: Required<Omit<EventStreamOptions, 'veil' | 'lasts'>> &
    Pick<EventStreamOptions, 'veil' | 'lasts'>
  readonly #run = randomBytes(6).toString('hex')
  readonly #readers = new Map<EventReader, Caller | undefined>()
  /** Sequence of the last change, by key. */
  readonly #changed = new Map<string, number>()
  /** One text per view, however many read it. */
  readonly #bodies = new WeakMap<PersonView, string>()
  readonly #hidden: HiddenRoll
  #stopWatching: (() => void) | undefined
  #linger: Timer | undefined
  #known = new Set<string>()
  #sequence = 0
  /** Of what changed before this sequence nothing is known. */
  #watchedFrom = 0
  #beats = 0
  #beat: Timer | undefined

  constructor(options: EventStreamOptions) {
    this.#options = { heartbeatMs: 15_000, patienceMs: 30_000, ...options }
    this.#hidden = new HiddenRoll(options.veil)
  }

  get count(): number {
    return this.#readers.size
  }

  /** Takes the response over, its head already written. */
  open(response: ServerResponse, from: StreamRequest): void {
    this.#watch()
    this.#hidden.add(from.caller)
    this.#callRoll()
    const reader = new EventReader({
      response,
      tenant: from.tenant,
      ...this.#chooseInitial(from),
      sequence: this.#sequence,
      run: this.#run,
      now: () => this.#options.clock.monotonic(),
    })
    this.#readers.set(reader, from.caller)
    this.#beat ??= this.#options.clock.after(this.#options.heartbeatMs, () => this.#onBeat())
    response.on('close', () => this.#forget(reader))
    response.on('error', () => this.#forget(reader))
  }

  /** Ends every stream. */
  close(): void {
    this.#end(() => true)
    this.#rest()
  }

  /** Sessions of the account have ended: whoever still may comes back. */
  endOf(account: string): void {
    this.#end((caller) => caller?.account?.id === account)
  }

  /** The token was revoked. */
  endOfToken(id: string): void {
    this.#end((caller) => caller?.token === id)
  }

  #end(choose: (caller: Caller | undefined) => boolean): void {
    for (const [reader, caller] of [...this.#readers]) {
      if (!choose(caller)) continue
      reader.end()
      this.#forget(reader)
    }
  }

  #watch(): void {
    this.#linger?.cancel()
    this.#linger = undefined
    this.#stopWatching ??= this.#options.hub.watch((person) => this.#announce(keyOf(person), person))
  }

  #rest(): void {
    this.#linger?.cancel()
    this.#linger = undefined
    this.#stopWatching?.()
    this.#stopWatching = undefined
    this.#changed.clear()
    this.#known.clear()
    this.#hidden.clear()
    this.#sequence++
    this.#watchedFrom = this.#sequence
  }

  #forget(reader: EventReader): void {
    this.#readers.delete(reader)
    if (this.#readers.size > 0) return
    this.#beat?.cancel()
    this.#beat = undefined
    if (this.#stopWatching) this.#linger ??= this.#options.clock.after(lingerMs, () => this.#rest())
  }

  #announce(key: string, person: PersonView | undefined): void {
    this.#sequence++
    this.#changed.set(key, this.#sequence)
    const sequence = this.#sequence
    for (const [reader, caller] of this.#readers) {
      const hidden = person ? this.#hidden.has(key, caller) : this.#hidden.had(key, caller)
      const sees = inTenant(key, reader.tenant) && !hidden
      if (sees) reader.put(key, this.#pending(person, { caller, sequence }))
    }
  }

  #pending(person: PersonView | undefined, to: { caller: Caller | undefined; sequence?: number }): Pending {
    const hidden = person !== undefined && this.#options.veil?.hides(person, to.caller)
    const body = person && (hidden ? () => JSON.stringify(veilPerson(person)) : () => this.#bodyOf(person))
    return to.sequence === undefined ? { body } : { body, sequence: to.sequence }
  }

  #bodyOf(person: PersonView): string {
    let body = this.#bodies.get(person)
    if (body === undefined) {
      body = JSON.stringify(person)
      this.#bodies.set(person, body)
    }
    return body
  }

  /** The hub tells of changes, not of leavers: they are found by looking who is no longer there. */
  #callRoll(): void {
    const present = new Map(
      Array.from(this.#options.hub.present(), ({ tenant, id }) => {
        const person = { tenant, id }
        return [keyOf(person), person] as const
      }),
    )
    for (const key of this.#known) {
      if (!present.has(key)) this.#announce(key, undefined)
    }
    this.#known = new Set(present.keys())
    for (const { sight, key, hidden } of this.#hidden.call(present)) {
      const sequence = ++this.#sequence
      // Whoever comes back with an older event id begins anew.
      this.#watchedFrom = sequence
      const { tenant, id } = present.get(key)!
      const person = hidden ? undefined : this.#options.hub.person(id, tenant)
      for (const [reader, caller] of this.#readers) {
        if (this.#hidden.sight(caller) !== sight || !inTenant(key, reader.tenant)) continue
        if (hidden || person) reader.put(key, this.#pending(person, { caller, sequence }))
      }
    }
  }

  #onBeat(): void {
    const { clock, log, heartbeatMs, patienceMs } = this.#options
    this.#beats++
    const now = clock.wall()
    this.#end((caller) => (caller?.until !== undefined && caller.until <= now) || this.#isIdle(caller))
    if (this.#beats % beatsPerRollCall === 0) this.#callRoll()
    for (const reader of this.#readers.keys()) {
      reader.beat()
      if (reader.blockedFor() <= patienceMs) continue
      log.warn('An event stream was dropped: its reader takes nothing.', { patienceMs })
      reader.destroy()
      this.#forget(reader)
    }
    if (this.#readers.size > 0) this.#beat = clock.after(heartbeatMs, () => this.#onBeat())
  }

  #isIdle(caller: Caller | undefined): boolean {
    const session = caller?.account?.session
    return session !== undefined && this.#options.lasts?.(session) === false
  }

  #chooseInitial({ tenant, lastEventId, caller }: StreamRequest): {
    readonly initial: Map<string, Pending>
    readonly resumed: boolean
  } {
    const everyone = new Map(
      this.#options.hub
        .people(tenant)
        .filter((person) => !this.#hidden.has(keyOf(person), caller))
        .map((person) => [keyOf(person), this.#pending(person, { caller })]),
    )
    // Who has left is of no group any more, so that nobody knows whose board they were on.
    if (caller?.reach?.some(({ only }) => typeof only === 'object' && 'groups' in only)) {
      return { initial: everyone, resumed: false }
    }
    const [run, text] = (lastEventId ?? '').split('.')
    const since = Number(text)
    if (run !== this.#run || !Number.isSafeInteger(since) || since < this.#watchedFrom) {
      return { initial: everyone, resumed: false }
    }
    const missed = [...this.#changed].filter(
      ([key, at]) => at > since && inTenant(key, tenant) && !this.#hidden.has(key, caller),
    )
    const initial = new Map(
      missed.map(([key]) => [key, everyone.get(key) ?? this.#pending(undefined, { caller })] as const),
    )
    return { initial, resumed: true }
  }
}
