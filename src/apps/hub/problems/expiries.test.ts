import { expect, it } from 'vitest'
import { makeCertificate } from '../../../lab/certificate.ts'
import type { RunningTenant } from '../port.ts'
import { Expiries } from './expiries.ts'

const day = 86_400_000
const now = Date.parse('2026-11-21T09:00:00Z')

function tenantWith(settings: Record<string, unknown>): RunningTenant {
  const config = {
    ...{ id: 'contoso', people: [], syncShared: false, links: [] },
    connectors: [{ id: 'office', type: 'office', settings }],
  }
  return { config, systems: new Map(), problems: new Map() }
}

it('tells of a certificate from thirty days before its end on', async () => {
  const { certificate } = await makeCertificate({ validFrom: now - 300 * day, validTo: now + 20 * day })
  const settings = { certificate: { cert: certificate, key: 'unread' }, certFile: '/no/such/file.pem' }
  const expiries = new Expiries([tenantWith(settings)])
  expect(await expiries.find(now - 11 * day, 30)).toEqual([])
  expect(await expiries.find(now, 30)).toMatchObject([
    { kind: 'secretExpiring', text: expect.stringContaining('certificate.cert expires in 20 days') },
  ])
  expect(await expiries.find(now + 21 * day, 30)).toMatchObject([
    { title: 'The certificate of contoso/office has expired' },
  ])
})

it('G-10: tells of a client secret whose end is configured, again 14, 7 and 1 days before, and once it is over', async () => {
  const end = Date.parse('2026-12-21T00:00:00Z')
  const expiries = new Expiries([
    tenantWith({ clientSecret: 'not a date', clientSecretExpires: '2026-12-21' }),
  ])
  const at = async (daysBefore: number) => {
    const [found] = await expiries.find(end - daysBefore * day, 30)
    return found && `${found.text.split(' (')[0]}, ${found.again}`
  }
  expect(await at(31)).toBeUndefined()
  expect(await at(29)).toBe('clientSecret expires in 29 days, undefined')
  expect(await at(14)).toBe('clientSecret expires in 14 days, 14 days')
  expect(await at(7)).toBe('clientSecret expires in 7 days, 7 days')
  expect(await at(0.5)).toBe('clientSecret expires today, 1 days')
  expect(await at(-1)).toBe('clientSecret has expired, expired')
  expect(JSON.stringify(await expiries.find(end, 30))).not.toContain('not a date')
})

it('believes the end that a system tells of its secret above the one that is written down', async () => {
  const tenant = tenantWith({ clientSecretExpires: '2026-12-21' })
  const end = now + 5 * day
  const instance = { credentialEnds: () => [{ setting: 'clientSecret', at: end }] }
  const systems = new Map([['office', { system: { instance } }]]) as unknown as RunningTenant['systems']
  const found = await new Expiries([{ ...tenant, systems }]).find(now, 60)
  expect(found.map(({ text }) => text.split(' (')[0])).toEqual(['clientSecret expires in 5 days'])
})
