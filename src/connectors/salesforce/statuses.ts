import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  isCall,
  isDoNotDisturb,
  type Presence,
  presenceLabel,
  presenceName,
} from '../../core/presence.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import type { Settings } from './config.ts'
import { meaningOfWords, shownStates, stateOfMeaning } from './meanings.ts'

/** A ServicePresenceStatus of the organisation. */
export interface Status {
  /** 18 characters. */
  readonly id: string
  readonly developerName: string
  readonly label: string
}

/** What stands for a state that no status of the organisation means, nearest first. */
function standIns(state: Presence): readonly Presence[] {
  if (isCall(state)) return [BUSY, DO_NOT_DISTURB]
  if (isDoNotDisturb(state)) return [DO_NOT_DISTURB, BUSY]
  if (state.availability === 'busy') return [BUSY, AWAY]
  return state.availability === 'available' ? [AVAILABLE] : [AWAY, BUSY]
}

const plain = (text: string) => text.toLowerCase()
const letters = (text: string) => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

/** `Do_Not_Disturb` says no more than Do not disturb, and `On a Call` no more than In a call. */
function saysNoMore({ label }: Status, state: Presence): boolean {
  const names = [presenceLabel(state), ...(isCall(state) ? ['On a call', 'On call'] : [])]
  return names.some((name) => letters(name) === letters(label))
}

/** The statuses of the organisation, and which of them stands for what: by the table of the settings, else by words. */
export class StatusBook {
  readonly #table: Settings['statuses']
  readonly #unknown: UnknownValues
  readonly #byId = new Map<string, Status>()
  readonly #states = new Map<string, Presence>()
  /** Whether a status is of the busy kind, as it was last seen at somebody. */
  readonly #away = new Map<string, boolean>()

  constructor({ statuses }: Pick<Settings, 'statuses'>, unknown: UnknownValues) {
    this.#table = statuses
    this.#unknown = unknown
  }

  /** The whole list, as it was read. */
  learn(statuses: readonly Status[]): void {
    this.#byId.clear()
    this.#states.clear()
    for (const status of statuses) {
      this.#byId.set(status.id, status)
      const named = this.#namedAs(status)
      const meaning = named?.means ?? meaningOfWords(status.developerName, status.label)
      if (meaning) this.#states.set(status.id, stateOfMeaning(meaning))
    }
  }

  status(id: string): Status | undefined {
    return this.#byId.get(id)
  }

  get size(): number {
    return this.#byId.size
  }

  /** Names in the table of the settings that the organisation does not have. */
  missing(): readonly string[] {
    const names = new Set(
      this.#all().flatMap(({ developerName, label }) => [developerName, label].map(plain)),
    )
    return this.#table.map(({ status }) => status).filter((name) => !names.has(plain(name)))
  }

  /** Labels of statuses whose words say nothing to us. */
  strange(): readonly string[] {
    return this.#all()
      .filter(({ id }) => !this.#states.has(id))
      .map(({ label }) => label)
  }

  /**
   * What a status counts as. One that nobody has explained counts as Available where work is routed in it, else as Busy.
   * `isAway`: its kind, where it is known; otherwise as it was seen before.
   */
  stateOf(id: string, isAway: boolean | undefined): Presence {
    const known = this.#states.get(id)
    if (known) return known
    if (isAway !== undefined) this.#away.set(id, isAway)
    const state = this.#away.get(id) === false ? AVAILABLE : BUSY
    const value = this.#byId.get(id)?.developerName ?? id
    this.#unknown.note({ field: 'ServicePresenceStatus', value, takenAs: presenceName(state) })
    return state
  }

  /**
   * What a status says beside its state (UN-23): the reason of the table, else its label where that is more than the
   * state's own name ("Lunch"). Undefined where it says no more, or the table says blank.
   */
  reasonOf(id: string): string | undefined {
    const status = this.#byId.get(id)
    if (!status) return undefined
    const named = this.#namedAs(status)?.reason
    if (named !== undefined) return named.trim() === '' ? undefined : named
    const state = this.#states.get(id)
    return state && saysNoMore(status, state) ? undefined : status.label
  }

  /** The status that is written for a state: one that means it, else the nearest. */
  statusFor(state: Presence): Status | undefined {
    for (const candidate of [state, ...standIns(state)]) {
      const found = this.#written().find(({ id }) => this.#states.get(id) === candidate)
      if (found) return found
    }
    return undefined
  }

  /** What a link can write and only a stand-in would show. */
  replaced(): readonly { readonly state: Presence; readonly by: Status | undefined }[] {
    return shownStates.flatMap((state) => {
      const by = this.statusFor(state)
      return state.availability === 'offline' || (by && this.#states.get(by.id) === state)
        ? []
        : [{ state, by }]
    })
  }

  /** Those of the table first, in its order. */
  #written(): readonly Status[] {
    const place = (status: Status) => {
      const named = this.#namedAs(status)
      return named ? this.#table.indexOf(named) : this.#table.length
    }
    return this.#all()
      .filter((status) => this.#namedAs(status)?.write !== false)
      .sort((a, b) => place(a) - place(b))
  }

  #all(): readonly Status[] {
    return [...this.#byId.values()]
  }

  #namedAs({ developerName, label }: Status) {
    const names = [developerName, label].map(plain)
    return this.#table.find(({ status }) => names.includes(plain(status)))
  }
}
