import { fieldsOf } from '../kit/http.ts'
import type { SyncWords } from '../kit/vendor-sync.ts'
import type { WebexClient } from './client.ts'

/** Where Webex says that it keeps presence in step with Teams itself. */
export const syncField = 'PRESENCE_SYNC'

/** `PRESENCE_SYNC` of the organization, or undefined where it cannot be told (scope, FedRAMP). */
export async function readVendorSync(client: WebexClient): Promise<boolean | undefined> {
  const path = client.inOrg('/telephony/config/settings/msTeams')
  const reply = await client.send({ call: 'msTeams', method: 'GET', path, priority: 'hot' })
  const { settings } = fieldsOf(reply.kind === 'ok' ? reply.json : undefined)
  if (!Array.isArray(settings)) return undefined
  const found = settings.map(fieldsOf).find(({ settingName }) => settingName === syncField)
  return found === undefined ? false : found.value === true
}

/** In the words of Webex. */
export const syncWords: SyncWords = {
  missing: {
    text: `This connector has teamsSync: vendor, but Webex does not keep presence in step with Teams (${syncField} is false).`,
    fix: 'Switch it on in Control Hub, Services, Calling, Client Settings, Microsoft Teams; or set teamsSync: hub and link the two.',
  },
  double: {
    text: `Webex keeps presence in step with Teams itself (${syncField} is true): two would write the same, so the hub sets no do not disturb.`,
    fix: 'Switch it off in Control Hub, Services, Calling, Client Settings, Microsoft Teams; or keep it, set teamsSync: vendor at this connector, and remove its links with Teams.',
  },
}
