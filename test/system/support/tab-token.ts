import { sample } from '../../../src/lab/sample.ts'
import type { MeWorld } from '../me-world.ts'

const clientOfTeams = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'

/** A token as Teams hands it to the tab, with what a test changes. */
export async function tabToken(
  { hub, lab }: MeWorld,
  upn: string,
  change: Record<string, unknown> = {},
): Promise<string> {
  const { entraTenantId: tid, clientId: aud } = sample
  const now = Math.floor(lab.clock.wall() / 1000)
  const systems = hub.port.person(upn)?.systems ?? []
  const oid = systems.find(({ connector }) => connector === 'teams')?.addresses[0] ?? ''
  return lab.tokens.sign({
    ...{ aud, tid, iss: `${lab.loginUrl}/${tid}/v2.0`, iat: now, nbf: now, exp: now + 3600, ver: '2.0' },
    ...{ oid, preferred_username: upn, scp: 'access_as_user', azp: clientOfTeams },
    ...change,
  })
}
