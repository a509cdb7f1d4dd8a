import { expect, it } from 'vitest'
import { checkAlerts } from './check-alerts.ts'

it('names time zones that there are not, and half a sign-in', () => {
  const problems = checkAlerts({
    alerts: { mail: { host: 'smtp', user: 'hub' }, quietHours: { timeZone: 'Mars/Olympus' } },
    tenants: [{ timeZone: 'Europe/Berlin' }, { timeZone: 'CEST+1' }],
  })
  expect(problems.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
    'alerts.quietHours.timeZone is not a time zone',
    'tenants.1.timeZone is not a time zone',
    'alerts.mail.password is missing',
  ])
  expect(checkAlerts({ alerts: { mail: { user: 'hub', password: 'secret' } }, tenants: [] })).toEqual([])
  expect(checkAlerts('nonsense')).toEqual([])
})
