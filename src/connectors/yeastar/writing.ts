import type { ConnectorContext, Outcome, Publication } from '../../core/connector.ts'
import { presenceName, samePresence } from '../../core/presence.ts'
import { fieldsOf, textOf } from '../kit/http.ts'
import type { Api, Reply } from './api.ts'
import type { Settings } from './config.ts'
import { type Extension, findExtension } from './extensions.ts'
import { stateOfWord, wordOfState } from './presence-words.ts'
import { writeSlots } from './slots.ts'

/** A write that got no turn in this time goes back to the hub, which may want something else by then. */
const limits = { patienceMs: 2_000, timeoutMs: 4_000 } as const
const signInRetryMs = 60_000

export interface WritingParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  /** What a write has read back; without a word, that one was sent. */
  wrote(extension: string, presence: string | undefined): void
}

/** What stood at an extension when the hub wrote first, to be put back exactly: Lunch is Lunch again and not Away. */
interface Found {
  readonly word: string
  /** What the hub has written over it: where something else stands by now, this is no longer to be put back. */
  readonly wrote: string
}

const foundKey = (extension: string) => `found ${extension}`

/** Writes the presence of extensions: reads first, writes only what differs, and reads back. */
export class Writing {
  readonly #parts: WritingParts

  constructor(parts: WritingParts) {
    this.#parts = parts
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { api, context } = this.#parts
    const { memory, clock } = context
    const { address, act } = publication
    const refusal = this.#refusal(publication)
    if (refusal) return refusal
    const reply = await findExtension(api, address, limits)
    // Nothing was written: it is not a question of what may have arrived.
    if (reply.kind === 'trouble') {
      return { kind: 'deferred', reason: reply.reason, retryAfterMs: limits.patienceMs }
    }
    if (reply.kind !== 'ok') return outcomeOf(reply)
    const { extension } = reply
    if (!extension) return unknownExtension(address)
    const found = await this.#foundAt(extension)
    const wanted = wordFor(publication, extension.presence, found)
    if (wanted === undefined) {
      if (act === 'withdraw') await memory.delete(foundKey(address))
      return { kind: 'unchanged', at: clock.wall() }
    }
    if (act === 'assert') {
      const kept: Found = { word: found?.word ?? extension.presence, wrote: wanted }
      await memory.set(foundKey(address), kept)
    }
    return this.#write(publication, extension, wanted)
  }

  #refusal({ slot, act, state }: Publication): Outcome | undefined {
    const [own] = writeSlots(this.#parts.settings)
    if (slot !== own?.slot) {
      return { kind: 'rejected', reason: `Yeastar has no slot "${slot}".`, fix: 'Use presence.' }
    }
    if (act === 'withdraw' || own.states.some((each) => samePresence(each, state))) return undefined
    return {
      kind: 'rejected',
      reason: `Yeastar is not given ${presenceName(state)}.`,
      fix:
        own.states.length === 0
          ? 'Set writePresence: true.'
          : 'Choose Available, Away or Do not disturb in the table of the link.',
    }
  }

  async #write({ address, act }: Publication, { id }: Extension, wanted: string): Promise<Outcome> {
    const { api, context, wrote } = this.#parts
    const reply = await api.send({
      ...{ priority: act === 'withdraw' ? 'withdraw' : 'write', method: 'POST', path: 'extension/update' },
      body: { id, presence_status: wanted },
      ...limits,
    })
    wrote(address, undefined)
    if (reply.kind !== 'ok') return outcomeOf(reply)
    const after = await findExtension(api, address, limits)
    if (after.kind !== 'ok' || !after.extension) {
      return { kind: 'failed', reason: 'written, and could not be read back' }
    }
    wrote(address, after.extension.presence)
    if (after.extension.presence !== wanted) {
      const reason = `the PBX shows ${after.extension.presence} instead of what was written`
      return { kind: 'failed', reason }
    }
    if (act === 'withdraw') await context.memory.delete(foundKey(address))
    return { kind: 'applied', at: context.clock.wall() }
  }

  /** Undefined where nothing of ours stands there any more. */
  async #foundAt({ number, presence }: Extension): Promise<Found | undefined> {
    const stored = fieldsOf(await this.#parts.context.memory.get(foundKey(number)))
    const [word, wrote] = [textOf(stored.word), textOf(stored.wrote)]
    return word === undefined || wrote !== presence ? undefined : { word, wrote }
  }
}

/** The word to write; undefined where what stands there is right. */
export function wordFor(
  { act, state }: Pick<Publication, 'act' | 'state'>,
  shown: string,
  found: { readonly word: string } | undefined,
): string | undefined {
  const neutral = act === 'withdraw' && state.availability === 'unknown'
  const plain = neutral ? 'available' : wordOfState(state)
  const meant = stateOfWord(plain)
  if (act === 'withdraw' && found && stateOfWord(found.word) === meant) {
    return found.word === shown ? undefined : found.word
  }
  // A word with the same meaning, such as lunch for away, is as right.
  return stateOfWord(shown) === meant ? undefined : plain
}

function unknownExtension(address: string): Outcome {
  return {
    kind: 'rejected',
    reason: `Yeastar has no extension ${address}.`,
    fix: 'Correct the extension of this person.',
  }
}

/** What becomes of a publication whose request came to nothing. */
function outcomeOf(reply: Exclude<Reply, { kind: 'ok' }>): Outcome {
  switch (reply.kind) {
    case 'refused':
      return {
        kind: 'rejected',
        reason: `Yeastar declines it (${reply.code}): ${reply.message}.`,
        fix: 'Look the code up under Error Code and Error Message in the developer guide of the PBX.',
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
