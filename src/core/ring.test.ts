import { describe, expect, test } from 'vitest'
import {
  contribution,
  dndSlot,
  heardPoint,
  leg,
  preferredSlot,
  sessionSlot,
  teamsPoint,
} from '../../test/support/points.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  type Presence,
  presence,
  UNKNOWN,
} from './presence.ts'
import type { Point } from './presentity.ts'
import { reachability } from './ring.ts'
import type { RingChannel, RingPlace } from './ring-channel.ts'
import { busyOnBusyWords, defaultRingSettings, queueDoNotDisturbWords } from './ring-settings.ts'
import { signedOutNote } from './signed-out.ts'

const now = 1_000_000
const lost = { feeds: [{ feed: 'feed', epoch: 1, live: false, lostSince: 0 }] }

function ask(places: readonly RingPlace[], settings: Partial<typeof defaultRingSettings> = {}) {
  const callBackUntil = undefined
  return reachability({ places, settings: { ...defaultRingSettings, ...settings }, now, callBackUntil })
}

const showing = (state: Presence, outOfOffice = false): Partial<Point> => ({
  native: { state, chosen: 'unknown', outOfOffice, since: 0 },
  read: { state, at: now },
})

function teams(change: Partial<Point>, settings: Partial<typeof defaultRingSettings> = {}) {
  const slots = [sessionSlot, preferredSlot]
  return ask([{ point: teamsPoint(change), kind: 'collaboration', slots }], settings)
}

function phones(...points: readonly Point[]): RingPlace[] {
  return points.map((point) => ({ point, kind: 'pbx', slots: [dndSlot] }))
}

const phone = (change: Partial<Point>) => heardPoint({ registered: true, dnd: false, ...change })
const words = ({ via, inbound, outbound }: RingChannel) => `${via}: in ${inbound}, out ${outbound}`
const answers = (channels: readonly RingChannel[]) => channels.map(words)

const focusing = presence('doNotDisturb', 'focusing')
const urgentOnly = presence('doNotDisturb', 'urgentInterruptionsOnly')
const everyState: readonly Presence[] = [
  ...[AVAILABLE, AWAY, BUSY, IN_A_CALL, OFFLINE, DO_NOT_DISTURB, PRESENTING, focusing, urgentOnly],
  presence('busy', 'inAMeeting'),
  presence('busy', 'inAConferenceCall'),
  presence('beRightBack', 'beRightBack'),
  presence('away', 'outOfOffice'),
  presence('available', 'outOfOffice'),
  presence('offline', 'offWork'),
]

describe('the collaboration system itself', () => {
  test.each(everyState)(
    'X-12: $availability/$activity: only the do-not-disturb family blocks, and only inbound',
    (state) => {
      const [channel] = teams(showing(state), { busyOnBusy: 'disabled' })
      const blocked = state.availability === 'doNotDisturb'
      expect(words(channel!)).toBe(`direct: in ${blocked ? 'no' : 'yes'}, out yes`)
      if (blocked) expect(channel!.because).toContain('priority access')
    },
  )

  test.each(busyOnBusyWords)('X-12: a second call during a native one, Busy on busy %s', (busyOnBusy) => {
    const expected = {
      unknown: 'unknown',
      userOverride: 'unknown',
      disabled: 'yes',
      enabled: 'no',
      unanswered: 'no',
    }
    const [channel] = teams(showing(IN_A_CALL), { busyOnBusy })
    expect(channel!.inbound).toBe(expected[busyOnBusy])
    expect(channel!.because).toContain('Busy on busy')
  })

  test.each(busyOnBusyWords)(
    'SW-07, SW-08, SW-09, X-08: In a call that we show does not block, Busy on busy %s',
    (busyOnBusy) => {
      const ours = [contribution({ confirmedAt: 1 })]
      const change = {
        ...showing(AVAILABLE),
        read: { state: IN_A_CALL, at: now },
        hiddenSince: 1,
        contributions: ours,
      }
      const [channel] = teams(change, { busyOnBusy })
      expect(words(channel!)).toBe('direct: in yes, out yes')
    },
  )

  test('a native call behind ours may be over: never no for certain', () => {
    const change = { ...showing(IN_A_CALL), hiddenSince: 1 }
    expect(teams(change, { busyOnBusy: 'enabled' })[0]!.inbound).toBe('unknown')
    expect(teams(change, { busyOnBusy: 'disabled' })[0]!.inbound).toBe('yes')
  })

  test('UN-04: where a vendor’s own connector shows its phones’ calls, none of them is native for certain', () => {
    const foreign = { foreignCalls: true, busyOnBusy: 'enabled' } as const
    expect(teams(showing(IN_A_CALL), foreign)[0]!.inbound).toBe('unknown')
    expect(teams(showing(IN_A_CALL), { ...foreign, busyOnBusy: 'disabled' })[0]!.inbound).toBe('yes')
  })

  test('do not disturb that the hub chose there blocks, until it runs out', () => {
    const ours = [contribution({ slot: 'preferred', state: DO_NOT_DISTURB, expiresAt: now + 5000 })]
    const [channel] = teams({ ...showing(AVAILABLE), contributions: ours })
    expect(channel).toMatchObject({ inbound: 'no', until: now + 5000, doNotDisturb: true })
  })

  test('X-08: what silenceTeams shows is unconfirmed, and the answer says so', () => {
    const ours = [contribution({ state: PRESENTING, expiresAt: now + 5000 })]
    const [channel] = teams({
      ...showing(AVAILABLE),
      read: { state: PRESENTING, at: now },
      contributions: ours,
    })
    expect(channel).toMatchObject({ inbound: 'unknown', until: now + 5000 })
    expect(channel!.because).toContain('not been confirmed')
  })

  test.each([
    ['cannot be heard', { ...showing(AVAILABLE), ...lost }],
    ['was never heard', { feeds: [] }],
    ['shows nothing', {}],
    ['shows Unknown', showing(UNKNOWN)],
  ])('%s: unknown, never yes', (_what, change) => {
    expect(teams(change)[0]!.inbound).toBe('unknown')
  })
})

