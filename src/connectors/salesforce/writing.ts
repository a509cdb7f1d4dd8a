import type { ConnectorContext, Outcome, Publication } from '../../core/connector.ts'
import { AVAILABLE, OFFLINE, presenceName, samePresence } from '../../core/presence.ts'
import type { Api, Reply } from './api.ts'
import type { Answer, Commands } from './commands.ts'
import type { Settings } from './config.ts'
import { fixOf } from './failures.ts'
import type { PresenceFeed } from './presence-feed.ts'
import { type PresenceRow, readAgent } from './queries.ts'
import { writeSlots } from './slots.ts'
import type { StatusBook } from './statuses.ts'
import type { WrittenBook } from './written.ts'

const manner = { priority: 'write', patienceMs: 2_000, timeoutMs: 4_000 } as const
const signInRetryMs = 60_000
const consoleFix =
  'The agent has to have a console app open that has the utility item Hookswitch, and the permission set Hookswitch Agent.'

/** Why a console did not do it, in its words. */
const reasons: Readonly<Record<string, readonly [string, string]>> = {
  'signed-out': ['the agent is signed out of Omni-Channel', 'The agent has to sign in to Omni-Channel.'],
  refused: [
    'the status was refused',
    'Grant the agent this presence status by profile or permission set (Service Presence Statuses Access).',
  ],
  'logout-refused': [
    'the logout was refused',
    'Look in the console whether work is open that keeps the agent in.',
  ],
  expired: ['the console heard of it too late', 'Look at the clock and the network of the agent.'],
}

const oldPackage: Outcome = {
  kind: 'rejected',
  reason: 'The package in this organisation cannot sign anybody out: it is from before it could.',
  fix: 'Deploy the folder salesforce/ of this version.',
}

export interface WritingParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  readonly statuses: StatusBook
  readonly written: WrittenBook
  readonly presence: PresenceFeed
  readonly commands: Commands
}

/** Writes statuses through the agent's console: reads first, asks only for what differs, and reads back. */
export class Writing {
  readonly #parts: WritingParts

  constructor(parts: WritingParts) {
    this.#parts = parts
  }

  async publish(publication: Publication): Promise<Outcome> {
    const refusal = this.#refusal(publication)
    if (refusal) return refusal
    const { address, act } = publication
    const { written, presence, context } = this.#parts
    await written.load([address])
    const before = await readAgent(this.#parts.api, address, manner)
    if (before.kind !== 'ok') return outcomeOf(before)
    if (!before.user) return unknownUser(address)
    presence.wrote(address, before.row)
    if (!before.row) return this.#signedOut(publication)
    if (isLogout(publication)) return this.#write(publication, before.row, undefined)
    const wanted = this.#statusFor(publication, before.row)
    if (wanted === undefined) return noStatus(publication)
    if (wanted === before.row.statusId) {
      if (act === 'withdraw') await written.forget(address)
      return { kind: 'unchanged', at: context.clock.wall() }
    }
    return this.#write(publication, before.row, wanted)
  }

  #refusal(publication: Publication): Outcome | undefined {
    const { slot, act, state } = publication
    const [declared] = writeSlots(this.#parts.settings)
    if (slot !== declared?.slot) {
      return { kind: 'rejected', reason: `Salesforce has no slot "${slot}".`, fix: 'Use status.' }
    }
    if (declared.signsOut && isLogout(publication)) return undefined
    if (act === 'withdraw' || declared.states.some((each) => samePresence(each, state))) return undefined
    const off = declared.states.length === 0
    const fix = off ? 'Set writeStatus: true.' : 'Choose another state in the table of the link.'
    return { kind: 'rejected', reason: `Salesforce is not given ${presenceName(state)}.`, fix }
  }

  /** Nothing of ours stands at somebody who is signed out. */
  async #signedOut(publication: Publication): Promise<Outcome> {
    await this.#parts.written.forget(publication.address)
    if (publication.act === 'withdraw' || isLogout(publication))
      return { kind: 'unchanged', at: this.#parts.context.clock.wall() }
    const [reason, fix] = reasons['signed-out']!
    return { kind: 'rejected', reason: `Not applied: ${reason}.`, fix }
  }

  /** The id of the status to be set, that which stands there included. */
  #statusFor({ act, state, address }: Publication, row: PresenceRow): string | undefined {
    const { statuses, written } = this.#parts
    const standing = written.standing(address, row.statusId)
    const shown = (statusId: string) => statuses.stateOf(statusId, undefined)
    if (act === 'assert') {
      if (samePresence(standing?.state ?? statuses.stateOf(row.statusId, row.isAway), state))
        return row.statusId
      return statuses.statusFor(state)?.id
    }
    const wanted = state.availability === 'unknown' ? undefined : state
    if (standing && (!wanted || samePresence(shown(standing.foundId), wanted))) return standing.foundId
    // Somebody has changed it since we wrote it.
    if (!standing && !wanted && written.of(address)) return row.statusId
    const back = wanted ?? AVAILABLE
    if (!standing && samePresence(statuses.stateOf(row.statusId, row.isAway), back)) return row.statusId
    return statuses.statusFor(back)?.id
  }

