import { expect, test } from 'vitest'
import { LabClock } from './clock.ts'
import { type PhoneChange, PhoneError, Phones } from './phones.ts'

function start(): { phones: Phones; told: PhoneChange[]; legs: () => string[] } {
  const phones = new Phones(new LabClock({ running: false, wallStart: 1000 }))
  for (const extension of ['1001', '1002']) phones.put({ extension, displayName: `Phone ${extension}` })
  const told: PhoneChange[] = []
  phones.on((change) => told.push(change))
  const legs = () =>
    told.flatMap((change) =>
      change.type === 'leg' ? [`${change.leg.extension} ${change.before ?? '-'}>${change.leg.state}`] : [],
    )
  return { phones, told, legs }
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof PhoneError ? error.code : 'another error'
  }
}

test('an external call rings, talks, is held, resumed and ends', () => {
  const { phones, legs } = start()
  phones.start({ extension: '1001', direction: 'inbound', to: '+14255550111', answer: false })
  phones.answer('1001')
  phones.hold('1001', true)
  phones.hold('1001', false)
  phones.hangup('1001')
  expect(legs()).toEqual([
    '1001 ->ringing',
    '1001 ringing>talking',
    '1001 talking>held',
    '1001 held>talking',
    '1001 talking>ended',
  ])
  expect(phones.calls()).toEqual([])
  expect(phones.legs('1001')).toEqual([])
})

test('an internal call has a leg at both phones, and the one who presses hold holds', () => {
  const { phones, legs } = start()
  const call = phones.start({ extension: '1001', to: '1002' })
  expect(
    call.legs.map(({ extension, direction, party, number }) => [extension, direction, party, number]),
  ).toEqual([
    ['1001', 'outbound', 'internal', '1002'],
    ['1002', 'inbound', 'internal', '1001'],
  ])
  expect(phones.hold('1002', true).legs.map(({ state }) => state)).toEqual(['talking', 'held'])
  phones.hangup('1001')
  expect(legs().slice(-2)).toEqual(['1001 talking>ended', '1002 held>ended'])
})

test('do not disturb and a missing registration refuse a call but keep what is up', () => {
  const { phones, told } = start()
  phones.start({ extension: '1002' })
  phones.setDnd('1002', true)
  expect(phones.legs('1002')).toHaveLength(1)
  const refused = phones.start({ extension: '1001', to: '1002' })
  expect(refused.legs.map(({ state, ended }) => [state, ended])).toEqual([['ended', 'doNotDisturb']])
  expect(phones.start({ extension: '1002', direction: 'inbound' }).legs).toEqual([])
  phones.setRegistered('1002', false)
  expect(phones.legs('1002')).toEqual([])
  expect(phones.start({ extension: '1001', to: '1002' }).legs[0]?.ended).toBe('notRegistered')
  expect(codeOf(() => phones.start({ extension: '1002' }))).toBe('conflict')
  expect(told.filter(({ type }) => type === 'dnd')).toMatchObject([{ by: 'phone', phone: { dnd: true } }])
})

test('what is already so is not told again', () => {
  const { phones, told } = start()
  phones.setDnd('1001', false)
  phones.setRegistered('1001', true)
  expect(told).toEqual([])
  phones.setDnd('1001', true, 'pbx')
  phones.setDnd('1001', true)
  expect(told).toMatchObject([{ type: 'dnd', by: 'pbx' }])
})

test('parallel calls end one by one', () => {
  const { phones } = start()
  const first = phones.start({ extension: '1001' })
  phones.hold('1001', true)
  phones.start({ extension: '1001', to: '+14255550199' })
  phones.hangup('1001', first.id)
  expect(phones.legs('1001').map(({ number }) => number)).toEqual(['+14255550199'])
})

test('impossible requests say why', () => {
  const { phones } = start()
  expect(codeOf(() => phones.start({ extension: '9' }))).toBe('unknown')
  expect(codeOf(() => phones.start({ extension: '1001', party: 'internal' }))).toBe('invalid')
  expect(codeOf(() => phones.start({ extension: '1001', to: '1001' }))).toBe('invalid')
  expect(codeOf(() => phones.answer('1001'))).toBe('conflict')
  expect(codeOf(() => phones.hold('1001', true))).toBe('conflict')
  expect(codeOf(() => phones.hangup('1001', 'call-9'))).toBe('conflict')
  expect(codeOf(() => phones.setDnd('9', true))).toBe('unknown')
})

test('a removed phone ends its calls first', () => {
  const { phones, told } = start()
  phones.start({ extension: '1001', to: '1002' })
  told.length = 0
  phones.remove('1002')
  expect(told.map(({ type }) => type)).toEqual(['leg', 'leg', 'removed'])
  expect(phones.phone('1002')).toBeUndefined()
  expect(phones.list()).toHaveLength(1)
})

test('a group rings until one answers; phones that take no call are passed over', () => {
  const { phones, legs } = start()
  for (const extension of ['1003', '1004']) phones.put({ extension, displayName: `Phone ${extension}` })
  phones.setDnd('1004', true)
  const { id } = phones.ring(['1001', '1002', '1003', '1004'])
  phones.answer('1002')
  expect(legs()).toEqual([
    '1001 ->ringing',
    '1002 ->ringing',
    '1003 ->ringing',
    '1002 ringing>talking',
    '1001 ringing>ended',
    '1003 ringing>ended',
  ])
  expect([phones.hangup('1001'), phones.legs('1002').length]).toEqual([[], 1])
  expect(phones.hangup('1002').map((call) => call.id)).toEqual([id])
  expect(phones.ring(['1004']).legs).toEqual([])
  expect(phones.calls()).toEqual([])
})

test('a call is handed on, asked before or not', () => {
  const { phones, legs } = start()
  phones.put({ extension: '1003', displayName: 'Phone 1003' })
  const call = phones.start({ extension: '1001', direction: 'inbound' })
  phones.transfer('1001', '1002')
  expect(legs().slice(-2)).toEqual(['1002 ->ringing', '1001 talking>ended'])
  phones.answer('1002')
  phones.hold('1002', true)
  const asked = phones.start({ extension: '1002', to: '1003' })
  const [leg] = phones.legs('1003')
  phones.transfer('1002', '1003')
  expect(legs().slice(-3)).toEqual(['1003 talking>talking', '1002 held>ended', '1002 talking>ended'])
  expect(phones.legs('1003')).toEqual([
    { ...leg!, call: call.id, party: 'external', number: call.legs[0]!.number },
  ])
  expect([phones.call(asked.id), phones.legs('1002')]).toEqual([undefined, []])
  phones.hangup('1003')
  expect(phones.calls()).toEqual([])
  expect(codeOf(() => phones.transfer('1001', '1002'))).toBe('conflict')
  phones.start({ extension: '1001' })
  phones.setDnd('1002', true)
  expect(codeOf(() => phones.transfer('1001', '1002'))).toBe('conflict')
})

test('a parked call is picked up by anybody, once', () => {
  const { phones } = start()
  const { id } = phones.start({ extension: '1001' })
  expect(codeOf(() => phones.pickUp('1002', id))).toBe('conflict')
  phones.park('1001')
  expect([phones.legs('1001'), phones.calls().length]).toEqual([[], 1])
  phones.pickUp('1002', id)
  expect(phones.legs('1002')).toMatchObject([{ call: id, state: 'talking', direction: 'outbound' }])
  expect(codeOf(() => phones.pickUp('1001', id))).toBe('conflict')
  expect(codeOf(() => phones.park('1001'))).toBe('conflict')
  phones.hangup('1002')
  expect(phones.calls()).toEqual([])
})
