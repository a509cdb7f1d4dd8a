import type { ConnectorContext, Outcome, Publication } from '../../core/connector.ts'
import { presenceName, samePresence } from '../../core/presence.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import { type Api, fixOf, type Reply } from './api.ts'
import type { Settings } from './config.ts'
import type { Directory } from './directory.ts'
import type { ProfileFeed } from './profile-feed.ts'
import { kindOfState, nameOfKind } from './profiles.ts'
import { writeSlots } from './slots.ts'
import { readRow, type UserRow, userPath } from './users.ts'

/** A write that got no turn in this time goes back to the hub, which may want something else by then. */
const patienceMs = 2_000
const timeoutMs = 4_000
const signInRetryMs = 60_000

/** What stood at a user when the hub wrote first, to be put back exactly: Lunch is Lunch again and not Away. */
interface Found {
  readonly profile: string
  /** What the hub has written over it: where something else stands by now, this is no longer to be put back. */
  readonly wrote: string
}

export interface WritingParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  readonly profiles: ProfileFeed
  readonly directory: Directory
}

const foundKey = (extension: string) => `found ${extension}`

/** Writes profiles: reads first, writes only what differs, and reads back. */
export class Writing {
  readonly #parts: WritingParts

  constructor(parts: WritingParts) {
    this.#parts = parts
  }

  async publish(publication: Publication): Promise<Outcome> {
    const refusal = this.#refusal(publication)
    if (refusal) return refusal
    const { address } = publication
    const before = await this.#read(address)
    if ('outcome' in before) return before.outcome
    const { row } = before
    const found = await this.#foundAt(row)
    const wanted = await this.#profileFor(publication, row, found)
    if (wanted === undefined) {
      if (publication.act === 'withdraw') await this.#forget(address)
      return { kind: 'unchanged', at: this.#parts.context.clock.wall() }
    }
    if (publication.act === 'assert') {
      await this.#parts.context.memory.set(foundKey(address), {
        profile: found?.profile ?? row.profile,
        wrote: wanted,
      } satisfies Found)
    }
    return this.#write(publication, row, wanted)
  }

  #refusal({ slot, act, state }: Publication): Outcome | undefined {
    const [profile] = writeSlots(this.#parts.settings)
    if (slot !== profile?.slot) {
      return { kind: 'rejected', reason: `3CX has no slot "${slot}".`, fix: 'Use profile.' }
    }
    if (act === 'withdraw' || profile.states.some((each) => samePresence(each, state))) return undefined
    const off = profile.states.length === 0
    return {
      kind: 'rejected',
      reason: `3CX is not given ${presenceName(state)}.`,
      fix: off
        ? 'Set writeProfile: true.'
        : 'Choose Available, Away or Do not disturb in the table of the link.',
    }
  }

  async #read(address: string): Promise<{ readonly row: UserRow } | { readonly outcome: Outcome }> {
    const { api } = this.#parts
    const reply = await api.send({
      ...{ priority: 'write', method: 'GET', path: userPath(address), patienceMs, timeoutMs },
    })
    const row = reply.kind === 'ok' ? readRow(reply.json) : undefined
    if (row) return { row }
    if (reply.kind === 'ok') {
      return { outcome: { kind: 'failed', reason: 'the user could not be understood' } }
    }
    // Nothing was written: it is not a question of what may have arrived.
    if (reply.kind === 'trouble') {
      return { outcome: { kind: 'deferred', reason: reply.reason, retryAfterMs: patienceMs } }
    }
    return { outcome: outcomeOf(reply, address) }
  }

  /** The name of the profile to set; undefined where what stands there is right. */
  async #profileFor(
    { act, state }: Publication,
    row: UserRow,
    found: Found | undefined,
  ): Promise<string | undefined> {
    const { profiles, directory } = this.#parts
    const wanted = act === 'withdraw' && state.availability === 'unknown' ? undefined : state
    const restored = act === 'withdraw' ? found?.profile : undefined
    if (restored !== undefined && (await this.#isSame(row, restored, wanted))) {
      return row.profile === restored ? undefined : restored
    }
    const list = await directory.profilesOf(row.id)
    const name = nameOfKind(list, wanted ? kindOfState(wanted) : 'available')
    const shown = await profiles.stateOf(row)
    return shown === (await profiles.stateOf({ ...row, profile: name })) ? undefined : name
  }

  /** Whether putting back what was found is what the hub asks for. */
  async #isSame(row: UserRow, profile: string, wanted: Publication['state'] | undefined): Promise<boolean> {
    const shown = await this.#parts.profiles.stateOf({ ...row, profile })
    return wanted ? samePresence(shown, wanted) : shown.availability === 'available'
  }

  async #write(publication: Publication, row: UserRow, wanted: string): Promise<Outcome> {
    const { api, profiles, context } = this.#parts
    const { address, act } = publication
    const reply = await api.send({
      priority: act === 'withdraw' ? 'withdraw' : 'write',
      method: 'PATCH',
      path: `/xapi/v1/Users(${row.id})`,
      body: { CurrentProfileName: wanted },
      ...{ patienceMs, timeoutMs },
    })
    profiles.wrote(address, undefined)
    if (reply.kind !== 'ok') return outcomeOf(reply, address)
    const after = await this.#read(address)
    if ('outcome' in after) return { kind: 'failed', reason: 'written, and could not be read back' }
    profiles.wrote(address, after.row)
    const same = (await profiles.stateOf(after.row)) === (await profiles.stateOf({ ...row, profile: wanted }))
    if (!same) {
      return { kind: 'failed', reason: `the PBX shows ${after.row.profile} instead of what was written` }
    }
    if (act === 'withdraw') await this.#forget(address)
    return { kind: 'applied', at: context.clock.wall() }
  }

  /** Undefined where nothing of ours stands there any more. */
  async #foundAt(row: UserRow): Promise<Found | undefined> {
    const { context, profiles } = this.#parts
    const stored = fieldsOf(await context.memory.get(foundKey(row.number)))
    const [profile, wrote] = [textOf(stored.profile), textOf(stored.wrote)]
    if (profile === undefined || wrote === undefined) return undefined
    const stands = (await profiles.stateOf({ ...row, profile: wrote })) === (await profiles.stateOf(row))
    return stands ? { profile, wrote } : undefined
  }

  #forget(address: string): Promise<void> {
    return this.#parts.context.memory.delete(foundKey(address))
  }
}

/** What becomes of a publication whose request came to nothing. */
export function outcomeOf(reply: Exclude<Reply, { kind: 'ok' }>, address: string): Outcome {
  switch (reply.kind) {
    case 'missing':
      return {
        kind: 'rejected',
        reason: `3CX has no user with extension ${address}.`,
        fix: 'Correct the extension of this person.',
      }
    case 'refused': {
      const fix = fixOf(reply.status)
      const reason = `3CX declines it (${reply.status}): ${reply.message}.`
      return { kind: 'rejected', reason, ...(fix === undefined ? {} : { fix }) }
    }
    case 'wait':
      return { kind: 'deferred', reason: reply.reason, retryAfterMs: reply.retryAfterMs }
    case 'signedOut': {
      const { message, retryAfterMs = signInRetryMs } = reply.failure
      return { kind: 'deferred', reason: message, retryAfterMs }
    }
    case 'trouble':
      return { kind: 'failed', reason: reply.reason }
  }
}
