import type { DialogFacet, DialogState } from '../../core/observation.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import { type NsCall, partyOf, type Side, stateOf } from './calls.ts'

const keyOf = ({ origId, termId }: NsCall) => `${origId}\n${termId}`

interface Entry {
  readonly call: NsCall
  /** Monotonic milliseconds. */
  readonly heardAt: number
}

/** A call that was heard to end is not taken up again from what comes late for so long, milliseconds. */
const graveMs = 30_000
const further: Readonly<Record<DialogState, number>> = {
  trying: 0,
  early: 1,
  held: 2,
  confirmed: 3,
  terminated: -1,
}

/** The calls of one domain: heard one by one from events, and as a whole from lists. */
export class CallBook {
  readonly #domain: string
  readonly #note: (word: StrangeWord) => void
  readonly #entries = new Map<string, Entry>()
  readonly #ended = new Map<string, number>()
  /** Calls by user, made anew when somebody asks after a change. */
  #byUser: ReadonlyMap<string, readonly NsCall[]> | undefined

  constructor(domain: string, note: (word: StrangeWord) => void) {
    this.#domain = domain
    this.#note = note
  }

  /** What an event says. Returns the users of the domain whom it is about. */
  hear(call: NsCall, now: number): readonly string[] {
    const key = keyOf(call)
    const known = this.#entries.get(key)?.call
    const users = new Set([...this.#usersOf(call), ...this.#usersOf(known)])
    this.#byUser = undefined
    if (call.removed) {
      this.#entries.delete(key)
      this.#ended.set(key, now)
    } else if (now - (this.#ended.get(key) ?? Number.NEGATIVE_INFINITY) > graveMs) {
      // Events may come late and in any order: what was answered stays answered, what has ended stays ended.
      this.#put({ ...call, answered: call.answered || known?.answered === true }, now)
    }
    return [...users]
  }

  /** The whole list, asked for at `askedAt`: what was heard since then is newer than it. */
  replace(calls: readonly NsCall[], askedAt: number): void {
    this.#byUser = undefined
    for (const [key, at] of this.#ended) if (at < askedAt - graveMs) this.#ended.delete(key)
    const listed = new Set(calls.map(keyOf))
    for (const [key, { heardAt }] of this.#entries) {
      if (!listed.has(key) && heardAt < askedAt) this.#entries.delete(key)
    }
    for (const call of calls) {
      const key = keyOf(call)
      const known = this.#entries.get(key)
      const newer = known !== undefined && known.heardAt >= askedAt
      const over = (this.#ended.get(key) ?? Number.NEGATIVE_INFINITY) >= askedAt
      if (!newer && !over) this.#put(call, askedAt)
    }
  }

  /** Legs of a user, one for each call that the user began and for each that rings at or was taken by the user. */
  legs(user: string): readonly DialogFacet[] {
    const legs = new Map<string, DialogFacet>()
    for (const call of this.#callsOf(user)) {
      if (this.#isOurs(call.orig, user)) {
        const leg = this.#toLeg(call, 'outbound')
        const known = legs.get(leg.leg)
        // Forks of one call are one leg of the caller: as far as the furthest of them.
        if (!known || further[leg.state] > further[known.state]) legs.set(leg.leg, leg)
      }
      if (this.#isOurs(call.term, user)) {
        const leg = this.#toLeg(call, 'inbound')
        legs.set(leg.leg, leg)
      }
    }
    return [...legs.values()].sort((a, b) => a.leg.localeCompare(b.leg))
  }

  #put(call: NsCall, heardAt: number): void {
    const key = keyOf(call)
    // The first word of a call knows nobody who is called; the next ones do.
    if (call.termId !== '') this.#entries.delete(`${call.origId}\n`)
    const known = this.#entries.get(key)?.call
    const keep = (side: Side, before: Side | undefined) =>
      side.type === '' && before ? { ...side, type: before.type } : side
    const merged = { ...call, orig: keep(call.orig, known?.orig), term: keep(call.term, known?.term) }
    this.#entries.set(key, { call: merged, heardAt })
  }

  #callsOf(user: string): readonly NsCall[] {
    if (!this.#byUser) {
      const byUser = new Map<string, NsCall[]>()
      for (const { call } of this.#entries.values()) {
        for (const each of new Set(this.#usersOf(call))) {
          const calls = byUser.get(each)
          if (calls) calls.push(call)
          else byUser.set(each, [call])
        }
      }
      this.#byUser = byUser
    }
    return this.#byUser.get(user) ?? []
  }

  #usersOf(call: NsCall | undefined): readonly string[] {
    if (!call) return []
    return [call.orig, call.term].filter((side) => this.#isOurs(side)).map(({ user }) => user)
  }

  #isOurs(side: Side, user?: string): boolean {
    return side.domain === this.#domain && side.user !== '' && (user === undefined || side.user === user)
  }

  #toLeg(call: NsCall, direction: 'inbound' | 'outbound'): DialogFacet {
    const outbound = direction === 'outbound'
    const [own, other] = outbound ? [call.orig, call.term] : [call.term, call.orig]
    const remote = outbound ? call.dialled : call.caller
    return {
      kind: 'dialog',
      leg: outbound ? call.origId : `${call.termId || call.origId}>`,
      state: stateOf(call, own, this.#note),
      ...{ direction, evidence: 'call' },
      party: outbound && call.termId === '' ? 'unknown' : partyOf(other, this.#domain),
      ...(outbound && call.dialled.startsWith('*') && { featureCode: true }),
      ...(!outbound && call.throughQueue && { through: 'queue' }),
      ...(remote !== '' && { remote }),
    }
  }
}
