import { expect, test } from 'vitest'
import { readChange } from './changes.ts'

const event = (changeType: string, fields: object = {}, recordIds: readonly string[] = ['0NS1']) => ({
  ChangeEventHeader: { changeType, recordIds },
  ...fields,
})
const began = { UserId: '0051', ServicePresenceStatusId: '0N51', IsCurrentState: true, IsAway: true }

test('a row begins with a status and ends with it', () => {
  expect(readChange(event('CREATE', { ...began, StatusStartDate: 1700000000000n }))).toEqual({
    type: 'began',
    row: { id: '0NS1', userId: '0051', statusId: '0N51', isAway: true, startedAt: 1_700_000_000_000 },
  })
  expect(readChange(event('UPDATE', { IsCurrentState: false }))).toEqual({ type: 'ended', ids: ['0NS1'] })
  expect(readChange(event('DELETE'))).toEqual({ type: 'ended', ids: ['0NS1'] })
})

test('an update of capacity says nothing, and a row that began and was over at once neither', () => {
  expect(readChange(event('UPDATE', { AverageCapacity: 0.5, IsCurrentState: null }))).toEqual({
    type: 'nothing',
  })
  expect(readChange(event('CREATE', { ...began, IsCurrentState: false }))).toEqual({ type: 'nothing' })
})

test('a gap, an overflow and a kind of change that is new are reasons to read', () => {
  for (const kind of ['GAP_CREATE', 'GAP_OVERFLOW', 'SNAPSHOT', 'SOMETHING_NEW']) {
    expect(readChange(event(kind))).toEqual({ type: 'gap' })
  }
  expect(readChange(event('CREATE', { ...began, UserId: null }))).toEqual({ type: 'gap' })
})

test('what is no change event is known as such', () => {
  expect(readChange({})).toBeUndefined()
  expect(readChange(event('UPDATE', {}, []))).toBeUndefined()
  expect(readChange({ ChangeEventHeader: 7 })).toBeUndefined()
})
