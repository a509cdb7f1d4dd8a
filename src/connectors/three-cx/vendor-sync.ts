import { fieldsOf } from '../kit/http.ts'
import type { SyncWords } from '../kit/vendor-sync.ts'
import type { Api } from './api.ts'

/** Where 3CX says that it writes presence to Teams itself. */
export const syncField = 'Microsoft365Integration.AdUsers.SetTeamsPresence'

/** Whether 3CX's own Microsoft 365 integration syncs presence; undefined where this client may not read it. */
export async function readVendorSync(api: Api): Promise<boolean | undefined> {
  const path = '/xapi/v1/Microsoft365Integration'
  const reply = await api.send({ priority: 'sweep', method: 'GET', path })
  if (reply.kind === 'missing') return false
  if (reply.kind !== 'ok') return undefined
  return fieldsOf(fieldsOf(reply.json).AdUsers).SetTeamsPresence === true
}

/** In the words of 3CX. */
export const syncWords: SyncWords = {
  missing: {
    text: `This connector has teamsSync: vendor, but 3CX does not keep presence in step with Teams (${syncField} is false).`,
    fix: 'Switch presence sync on in Admin Console, Integrations, Microsoft 365, or set teamsSync: hub and link the two.',
  },
  double: {
    text: `3CX keeps presence in step with Teams itself (${syncField} is true): two would write the same.`,
    fix: 'Switch presence sync off in Admin Console, Integrations, Microsoft 365; or keep it, set teamsSync: vendor at this connector, and remove its links with Teams.',
  },
}
