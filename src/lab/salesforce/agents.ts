import type { Clock } from '../../core/ports.ts'
import type { People } from '../people.ts'
import { labUserId, stableId } from './ids.ts'
import { type LabStatus, labStatuses } from './statuses.ts'

export interface LabUser {
  readonly id: string
  readonly upn: string
  readonly name: string
  readonly mail: string | null
}

/** A UserServicePresence: one stretch of time in one status. */
export interface LabPresence {
  readonly id: string
  readonly userId: string
  readonly status: LabStatus
  /** Wall clock, milliseconds. */
  readonly startedAt: number
}

export type PresenceChange = { readonly type: 'began' | 'ended' | 'noise'; readonly row: LabPresence }

/** Who works in the lab's CRM, and in which presence status; everyone begins signed in as Available. */
export class Agents {
  readonly #clock: Clock
  readonly #people: People
  readonly #rows = new Map<string, LabPresence | undefined>()
  readonly #listeners = new Set<(change: PresenceChange) => void>()
  /** Statuses of this organisation; a test adds some. */
  readonly statuses: LabStatus[] = [...labStatuses]
  /** Users (by id) whose console is not open: nothing carries out a command. */
  readonly closedConsoles = new Set<string>()
  #count = 0

  constructor(clock: Clock, people: People) {
    this.#clock = clock
    this.#people = people
    this.users()
  }

  on(listener: (change: PresenceChange) => void): void {
    this.#listeners.add(listener)
  }

  users(): readonly LabUser[] {
    return [...this.#people.all()].map(({ person }) => {
      const { userPrincipalName: upn, displayName: name, mail } = person.user
      const id = labUserId(upn)
      if (!this.#rows.has(id)) this.#rows.set(id, this.#makeRow(id, this.statuses[0]!))
      return { id, upn, name, mail }
    })
  }

  user(upn: string): LabUser | undefined {
    return this.users().find((user) => user.upn.toLowerCase() === upn.toLowerCase())
  }

  /** The rows that are current: those of users who are signed in to Omni-Channel. */
  current(): readonly LabPresence[] {
    return this.users().flatMap(({ id }) => this.#rows.get(id) ?? [])
  }

  row(userId: string): LabPresence | undefined {
    this.users()
    return this.#rows.get(userId)
  }

  /** A new status, which ends the former one; undefined signs the agent out. */
  change(userId: string, status: LabStatus | undefined): void {
    const before = this.row(userId)
    if (before && before.status.id === status?.id) return
    this.#rows.set(userId, undefined)
    if (before) this.#tell({ type: 'ended', row: before })
    if (!status) return
    const row = this.#makeRow(userId, status)
    this.#rows.set(userId, row)
    this.#tell({ type: 'began', row })
  }

  /** An update of the row that says nothing of presence, as capacity makes many. */
  stir(userId: string): void {
    const row = this.row(userId)
    if (row) this.#tell({ type: 'noise', row })
  }

  /** Says the change that led to the current row again. */
  repeat(userId: string): void {
    const row = this.row(userId)
    if (row) this.#tell({ type: 'began', row })
  }

  #makeRow(userId: string, status: LabStatus): LabPresence {
    this.#count += 1
    const startedAt = this.#clock.wall()
    return { id: stableId('0NS', `${userId} ${this.#count}`), userId, status, startedAt }
  }

  #tell(change: PresenceChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}
