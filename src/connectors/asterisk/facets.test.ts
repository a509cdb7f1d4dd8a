import { describe, expect, test } from 'vitest'
import type { DialogFacet } from '../../core/observation.ts'
import { DO_NOT_DISTURB } from '../../core/presence.ts'
import { type Channel, deviceOf } from './channels.ts'
import { type DeviceState, deviceStates } from './events.ts'
import { type ExtensionState, facetsOf, partyOf } from './facets.ts'

const channel = (about: Partial<Channel>): Channel => ({
  uniqueid: '1.1',
  linkedid: '1.1',
  device: 'PJSIP/1001',
  state: 6,
  direction: 'outbound',
  held: false,
  progress: false,
  bridge: undefined,
  dialled: '1002',
  connected: undefined,
  queue: false,
  ...about,
})

const extension = (about: Partial<ExtensionState>): ExtensionState => ({
  legs: [],
  phones: new Map(),
  lamps: new Map(),
  dnd: undefined,
  presence: undefined,
  ...about,
})

const rules = { isPhone: (device: string) => device !== 'PJSIP/trunk', featureCodes: false }
const trunk = channel({ uniqueid: '1.2', device: 'PJSIP/trunk' })
const colleague = channel({ uniqueid: '1.3', device: 'PJSIP/1002' })
const plumbing = channel({ uniqueid: '1.4', device: undefined })

describe('facets of an extension', () => {
  test.each([
    ['a colleague', [colleague], 'internal'],
    ['the outside', [trunk], 'external'],
    ['the outside through plumbing', [plumbing, trunk], 'external'],
    ['a conference with one outsider', [colleague, trunk], 'external'],
    ['the PBX itself', [], 'internal'],
    ['its own second phone', [channel({ uniqueid: '1.5' })], 'internal'],
  ] as const)('party: %s', (_who, peers, party) => {
    expect(partyOf(channel({}), peers, rules.isPhone)).toBe(party)
  })

  test('while it dials and nobody is there yet, nobody can know who', () => {
    expect(partyOf(channel({ state: 4 }), [], rules.isPhone)).toBe('unknown')
  })

  test.each([
    [0, undefined],
    [1, undefined],
    [3, 'trying'],
    [4, 'trying'],
    [5, 'early'],
    [6, 'confirmed'],
    [7, undefined],
    [9, 'early'],
    [10, undefined],
  ])('channel state %i is a leg in state %s', (state, expected) => {
    const [facet] = facetsOf(extension({ legs: [{ channel: channel({ state }), peers: [] }] }), rules)
    expect(facet && 'state' in facet ? facet.state : undefined).toBe(expected)
  })

  test('a star code is no call until it leads to somebody', () => {
    const leg = (peers: readonly Channel[]) => ({ channel: channel({ dialled: '**1002' }), peers })
    const flag = (peers: readonly Channel[], featureCodes = false) =>
      facetsOf(extension({ legs: [leg(peers)] }), { ...rules, featureCodes })[0]
    expect(flag([])).toMatchObject({ featureCode: true, remote: '**1002' })
    expect(flag([colleague])).toMatchObject({ featureCode: false })
    expect(flag([], true)).toMatchObject({ featureCode: false })
  })

  test.each([
    ['outbound: what was dialled first', { dialled: '112', connected: '0112' }, '112'],
    ['outbound, found in the middle of a macro', { dialled: 's', connected: '112' }, '112'],
    ['inbound: who calls', { direction: 'inbound', dialled: 's', connected: '+14255550100' }, '+14255550100'],
    ['nobody knows', { dialled: 's' }, undefined],
  ] as const)('remote: %s', (_what, about, remote) => {
    const [facet] = facetsOf(extension({ legs: [{ channel: channel(about), peers: [trunk] }] }), rules)
    expect(facet).toMatchObject(remote === undefined ? { kind: 'dialog' } : { remote })
    if (remote === undefined) expect(facet).not.toHaveProperty('remote')
  })

  test.each([
    ['called by a queue', { queue: true }, [trunk], 'queue'],
    ['through the plumbing of a queue', {}, [trunk, { ...plumbing, queue: true }], 'queue'],
    ['not seen to come from a queue', {}, [trunk], undefined],
    ['calling a queue', { direction: 'outbound', queue: true }, [], undefined],
  ] as const)('MM-27: through: %s', (_what, about, peers, through) => {
    const called = channel({ direction: 'inbound', ...about })
    const [facet] = facetsOf(extension({ legs: [{ channel: called, peers }] }), rules)
    expect((facet as DialogFacet).through).toBe(through)
  })

  test('lamps are lamps: their evidence is never a call', () => {
    const lit = deviceStates.filter((state: DeviceState) => {
      const facets = facetsOf(extension({ lamps: new Map([['Custom:LAMP', state]]) }), rules)
      for (const facet of facets) expect(facet).toMatchObject({ evidence: 'lamp', party: 'unknown' })
      return facets.length > 0
    })
    expect(lit).toEqual(['INUSE', 'BUSY', 'RINGING', 'RINGINUSE', 'ONHOLD'])
  })

  test.each([
    [['NOT_INUSE'], true],
    [['UNAVAILABLE'], false],
    [['INVALID', 'UNAVAILABLE'], false],
    [['UNAVAILABLE', 'INUSE'], true],
    [['UNKNOWN'], undefined],
    [['UNKNOWN', 'UNAVAILABLE'], false],
  ] as const)('registration of phones %s is %s', (states, registered) => {
    const phones = new Map(states.map((state, index) => [`PJSIP/${index}`, state as DeviceState]))
    const facets = facetsOf(extension({ phones }), rules)
    expect(facets).toEqual(registered === undefined ? [] : [{ kind: 'registration', registered }])
  })

  test('custom presence is a choice; one that was never set says nothing', () => {
    expect(facetsOf(extension({ presence: 'dnd' }), rules)).toEqual([
      { kind: 'presence', state: DO_NOT_DISTURB, chosen: 'yes' },
    ])
    for (const word of ['not_set', 'brandnew', undefined]) {
      expect(facetsOf(extension({ presence: word }), rules)).toEqual([])
    }
  })

  test.each([
    ['PJSIP/1001-0000000c', 'PJSIP/1001'],
    ['PJSIP/front-desk-0000000c', 'PJSIP/front-desk'],
    ['SIP/1001-00a1b2c3', 'SIP/1001'],
    ['DAHDI/i1/4930123456-5', 'DAHDI/i1/4930123456'],
    ['Local/1001@from-queue-0000001a;2', undefined],
    ['AsyncGoto/PJSIP/1001-0000000c', undefined],
    ['nonsense', undefined],
  ])('channel %s belongs to device %s', (name, device) => {
    expect(deviceOf(name)).toBe(device)
  })
})
