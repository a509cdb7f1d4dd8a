import type { ConnectorView, ExplainView, PersonView, StateView, SystemView } from '../../src/core/view.ts'

const minute = 60_000

export function state(
  availability: StateView['availability'],
  activity: StateView['activity'],
  label: string,
  more: Partial<StateView> = {},
): StateView {
  return { availability, activity, label, ...more }
}

export const available = state('available', 'available', 'Available')
export const inACall = state('busy', 'inACall', 'In a call')

export function teams(native: StateView | undefined, more: Partial<SystemView> = {}): SystemView {
  return {
    connector: 'teams',
    type: 'teams',
    title: 'Microsoft Teams',
    kind: 'collaboration',
    addresses: ['8a2f0c11-77aa-4b1e-9d7e-1f4f2f0a1234'],
    ...(native ? { native } : {}),
    synced: true,
    targets: [],
    ...more,
  }
}

export function phone(
  extension: string,
  native: StateView | undefined,
  more: Partial<SystemView> = {},
): SystemView {
  return {
    connector: 'pbx',
    type: 'asterisk',
    title: 'Office phones',
    kind: 'pbx',
    addresses: [extension],
    ...(native ? { native } : {}),
    synced: true,
    targets: [],
    ...more,
  }
}

function person(displayName: string, shown: StateView, systems: readonly SystemView[]): PersonView {
  const first = displayName.split(' ')[0]!.toLowerCase()
  return {
    tenant: 'contoso',
    id: `p-${first}`,
    upn: `${first}@contoso.example`,
    displayName,
    state: shown,
    systems,
    revision: 1,
  }
}

/** A dozen people who between them show everything that the board can show. */
export function samplePeople(now: number): PersonView[] {
  const ago = (minutes: number) => ({ since: now - minutes * minute })
  const idle = state('available', 'available', 'Idle', ago(180))
  const wrote = (status: SystemView['targets'][number]['status'], wanted: string, detail?: string) => ({
    targets: [
      { address: 'x', slot: 'session', wanted, status, at: now - 3 * minute, ...(detail ? { detail } : {}) },
    ],
  })
  return [
    person('Anna Lindqvist', { ...available, ...ago(42) }, [
      teams({ ...available, ...ago(42) }),
      phone('1001', idle),
    ]),
    person('Ben Okafor', { ...inACall, ...ago(3) }, [
      teams(
        { ...available, ...ago(61), note: 'hidden by our own call since 10:02' },
        wrote('applied', 'busy/inACall'),
      ),
      phone('1002', { ...inACall, ...ago(3) }),
    ]),
    person('Carla Jiménez', { ...available, ...ago(8), ringing: true }, [
      teams({ ...available, ...ago(75) }),
      phone('1003', { ...idle, ringing: true }),
    ]),
    person('David Brandt', state('doNotDisturb', 'doNotDisturb', 'Do not disturb', ago(25)), [
      teams(state('doNotDisturb', 'doNotDisturb', 'Do not disturb', { ...ago(25), chosen: 'yes' })),
      phone('1004', { ...idle, doNotDisturb: true }, wrote('applied', 'doNotDisturb/doNotDisturb')),
    ]),
    person('Emi Tanaka', state('busy', 'inAMeeting', 'In a meeting', ago(14)), [
      teams(
        state('busy', 'inAMeeting', 'In a meeting', ago(14)),
        wrote('masked', 'busy/inACall', 'shown: In a meeting'),
      ),
      phone('1005', { ...inACall, ...ago(2) }),
    ]),
    person('Farid Haddad', state('away', 'away', 'Away', { ...ago(300), outOfOffice: true }), [
      teams(state('away', 'away', 'Away', { ...ago(300), outOfOffice: true })),
      phone('1006', idle),
    ]),
    person('Greta Maximiliane von Hohenstein-Wartenburg', state('busy', 'busy', 'Busy', ago(5)), [
      teams(state('busy', 'busy', 'Busy', { ...ago(5), chosen: 'yes' }), wrote('yielded', 'busy/inACall')),
      phone('1007', { ...inACall, ...ago(6) }),
    ]),
    person('Hugo Nilsen', state('unknown', 'unknown', 'Unknown', ago(1)), [
      teams(state('unknown', 'unknown', 'Unknown', { absent: 'notLicensed' })),
      phone('1008', inACall, { synced: false }),
    ]),
    person('Ines Moreau', state('beRightBack' as const, 'beRightBack', 'Be right back', ago(7)), [
      teams(state('beRightBack', 'beRightBack', 'Be right back', { ...ago(7), chosen: 'yes' })),
      phone('1009', idle),
    ]),
    person('Jonas Weber', state('offline', 'offline', 'Offline', ago(900)), [
      teams(state('offline', 'offline', 'Offline', ago(900))),
      phone('1010', state('offline', 'offline', 'Not registered', ago(900))),
    ]),
    person('Kaori Sato', state('doNotDisturb', 'presenting', 'Presenting', ago(12)), [
      teams(state('doNotDisturb', 'presenting', 'Presenting', ago(12))),
      phone('1011', idle, wrote('rejected', 'doNotDisturb/doNotDisturb', 'the extension does not exist')),
    ]),
    person('Leo Rossi', state('available', 'available', 'Available', ago(2)), [
      teams(undefined, { addresses: [], synced: false }),
      phone('1012', idle),
    ]),
  ]
}

