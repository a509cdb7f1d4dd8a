import type { LabTenant } from './lab.ts'

/** Fixed ids of the sample tenant, so that a configuration can be written before the lab runs. */
export const sample = {
  entraTenantId: '7e0c3c5a-1f5b-4a55-9c1e-6d1f0a2b3c4d',
  clientId: '2b9d6f10-8c3e-4f7a-b1d2-5e6f7a8b9c0d',
  clientSecret: 'lab-secret',
  domain: 'contoso.example',
} as const

const names = [
  'Anna Keller',
  'Ben Ortiz',
  'Chiara Moretti',
  'David Okafor',
  'Elif Demir',
  'Farid Nasser',
  'Grace Lindholm',
  'Hugo Bernard',
  'Ines Carvalho',
  'Jonas Weber',
  'Kaori Tanaka',
  'Leo Novak',
] as const

/** A dozen people with extensions from 1001; Ben has a second phone, 1052. Everyone has Teams open, every fourth idle. */
export function sampleTenant(): LabTenant {
  return {
    entraTenantId: sample.entraTenantId,
    applications: [
      {
        clientId: sample.clientId,
        secrets: [{ value: sample.clientSecret }],
        roles: ['Presence.ReadWrite.All', 'User.ReadBasic.All'],
      },
    ],
    people: names.map((displayName, index) => {
      const extension = String(1001 + index)
      const first = displayName.split(' ')[0]!.toLowerCase()
      return {
        upn: `${first}@${sample.domain}`,
        displayName,
        extensions: extension === '1002' ? [extension, '1052'] : [extension],
        client: index % 4 === 3 ? 'Away/Away' : 'Available/Available',
      }
    }),
  }
}