  /** Without a status that is wanted: a logout. */
  async #write(publication: Publication, row: PresenceRow, wanted: string | undefined): Promise<Outcome> {
    const { written } = this.#parts
    const { address, act, state } = publication
    const former = written.of(address)
    if (wanted === undefined) {
      // Where nobody signs the agent out, nothing has changed that would have to be put back.
      if (!former)
        await written.put(address, { statusId: row.statusId, state, foundId: row.statusId, over: true })
    } else if (act === 'assert') {
      const foundId = written.standing(address, row.statusId)?.foundId ?? row.statusId
      // Before it is sent: the change may be heard before the answer.
      await written.put(address, { statusId: wanted, state, foundId, over: false })
    }
    written.writing(address, true)
    try {
      const outcome = await this.#command(publication, wanted)
      const undone = outcome.kind === 'rejected' || outcome.kind === 'deferred'
      if (undone && former) await written.put(address, former)
      else if (undone) await written.forget(address)
      return outcome
    } finally {
      written.writing(address, false)
    }
  }

  async #command(publication: Publication, wanted: string | undefined): Promise<Outcome> {
    const { commands } = this.#parts
    const { address, act } = publication
    const answer = await commands.send({ userId: address, statusId: wanted, withdraws: act === 'withdraw' })
    if (answer.kind === 'unsent') {
      const { reply } = answer
      if (wanted === undefined && reply.kind === 'refused' && reply.code === 'INVALID_FIELD')
        return oldPackage
      return reply.kind === 'trouble' ? { kind: 'failed', reason: reply.reason } : outcomeOf(reply)
    }
    return this.#readBack(publication, wanted, answer)
  }

  async #readBack(
    { address, act }: Publication,
    wanted: string | undefined,
    answer: Answer,
  ): Promise<Outcome> {
    const { api, presence, written, context } = this.#parts
    const after = await readAgent(api, address, manner)
    if (after.kind !== 'ok') return { kind: 'failed', reason: 'sent, and could not be read back' }
    presence.wrote(address, after.row)
    if (after.row?.statusId === wanted) {
      if (act === 'withdraw' || wanted === undefined) await written.forget(address)
      return { kind: 'applied', at: context.clock.wall() }
    }
    // Confirmed, and something else stands there by now, or what is read is late: the next reading tells.
    if (answer.kind === 'applied') {
      return { kind: 'failed', reason: 'the console confirmed it, and Salesforce shows something else' }
    }
    if (answer.kind === 'failed') {
      const [reason, fix] = reasons[answer.reason] ?? [
        `the console says ${answer.reason.slice(0, 100)}`,
        consoleFix,
      ]
      return { kind: 'rejected', reason: `Not applied: ${reason}.`, fix }
    }
    return { kind: 'rejected', reason: "Not applied: the agent's console did not answer.", fix: consoleFix }
  }
}

/** Offline is asked for by the rule for long absence alone: no table can name it. */
function isLogout({ act, state }: Publication): boolean {
  return act === 'assert' && samePresence(state, OFFLINE)
}

function unknownUser(address: string): Outcome {
  return {
    kind: 'rejected',
    reason: `Salesforce has no user ${address}.`,
    fix: 'Use the id of the user, 18 characters that begin with 005.',
  }
}

function noStatus({ state }: Publication): Outcome {
  return {
    kind: 'rejected',
    reason: `No presence status stands for ${presenceName(state)}, nor anything near it.`,
    fix: 'Name one in the setting statuses, or make one in Setup, Presence Statuses.',
  }
}

/** What becomes of a publication of which nothing was written. */
function outcomeOf(reply: Exclude<Reply, { kind: 'ok' }>): Outcome {
  switch (reply.kind) {
    case 'refused': {
      const reason = `Salesforce declines it (${reply.code || reply.status}): ${reply.message.replace(/\.$/, '')}.`
      return { kind: 'rejected', reason, fix: fixOf(reply.code) }
    }
    case 'wait':
      return { kind: 'deferred', reason: reply.reason, retryAfterMs: reply.retryAfterMs }
    case 'signedOut': {
      const { message, retryAfterMs = signInRetryMs } = reply.failure
      return { kind: 'deferred', reason: message, retryAfterMs }
    }
    case 'trouble':
      return { kind: 'deferred', reason: reply.reason, retryAfterMs: manner.patienceMs }
  }
}