/** `count` people for the tests of size. */
export function manyPeople(count: number, now: number): PersonView[] {
  const samples = samplePeople(now)
  return Array.from({ length: count }, (_, index) => {
    const sample = samples[index % samples.length]!
    const name = `Person ${String(index).padStart(5, '0')}`
    return { ...sample, id: `n-${index}`, upn: `person${index}@contoso.example`, displayName: name }
  })
}

export function sampleConnectors(now: number): ConnectorView[] {
  return [
    {
      tenant: 'contoso',
      id: 'teams',
      type: 'teams',
      title: 'Microsoft Teams',
      docs: 'docs/connectors/teams.md',
      health: { state: 'up', since: now - 50 * minute },
      followed: 12,
      problems: [
        {
          kind: 'unmatched',
          who: 'leo@contoso.example',
          reason: 'no account of the tenant has this UPN, mail or alias',
          fix: 'correct the UPN in the configuration, or give the account this alias',
        },
      ],
      unknownValues: [
        {
          ...{ field: 'activity', value: 'Levitating', takenAs: 'unknown/unknown' },
          ...{ count: 214, firstAt: now - 20 * minute, lastAt: now - minute },
        },
      ],
    },
    {
      tenant: 'contoso',
      id: 'pbx',
      type: 'asterisk',
      title: 'Office phones',
      docs: 'docs/connectors/asterisk.md',
      health: {
        state: 'degraded',
        detail: 'the manager connection was closed by the PBX; connecting again',
        fix: 'look whether Asterisk is running',
        since: now - 2 * minute,
      },
      followed: 12,
      problems: [],
      unknownValues: [],
    },
  ]
}

export function explainSample(person: PersonView, now: number): ExplainView {
  const call = {
    wanted: 'busy/inACall',
    because: 'the phone 1002 has a call that is answered',
    rule: 'a call beats a free client',
  }
  return {
    person,
    at: now,
    signals: [
      {
        connector: 'pbx',
        address: '1002',
        what: 'Call, talking, outbound, external',
        since: now - 3 * minute,
        heard: 'live',
      },
      {
        connector: 'teams',
        address: '8a2f0c11-77aa-4b1e-9d7e-1f4f2f0a1234',
        what: 'Available',
        since: now - 61 * minute,
        heard: 'hidden',
        note: 'hidden by our own call since 10:02',
      },
      { connector: 'pbx', address: '1002', what: 'Registered', since: now - 400 * minute, heard: 'live' },
    ],
    decisions: [
      {
        ...call,
        target: 'teams',
        slot: 'session',
        status: 'applied',
        reviewAt: now + 6 * minute,
        lost: [{ signal: 'Teams: Available', because: 'what Teams says by itself is no input for Teams' }],
      },
      {
        target: 'pbx',
        slot: 'dnd',
        wanted: 'Nothing',
        because: 'no source asks for anything',
        status: 'idle',
        lost: [],
      },
      {
        target: 'teams',
        slot: 'preferred',
        wanted: 'Nothing',
        because: 'no source asks for anything',
        status: 'idle',
        lost: [],
      },
      {
        ...call,
        target: 'board',
        status: 'applied',
        lost: [{ signal: 'Teams: Available', because: 'a call is busier' }],
      },
    ],
    history: [
      {
        at: now - 3 * minute,
        connector: 'teams',
        address: '8a2f0c11-77aa-4b1e-9d7e-1f4f2f0a1234',
        slot: 'session',
        did: 'Set In a call',
        outcome: 'applied',
        because: 'call at 1002 answered',
      },
      {
        at: now - 95 * minute,
        connector: 'teams',
        address: '8a2f0c11-77aa-4b1e-9d7e-1f4f2f0a1234',
        slot: 'session',
        did: 'Cleared',
        outcome: 'already so',
        because: 'call at 1002 ended',
      },
    ],
  }
}
