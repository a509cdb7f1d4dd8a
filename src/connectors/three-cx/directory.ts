import type { ConnectorContext, DirectoryEntry } from '../../core/connector.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import type { Api } from './api.ts'
import { type Hours, isTimetable, knownTimeZone, readHours } from './office-hours.ts'
import type { ForwardingProfile } from './profiles.ts'
import { listCards, readForwardingProfiles, type UserCard } from './users.ts'

const none: readonly never[] = []

/** What is known of users beside their state: names, mail addresses, their own lists of profiles, office hours. */
export class Directory {
  readonly #api: Api
  readonly #context: ConnectorContext
  readonly #profiles = new Map<number, readonly ForwardingProfile[]>()
  /** Of those whose profile, or whose login to the queues, the PBX switches. */
  readonly #hours = {
    profile: new Map<string, Hours | 'global'>(),
    queue: new Map<string, Hours | 'global'>(),
  }
  #office: { readonly hours: Hours; readonly timeZone: string } | undefined
  #timeZone: string | undefined

  constructor(api: Api, context: ConnectorContext) {
    this.#api = api
    this.#context = context
  }

  /** Everyone with an extension. Throws ConnectorFailure. */
  async list(): Promise<readonly DirectoryEntry[]> {
    const cards = await listCards(this.#api)
    this.#takeHours(cards)
    return cards.map(toEntry)
  }

  /** Whose profile is switched when, and in which time zone. What cannot be read leaves every change a person's. */
  async readTimetables(): Promise<void> {
    const reply = await this.#api.send({ priority: 'sweep', method: 'GET', path: '/xapi/v1/OfficeHours' })
    const office = fieldsOf(reply.kind === 'ok' ? reply.json : undefined)
    this.#timeZone = await this.#zoneOf(textOf(office.TimeZoneId))
    const hours = readHours(office.Hours)
    this.#office = hours && this.#timeZone ? { hours, timeZone: this.#timeZone } : undefined
    await listCards(this.#api).then(
      (cards) => this.#takeHours(cards),
      (error: unknown) => this.#context.log.debug('office hours were not read', { error }),
    )
  }

  /** A user's own list of profiles, asked for once. */
  async profilesOf(id: number): Promise<readonly ForwardingProfile[]> {
    const known = this.#profiles.get(id)
    if (known) return known
    const read = await readForwardingProfiles(this.#api, id)
    if (read) this.#profiles.set(id, read)
    return read ?? none
  }

  knownProfiles(id: number): readonly ForwardingProfile[] {
    return this.#profiles.get(id) ?? none
  }

  /** An administrator may have renamed profiles. */
  forgetProfiles(): void {
    this.#profiles.clear()
  }

  /** Whether the PBX itself made this change, just now. */
  isTimetable(
    extension: string,
    change: { readonly of: 'profile' | 'queue'; readonly opens: boolean },
  ): boolean {
    const own = this.#hours[change.of].get(extension)
    const hours = own === 'global' ? this.#office?.hours : own
    if (!hours || !this.#timeZone) return false
    return isTimetable({ wall: this.#context.clock.wall(), opens: change.opens }, hours, this.#timeZone)
  }

  #takeHours(cards: readonly UserCard[]): void {
    const { profile, queue } = this.#hours
    profile.clear()
    queue.clear()
    for (const { number, hours, queueHours } of cards) {
      if (hours) profile.set(number, hours)
      if (queueHours) queue.set(number, queueHours)
    }
  }

  /** `TimeZoneId` is an IANA name, or the key of the PBX's own list of time zones. */
  async #zoneOf(id: string | undefined): Promise<string | undefined> {
    const named = knownTimeZone(id)
    if (named !== undefined || id === undefined) return named
    const path = '/xapi/v1/Defs/TimeZones'
    const reply = await this.#api.send({ priority: 'sweep', method: 'GET', path })
    const { value } = fieldsOf(reply.kind === 'ok' ? reply.json : undefined)
    const zones = Array.isArray(value) ? value.map(fieldsOf) : []
    return knownTimeZone(textOf(zones.find((zone) => zone.Id === id)?.IanaName))
  }
}

function toEntry({ number, displayName, mails, enabled, hotDesk }: UserCard): DirectoryEntry {
  return {
    address: number,
    mails,
    aliases: [],
    enabled,
    ...(displayName !== undefined && { displayName }),
    ...(hotDesk && { hotDesk }),
  }
}
