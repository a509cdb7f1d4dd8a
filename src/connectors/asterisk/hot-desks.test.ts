import { expect, test } from 'vitest'
import { findHotDesks } from './hot-desks.ts'

const tree = (entries: Record<string, string>) => new Map(Object.entries(entries))

test('the usual mode has fixed phones only', () => {
  const devices = tree({ '1001/type': 'fixed', '1001/user': '1001', '1001/default_user': '1001' })
  expect(findHotDesks(tree({ '1001/device': '1001' }), devices)).toEqual(new Set())
})

test('an adhoc phone makes its default user a hot desk, and who is signed in at such phones only', () => {
  const devices = tree({
    ...{ '1001/type': 'fixed', '1001/user': '1001', '1001/default_user': '1001' },
    ...{ '5001/type': 'adhoc', '5001/user': '1002', '5001/default_user': '1090' },
    ...{ '5002/type': 'adhoc', '5002/user': '1001', '5002/default_user': 'none' },
    ...{ '5003/type': 'adhoc', '5003/user': 'none' },
  })
  const users = tree({ '1001/device': '1001&5002', '1002/device': '5001', '1090/device': '' })
  expect(findHotDesks(users, devices)).toEqual(new Set(['1090', '1002']))
})

test('nonsense breaks nothing', () => {
  expect(findHotDesks(tree({}), tree({ '/type': 'adhoc', '//user': '', type: 'adhoc' }))).toEqual(new Set())
})
