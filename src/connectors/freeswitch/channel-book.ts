import type { DialogFacet } from '../../core/observation.ts'
import { callOf, legOf } from './calls.ts'
import type { ChannelSeen } from './decode.ts'

/** The list of channels comes from a database that FreeSWITCH writes a little later than it tells of events, milliseconds. */
const lagMs = 2_000

export interface BookPlace {
  /** In lower case. */
  readonly domain: string
  isExtension(number: string): boolean
}

/** Every channel of the switch, from events and from lists. Times are monotonic milliseconds. */
export class ChannelBook {
  readonly #place: BookPlace
  readonly #channels = new Map<string, ChannelSeen>()
  /** Uuids by call and by user: thousands of channels are looked up at each event. */
  readonly #byCall = new Map<string, Set<string>>()
  readonly #byUser = new Map<string, Set<string>>()
  /** When an event last spoke of a channel. */
  readonly #heardAt = new Map<string, number>()

  constructor(place: BookPlace) {
    this.#place = place
  }

  get size(): number {
    return this.#channels.size
  }

  /** An event about a channel. Returns whose calls look different by it. */
  heard(channel: ChannelSeen, at: number): ReadonlySet<string> {
    const before = this.#usersOf(this.#channels.get(channel.uuid))
    this.#heardAt.set(channel.uuid, at)
    const known = this.#channels.get(channel.uuid)
    this.#put({ ...known, ...channel })
    return new Set([...before, ...this.#usersOf(this.#channels.get(channel.uuid))])
  }

  ended(uuid: string, at: number): ReadonlySet<string> {
    const touched = this.#usersOf(this.#channels.get(uuid))
    this.#heardAt.set(uuid, at)
    this.#drop(uuid)
    return touched
  }

  /** All channels, asked for at this time. What events have told since, or shortly before, stays. */
  read(channels: readonly ChannelSeen[], askedAt: number): void {
    const newer = (uuid: string) => (this.#heardAt.get(uuid) ?? Number.NEGATIVE_INFINITY) > askedAt - lagMs
    const here = new Set(channels.map(({ uuid }) => uuid))
    for (const uuid of [...this.#channels.keys()]) if (!here.has(uuid) && !newer(uuid)) this.#drop(uuid)
    for (const channel of channels) if (!newer(channel.uuid)) this.#put(channel)
    for (const [uuid, at] of this.#heardAt) if (at <= askedAt - lagMs) this.#heardAt.delete(uuid)
  }

  /** Nothing that was heard before holds any more: events may have been missed. */
  forgetEvents(): void {
    this.#heardAt.clear()
  }

  of(user: string): readonly DialogFacet[] {
    return [...(this.#byUser.get(user) ?? [])].flatMap((uuid) => {
      const channel = this.#channels.get(uuid)
      const leg = channel && legOf(channel, this.#sight(channel))
      return leg ? [leg] : []
    })
  }

  #sight(channel: ChannelSeen) {
    const others = [...(this.#byCall.get(callOf(channel)) ?? [])].flatMap((uuid) => {
      const other = uuid === channel.uuid ? undefined : this.#channels.get(uuid)
      return other ? [other] : []
    })
    return {
      others,
      user: (other: ChannelSeen) => this.#user(other),
      isExtension: (number: string) => this.#place.isExtension(number),
    }
  }

  #usersOf(channel: ChannelSeen | undefined): ReadonlySet<string> {
    if (!channel) return new Set()
    const all = [...(this.#byCall.get(callOf(channel)) ?? [])].flatMap((uuid) => {
      const each = this.#channels.get(uuid)
      const user = each && this.#user(each)
      return user === undefined ? [] : [user]
    })
    return new Set(all)
  }

  #user({ presenceId }: ChannelSeen): string | undefined {
    return userOf(presenceId, this.#place.domain)
  }

  #put(channel: ChannelSeen): void {
    this.#drop(channel.uuid)
    this.#channels.set(channel.uuid, channel)
    join(this.#byCall, callOf(channel), channel.uuid)
    const user = this.#user(channel)
    if (user !== undefined) join(this.#byUser, user, channel.uuid)
  }

  #drop(uuid: string): void {
    const channel = this.#channels.get(uuid)
    if (!channel) return
    this.#channels.delete(uuid)
    leave(this.#byCall, callOf(channel), uuid)
    const user = this.#user(channel)
    if (user !== undefined) leave(this.#byUser, user, uuid)
  }
}

/** The user of user@domain, where it is this domain (in lower case). */
export function userOf(who: string | undefined, domain: string): string | undefined {
  const at = who?.lastIndexOf('@') ?? -1
  if (who === undefined || at <= 0 || who.slice(at + 1).toLowerCase() !== domain) return undefined
  return who.slice(0, at)
}

function join(index: Map<string, Set<string>>, key: string, uuid: string): void {
  const set = index.get(key) ?? new Set()
  set.add(uuid)
  index.set(key, set)
}

function leave(index: Map<string, Set<string>>, key: string, uuid: string): void {
  const set = index.get(key)
  set?.delete(uuid)
  if (set?.size === 0) index.delete(key)
}
