import type { DialogFacet, DialogState, Facet, Party } from '../../core/observation.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, OFFLINE, type Presence } from '../../core/presence.ts'
import type { Channel } from './channels.ts'
import { type DeviceState, toNumber } from './events.ts'

/** All that is known of one extension, ready to be turned into facets. */
export interface ExtensionState {
  /** Channels of its phones, each with the other channels of its call or bridge. */
  readonly legs: readonly { readonly channel: Channel; readonly peers: readonly Channel[] }[]
  /** State of each of its phones. */
  readonly phones: ReadonlyMap<string, DeviceState>
  /** Lamps: custom devices of the hint, and phones in use without a channel of theirs (elsewhere in a cluster). */
  readonly lamps: ReadonlyMap<string, DeviceState>
  readonly dnd: boolean | undefined
  /** CustomPresence, where it is read. */
  readonly presence: string | undefined
}

export interface FacetRules {
  /** True for the phone of any extension, so that everything else is a line to the outside. */
  isPhone(device: string): boolean
  /** Calls of feature codes pass as ordinary ones. */
  readonly featureCodes: boolean
}

/**
 * What a channel's state means for its leg (asterisk/channelstate.h). A called channel that is still down makes no
 * leg: a call that is refused at once never rings. Ringing back is told by DialState.
 */
const legStates: Readonly<Record<number, { readonly plain: DialogState; readonly progress: DialogState }>> = {
  2: { plain: 'trying', progress: 'early' },
  3: { plain: 'trying', progress: 'early' },
  4: { plain: 'trying', progress: 'early' },
  5: { plain: 'early', progress: 'early' },
  6: { plain: 'confirmed', progress: 'confirmed' },
  8: { plain: 'trying', progress: 'early' },
  9: { plain: 'early', progress: 'early' },
}

/** A lamp on hold is the other party's: a call all the same. */
const lampStates: Readonly<Partial<Record<DeviceState, DialogState>>> = {
  INUSE: 'confirmed',
  BUSY: 'confirmed',
  RINGING: 'early',
  RINGINUSE: 'confirmed',
  ONHOLD: 'confirmed',
}

const presences: Readonly<Record<string, Presence>> = {
  available: AVAILABLE,
  chat: AVAILABLE,
  away: AWAY,
  xa: AWAY,
  dnd: DO_NOT_DISTURB,
  unavailable: OFFLINE,
}

/** True for a word of CustomPresence; `not_set` says nothing. */
export function isPresenceWord(word: string): boolean {
  return word === 'not_set' || Object.hasOwn(presences, word)
}

export function lampState(state: DeviceState | undefined): DialogState | undefined {
  return state && lampStates[state]
}

/**
 * Who is at the other end: a line to the outside anywhere in the call makes it external. A channel that is up with
 * nobody else there talks to the PBX itself (voicemail, echo); while it is dialling, nobody can know.
 */
export function partyOf(
  channel: Channel,
  peers: readonly Channel[],
  isPhone: (device: string) => boolean,
): Party {
  const devices = peers.flatMap((peer) =>
    peer.device && peer.device !== channel.device ? [peer.device] : [],
  )
  if (devices.some((device) => !isPhone(device))) return 'external'
  if (devices.length > 0) return 'internal'
  return channel.state === 6 ? 'internal' : 'unknown'
}

/** `*97`, `*78`: the phone speaks with the PBX, unless the code leads to somebody (`**1002` picks a call up). */
function isFeatureCode(channel: Channel, peers: readonly Channel[]): boolean {
  return channel.dialled.startsWith('*') && !peers.some((peer) => peer.device)
}

function legFacet(channel: Channel, peers: readonly Channel[], rules: FacetRules): DialogFacet | undefined {
  const states = legStates[channel.state]
  if (!states) return undefined
  const state = channel.progress ? states.progress : states.plain
  return {
    kind: 'dialog',
    leg: channel.uniqueid,
    state: channel.held && state === 'confirmed' ? 'held' : state,
    direction: channel.direction,
    party: partyOf(channel, peers, rules.isPhone),
    evidence: 'call',
    ...aboutOtherEnd(channel, peers, rules),
  }
}

/**
 * The other end's number, how the call came, and whether it is a feature code; each only where Asterisk tells. That no
 * queue was seen does not prove that there is none.
 */
function aboutOtherEnd(
  channel: Channel,
  peers: readonly Channel[],
  rules: FacetRules,
): Pick<DialogFacet, 'remote' | 'through' | 'featureCode'> {
  const inbound = channel.direction === 'inbound'
  const dialled = toNumber(channel.dialled)
  const remote = inbound ? channel.connected : (dialled ?? channel.connected)
  const queued = inbound && (channel.queue || peers.some((peer) => peer.queue))
  return {
    ...(remote !== undefined && { remote }),
    ...(queued && { through: 'queue' }),
    ...(channel.dialled.startsWith('*') && {
      featureCode: !rules.featureCodes && isFeatureCode(channel, peers),
    }),
  }
}

function lampFacet(device: string, lit: DeviceState): DialogFacet | undefined {
  const state = lampState(lit)
  return (
    state && {
      kind: 'dialog',
      leg: `lamp:${device}`,
      state,
      direction: lit === 'RINGING' ? 'inbound' : 'unknown',
      party: 'unknown',
      evidence: 'lamp',
    }
  )
}

/** A phone that is UNKNOWN says nothing; one reachable phone is enough. */
function registrationFacet(phones: ReadonlyMap<string, DeviceState>): Facet | undefined {
  const known = [...phones.values()].filter((state) => state !== 'UNKNOWN')
  if (known.length === 0) return undefined
  return {
    kind: 'registration',
    registered: known.some((state) => state !== 'UNAVAILABLE' && state !== 'INVALID'),
  }
}

/** The facets of one extension: pure, and total over every state Asterisk has. */
export function facetsOf(extension: ExtensionState, rules: FacetRules): readonly Facet[] {
  const { presence = 'not_set' } = extension
  const chosen = Object.hasOwn(presences, presence) ? presences[presence] : undefined
  const facets: (Facet | undefined)[] = [
    ...extension.legs.map(({ channel, peers }) => legFacet(channel, peers, rules)),
    ...[...extension.lamps].map(([device, state]) => lampFacet(device, state)),
    registrationFacet(extension.phones),
    extension.dnd === undefined ? undefined : { kind: 'dnd', on: extension.dnd },
    chosen && { kind: 'presence', state: chosen, chosen: 'yes' },
  ]
  return facets.filter((facet) => facet !== undefined)
}
