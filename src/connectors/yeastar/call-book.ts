import type { DialogFacet, Direction } from '../../core/observation.ts'
import { type Call, dialogOf, type Leg } from './calls.ts'

/** So long a list of calls may show what events have ended, milliseconds; not documented, and longer than any request takes. */
const lagMs = 5_000

/** What goes on at every extension: from readings of all calls, and from events between them. */
export class CallBook {
  readonly #calls = new Map<string, Call>()
  /** Direction of a leg by channel, from when it was told. */
  readonly #directions = new Map<string, Direction>()
  /** Last word of event 30008, in lower case, and when it came. */
  readonly #lamps = new Map<string, { readonly status: string; readonly at: number }>()
  /** Extensions whose lamp is lit while a reading made after it shows no call. */
  readonly #lampOnly = new Set<string>()
  /** When an event last spoke of a call, monotonic milliseconds: a reading asked for before it is older. */
  readonly #heardAt = new Map<string, number>()

  /** An event of one call. Returns the extensions it touches. */
  heard(call: Call, at: number): ReadonlySet<string> {
    const touched = this.#extensionsOf(call.id)
    this.#heardAt.set(call.id, at)
    // Whoever is not named has not hung up.
    const named = new Set([...call.legs.map(({ channel }) => channel), ...call.left])
    const others = (this.#calls.get(call.id)?.legs ?? []).filter(({ channel }) => !named.has(channel))
    this.#put({ ...call, legs: [...others, ...call.legs] })
    for (const { extension } of call.legs) touched.add(extension)
    return touched
  }

  ended(callId: string, at: number): ReadonlySet<string> {
    const touched = this.#extensionsOf(callId)
    this.#heardAt.set(callId, at)
    this.#calls.delete(callId)
    return touched
  }

  /** An extension on the hook is in no call, whoever has hung up. Returns the extensions this touches. */
  lamp(extension: string, status: string, at: number): ReadonlySet<string> {
    const touched = new Set([extension])
    this.#lamps.set(extension, { status, at })
    if (status !== 'idle') return touched
    this.#lampOnly.delete(extension)
    for (const call of [...this.#calls.values()]) {
      if (!call.legs.some((leg) => leg.extension === extension)) continue
      for (const other of this.heard(without(call, extension), at)) touched.add(other)
    }
    return touched
  }

  /** Whether what is known does not go together, so that all calls should be read. */
  isDoubtful(): boolean {
    for (const [extension, { status }] of this.#lamps) {
      if (isLit(status) && !this.#lampOnly.has(extension) && !this.#isBusy(extension)) return true
    }
    // Of those who talked one has hung up: whoever is left may be alone, or go on with somebody else.
    return [...this.#calls.values()].some(({ left }) => left.length > 0)
  }

  /** All calls, asked for at this monotonic time. Returns what differs although no event has told it. */
  read(calls: readonly Call[], askedAt: number): ReadonlySet<string> {
    const untold = new Set<string>()
    const newer = (id: string) => (this.#heardAt.get(id) ?? Number.NEGATIVE_INFINITY) >= askedAt
    const here = new Set(calls.map(({ id }) => id))
    for (const call of [...this.#calls.values()]) {
      if (here.has(call.id) || newer(call.id)) continue
      for (const { extension } of call.legs) untold.add(extension)
      this.#calls.delete(call.id)
    }
    for (const shown of calls) {
      if (newer(shown.id)) continue
      const call = this.#withoutEnded(shown, askedAt - lagMs)
      for (const extension of difference(this.#calls.get(call.id), call)) untold.add(extension)
      this.#put(call)
    }
    for (const [id, at] of this.#heardAt) if (at < askedAt - lagMs) this.#heardAt.delete(id)
    const channels = new Set(
      [...this.#calls.values()].flatMap(({ legs }) => legs.map(({ channel }) => channel)),
    )
    for (const channel of this.#directions.keys())
      if (!channels.has(channel)) this.#directions.delete(channel)
    this.#lampOnly.clear()
    for (const [extension, { status }] of this.#lamps) {
      if (isLit(status) && !this.#isBusy(extension)) this.#lampOnly.add(extension)
    }
    return untold
  }

  /** Nothing is known of lamps any more: their changes may have been missed. */
  forgetLamps(): void {
    this.#lamps.clear()
    this.#lampOnly.clear()
  }

  of(extension: string): readonly DialogFacet[] {
    const legs = this.legsOf(extension).map(({ call, leg }) =>
      dialogOf(call, leg, this.#directions.get(leg.channel)),
    )
    if (legs.length > 0 || !this.#lampOnly.has(extension)) return legs
    return [
      {
        ...{ kind: 'dialog', leg: 'lamp', direction: 'unknown', party: 'unknown', evidence: 'lamp' },
        state: this.#lamps.get(extension)?.status === 'ringing' ? 'early' : 'confirmed',
      },
    ]
  }

  legsOf(extension: string): readonly { readonly call: Call; readonly leg: Leg }[] {
    return [...this.#calls.values()].flatMap((call) =>
      call.legs.filter((leg) => leg.extension === extension).map((leg) => ({ call, leg })),
    )
  }

  #put(call: Call): void {
    // The PBX names the trunk in every event; one that left it out is no proof of an internal call.
    const outside = call.outside ?? this.#calls.get(call.id)?.outside
    if (call.legs.length === 0) this.#calls.delete(call.id)
    else this.#calls.set(call.id, { ...call, outside })
    for (const leg of call.legs) {
      const { direction } = dialogOf({ ...call, outside: undefined }, leg)
      if (direction !== 'unknown') this.#directions.set(leg.channel, direction)
    }
  }

  /** A list of calls may lag behind the events: what ended after `since` has ended. */
  #withoutEnded(call: Call, since: number): Call {
    const ended = !this.#calls.has(call.id) && (this.#heardAt.get(call.id) ?? since) > since
    if (ended) return { ...call, legs: [] }
    const legs = call.legs.filter(({ extension }) => {
      const lamp = this.#lamps.get(extension)
      return lamp?.status !== 'idle' || lamp.at <= since
    })
    return { ...call, legs }
  }

  #isBusy(extension: string): boolean {
    return this.legsOf(extension).length > 0
  }

  #extensionsOf(callId: string): Set<string> {
    return new Set(this.#calls.get(callId)?.legs.map(({ extension }) => extension))
  }
}

const isLit = (status: string) => status === 'busy' || status === 'ringing'

function without(call: Call, extension: string): Call {
  const gone = call.legs.filter((leg) => leg.extension === extension).map(({ channel }) => channel)
  return {
    ...call,
    legs: call.legs.filter(({ channel }) => !gone.includes(channel)),
    left: [...call.left, ...gone],
  }
}

/** Extensions of which two tellings of one call say different things. */
function difference(before: Call | undefined, now: Call): readonly string[] {
  const said = (call: Call | undefined) =>
    new Map(call?.legs.map(({ channel, extension, status }) => [`${channel} ${status}`, extension]))
  const [old, fresh] = [said(before), said(now)]
  return [
    ...[...old].flatMap(([key, extension]) => (fresh.has(key) ? [] : [extension])),
    ...[...fresh].flatMap(([key, extension]) => (old.has(key) ? [] : [extension])),
  ]
}