describe('a softphone that obeys what is shown (preset mirage)', () => {
  const settings = { softphones: ['teams'] }
  const softphone = (change: Partial<Point>) =>
    teams(change, settings).filter(({ kind }) => kind === 'softphone')

  test.each(everyState)('MM-15, MM-16, MM-17: $availability/$activity', (state) => {
    const blocked = state === DO_NOT_DISTURB || state === PRESENTING
    const answer = blocked ? 'no' : 'yes'
    expect(words(softphone(showing(state))[0]!)).toBe(`direct: in ${answer}, out ${answer}`)
  })

  test.each([AVAILABLE, AWAY, IN_A_CALL])('MM-18: out of office signals calls (%j)', (state) => {
    expect(softphone(showing(state, true))[0]!.inbound).toBe('yes')
  })

  test('MM-19: Do not disturb on top of out of office blocks', () => {
    expect(softphone(showing(DO_NOT_DISTURB, true))[0]!.inbound).toBe('no')
  })

  describe('after a logout from the CRM whose softphone it is', () => {
    const crm = (change: Partial<Point>, connector = 'crm'): RingPlace => {
      return { point: heardPoint({ connector, address: 'anna', ...change }), kind: 'crm', slots: [] }
    }
    const signedOut = {
      state: OFFLINE,
      chosen: 'no',
      outOfOffice: false,
      since: 0,
      absent: 'signedOut',
    } as const
    const softphoneOf = new Map([['teams', ['crm', 'other']]])
    const all = (state: Presence, ...crms: RingPlace[]) => {
      const places = [
        { point: teamsPoint(showing(state)), kind: 'collaboration', slots: [] } as const,
        ...crms,
      ]
      return ask(places, { ...settings, softphoneOf }).filter(({ kind }) => kind === 'softphone')
    }

    test.each([AVAILABLE, DO_NOT_DISTURB])(
      'MM-20, MM-21: it signals nothing, whatever Teams shows (%j)',
      (state) => {
        const channels = all(state, crm({ native: signedOut }))
        expect(answers(channels)).toEqual(
          ['direct', 'internal', 'queue'].map((via) => `${via}: in no, out unknown`),
        )
        expect(channels[0]!.because).toBe(`crm is ${signedOutNote}; calls go to teams, by its own rules`)
        expect(channels[0]!.doNotDisturb).toBeUndefined()
      },
    )

    test('MM-21: Teams itself rings by its own rules', () => {
      const places = [{ point: teamsPoint(showing(AVAILABLE)), kind: 'collaboration', slots: [] } as const]
      const [own] = ask([...places, crm({ native: signedOut })], { ...settings, softphoneOf })
      expect([own!.kind, own!.inbound]).toEqual(['collaboration', 'yes'])
    })

    test('signed in at one of two CRMs, or somebody else’s CRM: as Teams shows; not heard any more: unknown', () => {
      const inThere = crm({ ...showing(AVAILABLE) }, 'other')
      expect(all(AVAILABLE, crm({ native: signedOut }), inThere)[0]!.inbound).toBe('yes')
      expect(all(AVAILABLE, crm({ native: signedOut }, 'third'))[0]!.inbound).toBe('yes')
      expect(all(AVAILABLE, crm({ native: signedOut, ...lost }))[0]!.inbound).toBe('unknown')
    })
  })

  test('MM-26, MM-27: internal calls are signalled whatever is shown; queues have rules of their own', () => {
    expect(answers(softphone(showing(DO_NOT_DISTURB)))).toEqual([
      'direct: in no, out no',
      'internal: in yes, out no',
      'queue: in unknown, out no',
    ])
  })

  test('the hub is not there unless declared, and unknown while nothing is heard', () => {
    expect(teams(showing(AVAILABLE)).map(({ kind }) => kind)).toEqual(['collaboration'])
    expect(answers(softphone({ ...showing(AVAILABLE), ...lost }))).toEqual([
      'direct: in unknown, out unknown',
      'internal: in unknown, out unknown',
      'queue: in unknown, out unknown',
    ])
  })
})

