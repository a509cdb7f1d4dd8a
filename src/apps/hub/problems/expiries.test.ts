import { expect, it } from 'vitest'
import { makeCertificate } from '../../../lab/certificate.ts'
import type { RunningTenant } from '../port.ts'
import { Certificates } from './certificates.ts'

const day = 86_400_000
const now = Date.parse('2026-11-21T09:00:00Z')

async function tenantWith(validTo: number): Promise<RunningTenant> {
  const { certificate } = await makeCertificate({ validFrom: now - 300 * day, validTo })
  const settings = { certificate: { cert: certificate, key: 'unread' }, certFile: '/no/such/file.pem' }
  const config = {
    ...{ id: 'contoso', people: [], syncShared: false, links: [] },
    connectors: [{ id: 'office', type: 'office', settings }],
  }
  return { config, systems: new Map(), problems: new Map() }
}

it('tells of a certificate from thirty days before its end on', async () => {
  const certificates = new Certificates([await tenantWith(now + 20 * day)])
  expect(await certificates.find(now - 11 * day, 30)).toEqual([])
  expect(await certificates.find(now, 30)).toMatchObject([
    { kind: 'secretExpiring', text: expect.stringContaining('certificate.cert expires in 20 days') },
  ])
  expect(await certificates.find(now + 21 * day, 30)).toMatchObject([
    { title: 'The certificate of contoso/office has expired' },
  ])
})
