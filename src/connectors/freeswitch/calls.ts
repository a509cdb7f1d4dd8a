import type { DialogFacet, DialogState, Direction, Party } from '../../core/observation.ts'
import type { ChannelSeen } from './decode.ts'

/** Channel-Call-State (switch_channel.c). DOWN is a channel that is being made, of which nobody has heard yet. */
const states: Readonly<Record<string, DialogState | 'none'>> = {
  DOWN: 'none',
  DIALING: 'trying',
  RINGING: 'early',
  RING_WAIT: 'early',
  EARLY: 'early',
  ACTIVE: 'confirmed',
  UNHELD: 'confirmed',
  HELD: 'held',
  HANGUP: 'terminated',
}

/** A state that a later version has added counts as a call that is up. */
export const unknownStateIs = 'confirmed'

/** Undefined for a word that is not in the table. */
export function stateOfWord(word: string): DialogState | 'none' | undefined {
  return Object.hasOwn(states, word) ? states[word] : undefined
}

/** What a phone's channel is seen against. */
export interface CallSight {
  /** The other channels of its call. */
  readonly others: readonly ChannelSeen[]
  /** The part before the @ of a presence id of our domain; undefined for a trunk or another domain. */
  user(channel: ChannelSeen): string | undefined
  /** Whether an extension of our domain has this number. */
  isExtension(number: string): boolean
}

/** One phone's channel as a leg; undefined where there is nothing to tell of yet, or no longer. */
export function legOf(channel: ChannelSeen, sight: CallSight): DialogFacet | undefined {
  const state = stateOfWord(channel.state ?? 'DOWN') ?? unknownStateIs
  if (state === 'none' || state === 'terminated') return undefined
  const direction = directionOf(channel)
  const remote = direction === 'outbound' ? channel.destination : channel.callerNumber
  const party = partyOf(channel, { sight, remote })
  const code = direction === 'outbound' && sight.others.length === 0 && (remote?.startsWith('*') ?? false)
  return {
    ...{ kind: 'dialog', leg: channel.uuid, state, direction, party, evidence: 'call' },
    ...(code && { featureCode: true }),
    ...(remote !== undefined && { remote }),
  }
}

/** FreeSWITCH tells it from its own side: a channel that a phone began is inbound. */
function directionOf({ direction }: ChannelSeen): Direction {
  if (direction === 'inbound') return 'outbound'
  return direction === 'outbound' ? 'inbound' : 'unknown'
}

/** A channel of a call carries the uuid of the one that began it. */
export const callOf = ({ call, uuid }: ChannelSeen) => call ?? uuid

function partyOf(
  channel: ChannelSeen,
  { sight, remote }: { readonly sight: CallSight; readonly remote: string | undefined },
): Party {
  const began = callOf(channel) === channel.uuid
  // Phones of a ring group ring side by side: whom one of them talks to is the channel that called.
  const partners = began ? sight.others : sight.others.filter(({ uuid }) => uuid === channel.call)
  const known = partners.filter(({ name }) => !name?.startsWith('loopback/'))
  if (known.length > 0)
    return known.some((other) => sight.user(other) === undefined) ? 'external' : 'internal'
  if (partners.length > 0 || remote === undefined) return 'unknown'
  if (sight.isExtension(remote)) return 'internal'
  return /^\+?\d{7,}$/.test(remote) ? 'external' : 'unknown'
}