describe('a phone', () => {
  test.each([
    ['registered, do not disturb off', {}, 'yes', 'yes'],
    ['do not disturb on', { dnd: true }, 'no', 'yes'],
    ['not registered', { registered: false }, 'no', 'no'],
    ['not registered and in do not disturb', { registered: false, dnd: true }, 'no', 'no'],
    ['do not disturb not told', { dnd: undefined }, 'unknown', 'yes'],
    ['registration not told', { registered: undefined }, 'unknown', 'unknown'],
    ['registration not told, but it is on a call', { registered: undefined, legs: [leg()] }, 'yes', 'yes'],
    ['cannot be heard', lost, 'unknown', 'unknown'],
    ['cannot be heard, do not disturb was on', { ...lost, dnd: true }, 'unknown', 'unknown'],
    ['never heard', { feeds: [] }, 'unknown', 'unknown'],
  ] as const)('X-12: direct, %s', (_what, change, inbound, outbound) => {
    const [channel] = ask(phones(phone(change as Partial<Point>)))
    expect(words(channel!)).toBe(`direct: in ${inbound}, out ${outbound}`)
  })

  test.each(queueDoNotDisturbWords)(
    'MM-27: by queue in do not disturb, declared as %s',
    (queueDoNotDisturb) => {
      const expected = { unknown: 'unknown', blocks: 'no', rings: 'yes' }
      const channel = ask(phones(phone({ dnd: true })), { queueDoNotDisturb })[1]!
      expect([channel.via, channel.inbound]).toEqual(['queue', expected[queueDoNotDisturb]])
      expect(ask(phones(phone({})), { queueDoNotDisturb })[1]!.inbound).toBe('yes')
      expect(ask(phones(phone({ registered: false })), { queueDoNotDisturb })[1]!.inbound).toBe('no')
    },
  )

  test('says who set do not disturb, and counts one that is on its way', () => {
    const ours = contribution({ slot: 'dnd', state: DO_NOT_DISTURB, expiresAt: undefined })
    const set = { ...ours, cause: { ...ours.cause, text: 'Presenting on teams anna' } }
    const because = (change: Partial<Point>) => ask(phones(phone(change)))[0]!.because
    expect(because({ dnd: true, contributions: [{ ...set, confirmedAt: 2 }] })).toContain(
      'set by the hub: Presenting on teams anna',
    )
    expect(because({ contributions: [set] })).toContain('being set by the hub')
    expect(because({ dnd: true, base: { state: DO_NOT_DISTURB, at: 0, by: 'native' } })).toContain(
      'set at the phone',
    )
    expect(because({ dnd: true })).toContain('the hub did not set it')
    const gone = { ...set, confirmedAt: 2, endIntentAt: 3, endAckAt: 4 }
    expect(ask(phones(phone({ contributions: [gone] })))[0]!.inbound).toBe('yes')
  })

  test('one line seen by two connectors: the better one has the word, and both answer alike', () => {
    const line = { line: 'extensions 1001' }
    const better = phone({ ...line, rank: 2, registered: undefined, dnd: true })
    const lamps = heardPoint({ ...line, connector: 'lamps', registered: true })
    expect(ask(phones(better, lamps)).map(({ inbound }) => inbound)).toEqual([
      'no',
      'unknown',
      'no',
      'unknown',
    ])
    Object.assign(better, lost)
    expect(ask(phones(better, lamps)).map(({ inbound }) => inbound)).toEqual(Array(4).fill('unknown'))
  })

  test('after an emergency call it says until when the hub silences nothing', () => {
    const input = {
      places: phones(phone({})),
      settings: defaultRingSettings,
      now,
      callBackUntil: now + 60_000,
    }
    expect(reachability(input)[0]).toMatchObject({ inbound: 'yes', until: now + 60_000 })
  })
})
