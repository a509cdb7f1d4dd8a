import type { Manifest, WriteSlot } from '../../src/core/connector.ts'
import type { Activity, Availability, Presence } from '../../src/core/presence.ts'

/** The models write states as `availability/activity`; the contract wants objects. */
export function toPresence(pair: string): Presence {
  const [availability, activity] = pair.split('/')
  return { availability: availability as Availability, activity: activity as Activity }
}

export function toPair(state: Presence): string {
  return `${state.availability}/${state.activity}`
}

export const DND = 'doNotDisturb/doNotDisturb'
export const CALL = 'busy/inACall'
export const FREE = 'available/available'
export const AWAY = 'away/away'

const nobody: Pick<Manifest, 'docs' | 'kind'> = { docs: '', kind: 'signal' }

export const teamsManifest: Manifest = {
  ...nobody,
  id: 'aggregate',
  title: 'Aggregate',
  facets: ['presence'],
  states: [
    DND,
    'doNotDisturb/presenting',
    'busy/inAConferenceCall',
    CALL,
    'busy/inAMeeting',
    'busy/busy',
    'beRightBack/beRightBack',
    AWAY,
    FREE,
    'offline/offWork',
    'offline/offline',
  ].map(toPresence),
  addressKind: 'entraObjectId',
  transport: 'poll',
  lineRank: 0,
}

export const sessionLifeMs = 720_000

const preferable = [DND, 'busy/busy', 'beRightBack/beRightBack', AWAY, 'offline/offWork', FREE].map(
  toPresence,
)

/**
 * The slots of an aggregate like Teams; a read may be late by the settle time at most. `presenting`: do not disturb can
 * be written as a session only.
 */
export function teamsSlots(
  settleMs: number,
  { presenting = false, preferredLifeMs = 24 * 3_600_000 } = {},
): readonly WriteSlot[] {
  return [
    {
      slot: 'session',
      states: ['doNotDisturb/presenting', CALL].map(toPresence),
      neutral: toPresence('offline/offline'),
      contribution: 'ownSession',
      readBack: 'aggregate',
      echo: 'value',
      expiry: { kind: 'native', lifeMs: sessionLifeMs },
      settleMs,
    },
    {
      slot: 'preferred',
      states: presenting ? preferable.slice(1) : preferable,
      neutral: toPresence('unknown/unknown'),
      contribution: 'sharedSlot',
      readBack: 'aggregate',
      echo: 'value',
      expiry: { kind: 'native', lifeMs: preferredLifeMs },
      settleMs,
    },
  ]
}

export const phoneManifest: Manifest = {
  ...nobody,
  id: 'phone',
  title: 'Phones',
  facets: ['dialog', 'dnd'],
  states: [DND, CALL, FREE].map(toPresence),
  addressKind: 'extension',
  transport: 'push',
  lineRank: 0,
}

export const phoneSettleMs = 2000

export const phoneSlots: readonly WriteSlot[] = [
  {
    slot: 'dnd',
    states: [toPresence(DND)],
    neutral: toPresence(FREE),
    contribution: 'sharedSlot',
    readBack: 'own',
    echo: 'value',
    expiry: { kind: 'none' },
    settleMs: phoneSettleMs,
  },
]
