import { expect, test } from 'vitest'
import { tlsFindings } from './check.ts'
import { profiles } from './profiles.ts'

test('what travels in the open beyond this machine is told, the password only where there is one', () => {
  const open = { host: 'pbx.example.com', tls: false, profile: profiles.openscape }
  expect(tlsFindings(open)).toMatchObject([{ level: 'info', text: expect.stringContaining('password') }])
  const withoutUser = tlsFindings({ ...open, profile: profiles['no-session'] })
  expect(withoutUser.map(({ text }) => text).join()).not.toContain('password')
  expect(withoutUser).toHaveLength(1)
  expect(tlsFindings({ ...open, tls: true })).toEqual([])
  expect(tlsFindings({ ...open, host: '127.0.0.1' })).toEqual([])
})
